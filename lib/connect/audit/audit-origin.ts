import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { CLIENT_ADDRESS_HEADER } from "#lib/http/client-address.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** Returns who sent this request, and from where, for the audit log. */
export function auditOrigin({ userId, label }: SignedInUser, headers: Headers): AuditOrigin {
  return { actorId: userId, actor: label, ...requestOrigin(headers) };
}

/**
 * Returns where this request comes from. `address` is set by our server (lib/server/front/serve.ts); with
 * TRUST_PROXY it is the address of the proxy's client.
 */
export function requestOrigin(headers: Headers): Pick<AuditOrigin, "requestId" | "address"> {
  return {
    requestId: headers.get("x-request-id") ?? currentRequestId(),
    address: headers.get(CLIENT_ADDRESS_HEADER) ?? "unknown",
  };
}
