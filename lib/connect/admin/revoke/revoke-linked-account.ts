import { now } from "#lib/clock.ts";
import {
  recordRevocationOutcome,
  wipeForAdministrator,
  type NotRevoked,
  type RevocationRequest,
  type RevokedAccount,
} from "#lib/connect/admin/revoke/store.ts";
import { writeRevocationMail } from "#lib/connect/admin/revoke/write-revocation-mail.ts";
import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import { tellLegrand } from "#lib/connect/leaving/tell-legrand.ts";
import { tellPerson, type MailOutcome } from "#lib/connect/mail/tell-person.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** What became of a revocation: at Legrand, and of the mail; or why there was none. */
export type RevokeOutcome =
  { ok: true; outcome: LeavingOutcome; mail: MailOutcome } | ({ ok: false } & NotRevoked);

/**
 * Revokes any linked account for an administrator (decision 25): its tokens are wiped here, as a disconnect
 * does, with the reason in its history and an entry in the audit log; then they are revoked at Legrand, or
 * that is left to the sweep, and the person gets a mail. What came of these two is a second entry. Throws
 * `NotAdministratorError` when the role was taken meanwhile; nothing is changed then.
 */
export async function revokeLinkedAccount(request: RevocationRequest): Promise<RevokeOutcome> {
  if (!isUuid(request.accountId)) return { ok: false, reason: "gone" };
  const wiped = await wipeForAdministrator(request);
  if ("reason" in wiped) return { ok: false, reason: wiped.reason };
  const outcome = await tellLegrand(wiped);
  const mail = await writeToPerson(request, wiped, outcome);
  await recordRevocationOutcome(request, wiped, { legrand: outcome, mail });
  return { ok: true, outcome, mail };
}

/**
 * To the address of the linked account and no other: an address of their user may be that of another account.
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
