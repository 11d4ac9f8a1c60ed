import { now } from "#lib/clock.ts";
import {
  recordRevocationOutcome,
  wipeForAdministrator,
  type NotRevoked,
  type RevocationRequest,
  type RevokedAccount,
} from "#lib/connect/admin/actions/revoke.store.ts";
import { writeRevocationMail } from "#lib/connect/admin/actions/write-revocation-mail.ts";
import type { LeavingOutcome } from "#lib/connect/disconnecting/describe-leaving.ts";
import { revokeWiped } from "#lib/connect/disconnecting/disconnect.ts";
import { tellPerson, type MailOutcome } from "#lib/connect/mail/tell-person.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** The result of a revocation: what happened at Legrand and to the mail, or why nothing was revoked. */
export type RevokeOutcome =
  { ok: true; outcome: LeavingOutcome; mail: MailOutcome } | ({ ok: false } & NotRevoked);

/**
 * Revokes any linked account for an administrator (decision 25). First wipes its tokens here, like a
 * disconnect, with the reason in its history and an audit log entry. Then revokes them at Legrand, or leaves
 * that to the background sweep, and sends the user a mail. The result of these two steps is a second audit
 * log entry. Throws `NotAdministratorError` if the caller lost the role; nothing is changed then.
 */
export async function revokeLinkedAccount(request: RevocationRequest): Promise<RevokeOutcome> {
  if (!isUuid(request.accountId)) return { ok: false, reason: "gone" };
  const wiped = await wipeForAdministrator(request);
  if ("reason" in wiped) return { ok: false, reason: wiped.reason };
  const outcome = await revokeWiped(wiped);
  const mail = await writeToPerson(request, wiped, outcome);
  await recordRevocationOutcome(request, wiped, { legrand: outcome, mail });
  return { ok: true, outcome, mail };
}

/**
 * Writes only to the e-mail address of the linked account. An address of its user may belong to another
 * account.
 */
async function writeToPerson(
  { reason }: RevocationRequest,
  { email, ...account }: RevokedAccount,
  outcome: LeavingOutcome,
): Promise<MailOutcome> {
  return email
    ? tellPerson(writeRevocationMail({ ...account, email, reason, outcome, at: now() }))
    : "no_address";
}
