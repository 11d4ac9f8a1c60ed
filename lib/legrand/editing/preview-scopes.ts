import { termsOf, type TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import type { ConsentScope } from "#lib/legrand/interactions/describe-interaction.ts";
import { SCOPES } from "#lib/legrand/scopes.ts";

/** Returns the rows of the consent page for a person who has not granted anything to this application. */
export function previewScopes(chosen: readonly string[], terms: TermsByScope): ConsentScope[] {
  return SCOPES.filter(({ name }) => chosen.includes(name)).map((scope) => {
    const { level, reason } = termsOf(terms, scope.name);
    return {
      ...scope,
      reason: reason.trim(),
      fixed: level === "required",
      checked: level !== "optional",
      granted: false,
    };
  });
}
