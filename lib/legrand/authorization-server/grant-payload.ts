import type { AdapterPayload } from "oidc-provider";

import type { Grant } from "#lib/legrand/grants/store.ts";
import { SCOPES, UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * A grant in the library's shape, narrowed to what the application is registered for now: a scope that its
 * developer took out is in no token from then on. It has no end of its own: it stands until it is revoked.
 */
export function toGrantPayload(grant: Grant, registered: readonly string[]): AdapterPayload {
  const grantable = new Set([...registered, ...UNREGISTERED_SCOPES]);
  // Scopes that were taken out count as answered, or a request under way would ask for them for ever. A
  // refused `openid` does not: the person took it back, the next request that needs it asks again, and an
  // answer to that request grants it.
  const rejected = new Set([
    ...grant.rejectedScopes.filter((scope) => scope !== "openid"),
    ...SCOPES.map(({ name }) => name).filter((name) => !grantable.has(name)),
  ]);
  return {
    jti: grant.id,
    kind: "Grant",
    accountId: grant.accountId,
    clientId: grant.clientId,
    openid: { scope: grant.grantedScopes.filter((scope) => grantable.has(scope)).join(" ") },
    ...(rejected.size ? { rejected: { openid: { scope: [...rejected].join(" ") } } } : {}),
  };
}
