import type { Application } from "#lib/legrand/applications/store.ts";
import { termsOf, type TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import { ALWAYS_GRANTED_SCOPE, FIXED_SCOPES, parseScope, UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";
import { REPLACE_GRANT } from "#lib/legrand/grants/grant-management.ts";
import type { Grant } from "#lib/legrand/grants/store.ts";

/**
 * Returns the scopes that the person is asked about: the requested ones that the application is still
 * registered for. If the existing grant is to be replaced, `topology.read` is included even if not requested,
 * because it is always granted.
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

/**
 * True if the consent page shows the scope ticked and fixed, because every Accept grants it: `topology.read`,
 * `openid`, and what the registration requires.
 */
export function isFixed(terms: TermsByScope, scope: string): boolean {
  return FIXED_SCOPES.includes(scope) || termsOf(terms, scope).level === "required";
}

/**
 * True if the consent page shows the existing grant for review: the application asked for that, and a grant
 * exists. Without a grant, it is a normal request.
 */
export function isReview(params: Record<string, unknown>, grant: Grant | null): grant is Grant {
  return params.grant_management_action === REPLACE_GRANT && grant !== null;
}
