import "server-only";

import type { Administrator } from "#lib/connect/admin/admin-user.ts";
import type { AuditOrigin } from "#lib/connect/admin/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/admin/audit/store.ts";
import { holdRole } from "#lib/connect/admin/roles/store.ts";
import { lockHeld, lockUser, wipeHeld, type Wiped } from "#lib/connect/leaving/wiping/store.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/** Who is allowed to revoke an account of somebody else: an administrator, or the background work that one has begun. */
export type RevocationHolder = Administrator | { bulkId: string };

/** A linked account of anybody, why it is revoked (shown to the person), and by whom. */
export type RevocationRequest = { accountId: string; reason: string; origin: AuditOrigin; holder: RevocationHolder };

/** The account whose tokens were wiped: what is left to be told of it. */
export type RevokedAccount = Wiped & { name: string | null; email: string | null; providerAccountId: string };

/** Why nothing was revoked. */
export type NotRevoked = { reason: "gone" | "already_disconnected" };

type Subject = { id: string; userId: string; name: string | null; email: string | null; providerAccountId: string };

/**
 * Disconnects any linked account for an administrator, with its entry in the audit log, in one transaction: of two who do it at once one
 * does. Throws `NotAdministratorError` when the role was taken meanwhile.
 */
export async function wipeForAdministrator(request: RevocationRequest): Promise<RevokedAccount | NotRevoked> {
  return database().$transaction(async (transaction) => {
    const subject = await findSubject(request.accountId, transaction);
    await lockPeople(transaction, request.holder, subject?.userId ?? null);
    if (!subject) return { reason: "gone" };
    // An account that went over to another user a moment ago was disconnected before: what was looked at is over.
    const [held] = await lockHeld(transaction, subject.userId, subject.id);
    if (!held) return { reason: (await findSubject(subject.id, transaction)) ? "already_disconnected" : "gone" };
    const wiped = await wipeHeld(transaction, subject.userId, held, { what: "disconnected", by: "administrator", detail: { reason: request.reason } });
    await recordRevocation(request, subject, transaction);
    return { ...wiped, ...subject };
  });
}

function findSubject(id: string, transaction: Transaction): Promise<Subject | null> {
  return transaction.account.findUnique({ where: { id }, select: { id: true, userId: true, name: true, email: true, providerAccountId: true } });
}

/**
 * The rows of the administrator and of the person, the lower id first: two administrators who revoke each other's accounts would
 * otherwise wait for each other for ever. Of one who is both, the stronger lock comes first.
 */
async function lockPeople(transaction: Transaction, holder: RevocationHolder, userId: string | null): Promise<void> {
  const holdFirst = "userId" in holder && (userId === null || holder.userId < userId);
  if (holdFirst) await holdRole(holder, transaction);
  if (userId !== null) await lockUser(transaction, userId);
  if ("userId" in holder && !holdFirst) await holdRole(holder, transaction);
}

function recordRevocation({ reason, origin, holder }: RevocationRequest, subject: Subject, transaction: Transaction): Promise<void> {
  return recordAudit({
    ...origin, action: "linked_account.revoke", outcome: "done",
    targetType: "linked_account", targetId: subject.id, target: subject.email ?? subject.name ?? subject.providerAccountId,
    detail: { reason, ...("bulkId" in holder ? { bulk: holder.bulkId } : {}) },
  }, transaction);
}
