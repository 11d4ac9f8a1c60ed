import { LEVEL_WORDS, type ScopeTerms } from "#lib/legrand/applications/scope-terms-constants.ts";

/** Shows how the consent page offers a scope, and the developer's reason. */
export function TermsLine({ terms: { level, reason } }: { terms: ScopeTerms }) {
  return (
    <span className="block text-sm text-ink-muted">
      {LEVEL_WORDS[level]}
      {reason.trim() && `: “${reason.trim()}”`}
    </span>
  );
}
