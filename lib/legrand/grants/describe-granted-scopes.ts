import { ALWAYS_GRANTED_SCOPE, SCOPES, type Scope } from "#lib/legrand/scopes.ts";

/**
 * Returns the granted scopes with the labels and in the order of the catalogue. `fixed` marks the scope that
 * is granted with every access.
 */
export function describeGrantedScopes(granted: readonly string[]): (Scope & { fixed: boolean })[] {
  return SCOPES.filter(({ name }) => granted.includes(name)).map((scope) => ({
    ...scope,
    fixed: scope.name === ALWAYS_GRANTED_SCOPE,
  }));
}
