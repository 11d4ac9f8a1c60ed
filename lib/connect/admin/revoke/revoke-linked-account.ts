import { wipeForAdministrator, type NotRevoked, type RevocationRequest } from "#lib/connect/admin/revoke/store.ts";
import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import { tellLegrand } from "#lib/connect/leaving/tell-legrand.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** What became of the mail to the person. */
export type MailOutcome = "sent" | "no_address" | "failed";

/** What became of a revocation: at Legrand, and of the mail; or why there was none. */
export type RevokeOutcome = { ok: true; outcome: LeavingOutcome; mail: MailOutcome } | ({ ok: false } & NotRevoked);

/**
 * Revokes any linked account for an administrator: its tokens are wiped here, as a disconnect does, with the reason in its history and an
 * entry in the audit log; then they are revoked at Legrand, or that is left to the sweep, and the person gets a mail. Throws
 * `NotAdministratorError` when the role was taken meanwhile; nothing is changed then. What fails after the wiping is a value.
 */
export async function revokeLinkedAccount(request: RevocationRequest): Promise<RevokeOutcome> {
  if (!isUuid(request.accountId)) return { ok: false, reason: "gone" };
  const wiped = await wipeForAdministrator(request);
  if ("reason" in wiped) return { ok: false, reason: wiped.reason };
  return { ok: true, outcome: await tellLegrand(wiped), mail: "no_address" };
}
