import { isIdentityScope, nameScope, orderKnownScopes, type NamedScope } from "#lib/connect/cloud/scopes.ts";

/** What a scope is about: who the person is, or what Connect may see or control in their home. */
export type ScopeGroup = "identity" | "view" | "control";

/** A scope as the account page lists it. */
export type DescribedScope = NamedScope & { group: ScopeGroup };

const GROUPS: readonly ScopeGroup[] = ["identity", "view", "control"];

/**
 * Describes these scopes, those of one group after the other. Within a group they have the order of all lists
 * of Connect. Legrand ends the name of each scope that controls something with `.write`.
 */
export function describeScopes(names: readonly string[]): DescribedScope[] {
  const described = orderKnownScopes(names).map((name) => ({ ...nameScope(name), group: groupOf(name) }));
  return GROUPS.flatMap((group) => described.filter((scope) => scope.group === group));
}

function groupOf(name: string): ScopeGroup {
  if (isIdentityScope(name)) return "identity";
  return name.endsWith(".write") ? "control" : "view";
}
