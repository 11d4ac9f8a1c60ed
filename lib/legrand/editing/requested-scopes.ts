import {
  termsOf,
  type ScopeLevel,
  type TermsByScope,
} from "#lib/legrand/applications/scope-terms-constants.ts";

/** Returns the columns of the registered scopes. No reason is null. */
export function toRequestedScopes(
  scopes: readonly string[],
  terms: TermsByScope,
): { scope: string; level: ScopeLevel; reason: string | null }[] {
  return scopes.map((scope) => {
    const { level, reason } = termsOf(terms, scope);
    return { scope, level, reason: reason || null };
  });
}
