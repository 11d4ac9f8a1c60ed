import { ALWAYS_GRANTED_SCOPE, findScope, SCOPES, UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * Returns the scopes that an application registers, in the catalogue's order and without duplicates.
 * `topology.read` is always included (LEGRAND, Scopes). Returns null if one of the names cannot be
 * registered; the project's own forms never send such a name.
 */
export function parseScopes(names: string[]): string[] | null {
  if (names.some((name) => !findScope(name) || UNREGISTERED_SCOPES.includes(name))) return null;
  return SCOPES.map(({ name }) => name).filter(
    (name) => name === ALWAYS_GRANTED_SCOPE || names.includes(name),
  );
}
