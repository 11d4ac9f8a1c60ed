import { ALWAYS_GRANTED_SCOPE, findScope, SCOPES, UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * The scopes that an application registers, in the catalogue's order and without repetitions, `topology.read`
 * always among them (LEGRAND, Scopes); null when one of the names cannot be registered, which no form of ours
 * sends.
 */
export function parseScopes(names: string[]): string[] | null {
  if (names.some((name) => !findScope(name) || UNREGISTERED_SCOPES.includes(name))) return null;
  return SCOPES.map(({ name }) => name).filter(
    (name) => name === ALWAYS_GRANTED_SCOPE || names.includes(name),
  );
}
