import type { AdapterPayload } from "oidc-provider";

import type { Grant } from "#lib/legrand/grants/store.ts";
import { SCOPES, UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * Returns a grant in the library's form, limited to the scopes that the application is registered for now. If
 * the developer removes a scope, new tokens no longer have it. The grant has no expiry: it is valid until it
 * is revoked.
 */
export function toGrantPayload(grant: Grant, registered: readonly string[]): AdapterPayload {
  const grantable = new Set([...registered, ...UNREGISTERED_SCOPES]);
  // Removed scopes count as answered; otherwise a request in progress would ask for them forever. A refused
  // `openid` does not count as answered. The user took it back, the next request that needs it asks again,
  // and an answer to that request grants it.
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
