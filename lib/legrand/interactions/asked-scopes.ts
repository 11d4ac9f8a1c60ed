import type { Application } from "#lib/legrand/applications/store.ts";
import { ALWAYS_GRANTED_SCOPE, parseScope, UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * What a person is asked about: what was requested, as far as the application is registered for it still.
 * Where what stands is to be replaced, `topology.read` is among it, requested or not: it is always granted.
 */
export function askedScopes(
  requested: string | undefined,
  application: Application,
  isReview: boolean,
): string[] {
  const registered = new Set([...application.scopes, ...UNREGISTERED_SCOPES]);
  const names = isReview ? [...parseScope(requested), ALWAYS_GRANTED_SCOPE] : parseScope(requested);
  return [...new Set(names)].filter((name) => registered.has(name));
}
