import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import type { Grant } from "#lib/legrand/grants/store.ts";
import { parseScope } from "#lib/legrand/scopes.ts";

/**
 * Removes scopes from a token response that were taken back since the token was issued. This is needed
 * because the library uses the scopes that a code or refresh token began with, and because responses are
 * stored for replay. The response has an `id_token` only if `openid` is granted (OpenID Connect Core
 * §3.1.2.1). The grant is the one that this request loaded.
 */
export function narrowToGrant<Answer extends Record<string, unknown>>({
  id_token: idToken,
  ...answer
}: Answer): Record<string, unknown> {
  if (typeof answer.scope !== "string") return answer;
  const scopes = parseScope(answer.scope).filter((scope) => lookedAt()?.grantedScopes.includes(scope));
  return {
    ...answer,
    scope: scopes.join(" "),
    ...(scopes.includes("openid") && idToken ? { id_token: idToken } : {}),
  };
}

function lookedAt(): Grant | null {
  const grants = [...requestScope().loaded].filter(([key]) => key.startsWith("Grant:"));
  return grants.map(([, grant]) => grant as Grant | null).find((grant) => grant !== null) ?? null;
}
