import "server-only";

import type { Administrator } from "#lib/connect/admin/admin-user.ts";
import type { AuditOrigin, AuditTarget } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { holdRole } from "#lib/connect/admin/roles/store.ts";
import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import {
  isOnlyConnected,
  lockHeld,
  lockUser,
  wipeHeld,
  type Held,
  type Wiped,
} from "#lib/connect/leaving/wiping/store.ts";
import type { MailOutcome } from "#lib/connect/mail/tell-person.ts";
import { isLastAdministrator } from "#lib/connect/roles/store.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/**
 * Who is allowed to revoke an account of somebody else: an administrator, or the background work that one has
 * begun. What was connected after
 * `confirmedAt` is another connection, perhaps of another person: nobody confirmed that it is to end.
 */
export type RevocationHolder = Administrator | { bulkId: string; confirmedAt: Date };

/** A linked account of anybody, why it is revoked (shown to the person), and by whom. */
export type RevocationRequest = {
  accountId: string;
  reason: string;
  origin: AuditOrigin;
  holder: RevocationHolder;
};

/** The account whose tokens were wiped: what is left to be told of it. */
export type RevokedAccount = Wiped & Subject;

/** Why nothing was revoked; `last_administrator`: nobody could sign in as an administrator any more. */
export type NotRevoked = { reason: "gone" | "already_disconnected" | "last_administrator" };

type Subject = {
  id: string;
  userId: string;
  name: string | null;
  email: string | null;
  providerAccountId: string;
};

/**
 * Disconnects any linked account for an administrator, with its entry in the audit log, in one transaction:
 * of two who do it at once one does. Whoever loses their last account that way loses their sessions and their
 * role; the last way in of the last administrator is refused. An attempt that could not be done has an entry
 * too. Throws `NotAdministratorError` when the role of the one who asks was taken meanwhile.
 */
export async function wipeForAdministrator(request: RevocationRequest): Promise<RevokedAccount | NotRevoked> {
  return database().$transaction(async (transaction) => {
    const subject = await findSubject(request.accountId, transaction);
    // First, since it locks the rows of all administrators, if this is one, in the order in which everybody
    // locks them.
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
 * The rows of the administrator and of the person, the lower id first: two administrators who revoke each
 * other's accounts would otherwise wait for each other for ever. Of one who is both, the stronger lock comes
 * first.
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
 * The locked row, or why there is none: what was confirmed may have been disconnected, and connected anew
 * since. An account that went over to another user a moment ago was disconnected before that: what was looked
 * at is over.
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
 * Adds to the audit log what came of a revocation at Legrand and of the mail: known only after the
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
