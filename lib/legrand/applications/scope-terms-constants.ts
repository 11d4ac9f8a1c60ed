// What a registration says about each of its scopes. Imports no zod, because the preview of the consent page
// runs in the browser.
import { ALWAYS_GRANTED_SCOPE, findScope, orderScopes } from "#lib/legrand/scopes.ts";

/**
 * How the consent page offers a scope: `required` is fixed, `suggested` is ticked and can be unticked,
 * `optional` is not ticked (decision 60).
 */
export const SCOPE_LEVELS = ["required", "suggested", "optional"] as const;
/** How the consent page offers a scope. */
export type ScopeLevel = (typeof SCOPE_LEVELS)[number];

/** The names of the levels on screen. */
export const LEVEL_WORDS: Record<ScopeLevel, string> = {
  required: "Required",
  suggested: "Suggested",
  optional: "Optional",
};

/** Maximum number of characters of a reason. Characters are code points, after NFC. */
export const SCOPE_REASON_MAX_LENGTH = 140;

/** The level of a scope, and why the application wants it, in its developer's words. No reason is "". */
export type ScopeTerms = { level: ScopeLevel; reason: string };

/** Terms by scope name. A scope without an entry has the defaults. */
export type TermsByScope = Readonly<Record<string, ScopeTerms>>;

/**
 * Returns the terms of a scope. Without an entry it is suggested, because the real cloud's page grants
 * everything that was registered. `topology.read` is always required.
 */
export function termsOf(terms: TermsByScope, scope: string): ScopeTerms {
  const { level = "suggested", reason = "" } = Object.hasOwn(terms, scope) ? terms[scope]! : {};
  return { level: scope === ALWAYS_GRANTED_SCOPE ? "required" : level, reason };
}

/** Returns the levels that a registration may choose for a scope. A controlling scope is never required. */
export function levelsFor(scope: string): readonly ScopeLevel[] {
  if (scope === ALWAYS_GRANTED_SCOPE) return ["required"];
  return findScope(scope)?.access === "control" ? ["suggested", "optional"] : SCOPE_LEVELS;
}

/**
 * Describes the terms that differ from the defaults, one line for each scope, in the catalogue's order:
 * `comfort.write: optional, “To set a room from your phone”`.
 */
export function describeTerms(scopes: readonly string[], terms: TermsByScope): string[] {
  return orderScopes(scopes).flatMap((scope) => {
    const { level, reason } = termsOf(terms, scope);
    const isDefault = level === "suggested" || scope === ALWAYS_GRANTED_SCOPE;
    const words = [...(isDefault ? [] : [level]), ...(reason ? [`“${reason}”`] : [])];
    return words.length ? [`${scope}: ${words.join(", ")}`] : [];
  });
}
