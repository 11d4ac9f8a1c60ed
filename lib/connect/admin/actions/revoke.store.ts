import "server-only";

import type { Administrator } from "#lib/connect/users/admin-user.ts";
import type { AuditOrigin, AuditTarget } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { holdRole } from "#lib/connect/admin/roles/store.ts";
import type { LeavingOutcome } from "#lib/connect/disconnecting/describe-leaving.ts";
import {
  isOnlyConnected,
  lockHeld,
  lockUser,
  wipeHeld,
  type Held,
  type Wiped,
} from "#lib/connect/disconnecting/wiping.store.ts";
import type { MailOutcome } from "#lib/connect/mail/tell-person.ts";
import { isLastAdministrator } from "#lib/connect/roles/store.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/**
 * Who may revoke another user's account: an administrator, or the background work that an administrator
 * started. A connection that was made after `confirmedAt` is a different one, perhaps of another person, and
 * no administrator confirmed that it should end.
 */
export type RevocationHolder = Administrator | { bulkId: string; confirmedAt: Date };

/** A revocation of any user's linked account: the reason (shown to the user), and who does it. */
export type RevocationRequest = {
  accountId: string;
  reason: string;
  origin: AuditOrigin;
  holder: RevocationHolder;
};

/** The account whose tokens were wiped, with the data for the steps that follow. */
export type RevokedAccount = Wiped & Subject;

/** Why nothing was revoked. `last_administrator`: without this account, no administrator could sign in. */
export type NotRevoked = { reason: "gone" | "already_disconnected" | "last_administrator" };

type Subject = {
  id: string;
  userId: string;
  name: string | null;
  email: string | null;
  providerAccountId: string;
};

/**
 * Disconnects any linked account for an administrator, in one transaction with its audit log entry. If two do
 * it at once, only one succeeds. A user who loses their last account this way also loses their sessions and
 * their role. Refuses to disconnect the last account that the last administrator can sign in with. A refused
 * attempt is written to the audit log too. Throws `NotAdministratorError` if the caller lost the role.
 */
export async function wipeForAdministrator(request: RevocationRequest): Promise<RevokedAccount | NotRevoked> {
  return database().$transaction(async (transaction) => {
    const subject = await findSubject(request.accountId, transaction);
    // Comes first, so that the lock order is the same everywhere. If the user is an administrator, this locks
    // the rows of all administrators.
    const isLast = subject !== null && (await isLastAdministrator(subject.userId, transaction));
    await lockPeople(transaction, request.holder, subject?.userId ?? null);
    const found = subject ? await findHeld(subject, request.holder, transaction) : "gone";
    const refusal =
      typeof found === "string"
        ? found
        : isLast && (await isOnlyConnected(transaction, subject.userId, found))
          ? "last_administrator"
          : null;
    await recordRevocation(request, subject, refusal, transaction);
    if (refusal || typeof found === "string") return { reason: refusal! };
    const event = { what: "disconnected", by: "administrator", detail: { reason: request.reason } } as const;
    return { ...(await wipeHeld(transaction, subject!.userId, found, event, request.origin)), ...subject! };
  });
}

function findSubject(id: string, transaction: Transaction): Promise<Subject | null> {
  return transaction.account.findUnique({
    where: { id },
    select: { id: true, userId: true, name: true, email: true, providerAccountId: true },
  });
}

/**
 * Locks the rows of the administrator and of the user, lower id first. Otherwise two administrators who
 * revoke each other's accounts would deadlock. If both are the same row, the stronger lock comes first.
 */
async function lockPeople(
  transaction: Transaction,
  holder: RevocationHolder,
  userId: string | null,
): Promise<void> {
  const holdFirst = "userId" in holder && (userId === null || holder.userId < userId);
  if (holdFirst) await holdRole(holder, transaction);
  if (userId !== null) await lockUser(transaction, userId);
  if ("userId" in holder && !holdFirst) await holdRole(holder, transaction);
}

/**
 * Locks and returns the account's row, or returns why it cannot be revoked. The confirmed connection may have
 * been disconnected and reconnected since. An account that has just moved to another user was disconnected
 * before that, so the connection in question has ended.
 */
async function findHeld(
  subject: Subject,
  holder: RevocationHolder,
  transaction: Transaction,
): Promise<Held | "already_disconnected" | "gone"> {
  const [held] = await lockHeld(transaction, subject.userId, subject.id);
  if (held && "bulkId" in holder && held.connectedAt > holder.confirmedAt) return "already_disconnected";
  return held ?? ((await findSubject(subject.id, transaction)) ? "already_disconnected" : "gone");
}

function recordRevocation(
  { accountId, reason, origin, holder }: RevocationRequest,
  subject: Subject | null,
  refusal: NotRevoked["reason"] | null,
  transaction: Transaction,
): Promise<void> {
  const detail = refusal ? { reason: refusal } : { reason };
  return recordAudit(
    {
      ...origin,
      ...targetOf(accountId, subject),
      action: "linked_account.revoke",
      outcome: refusal ? "refused" : "done",
      detail: { ...detail, ...bulkOf(holder) },
    },
    transaction,
  );
}

/**
 * Adds the result at Legrand and the result of the mail to the audit log. Both are known only after the
 * transaction.
 */
export function recordRevocationOutcome(
  { origin, holder }: RevocationRequest,
  account: RevokedAccount,
  told: { legrand: LeavingOutcome; mail: MailOutcome },
): Promise<void> {
  const isDone = (told.legrand === "revoked" || told.legrand === "ended") && told.mail === "sent";
  return recordAudit({
    ...origin,
    ...targetOf(account.id, account),
    action: "linked_account.revoke_outcome",
    outcome: isDone ? "done" : "failed",
    detail: { ...told, ...bulkOf(holder) },
  });
}

const bulkOf = (holder: RevocationHolder) => ("bulkId" in holder ? { bulk: holder.bulkId } : {});

const targetOf = (id: string, subject: Subject | null): AuditTarget => ({
  targetType: "linked_account",
  targetId: id,
  target: subject?.email ?? subject?.name ?? subject?.providerAccountId ?? id,
});
