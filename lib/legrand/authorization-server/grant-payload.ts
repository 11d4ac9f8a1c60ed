import type { AdapterPayload } from "oidc-provider";

import type { Grant } from "#lib/legrand/grants/store.ts";

/** A grant in the library's shape. It has no end of its own: it stands until it is revoked. */
export function toGrantPayload(grant: Grant): AdapterPayload {
  return {
    jti: grant.id,
    kind: "Grant",
    accountId: grant.accountId,
    clientId: grant.clientId,
    openid: { scope: grant.grantedScopes.join(" ") },
    ...(grant.rejectedScopes.length ? { rejected: { openid: { scope: grant.rejectedScopes.join(" ") } } } : {}),
  };
}
