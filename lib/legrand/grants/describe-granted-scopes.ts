import { ALWAYS_GRANTED_SCOPE, SCOPES, type Scope } from "#lib/legrand/scopes.ts";

/**
 * The granted scopes in the words and the order of the catalogue; `fixed` is what is granted with every
 * access.
 */
export function describeGrantedScopes(granted: readonly string[]): (Scope & { fixed: boolean })[] {
  return SCOPES.filter(({ name }) => granted.includes(name)).map((scope) => ({
    ...scope,
    fixed: scope.name === ALWAYS_GRANTED_SCOPE,
  }));
}
