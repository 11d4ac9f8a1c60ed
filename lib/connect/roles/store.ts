import "server-only";

import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { spendAddressesOf } from "#lib/connect/roles/environment.store.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/**
 * Returns true if this user is the only administrator. If the user is an administrator, locks the rows of all
 * administrators, lower id first, until the transaction ends. If the last two leave at once, one of them
 * waits and is then the last. Must come before any other lock on a user. For other users it locks nothing.
 */
export async function isLastAdministrator(userId: string, transaction: Transaction): Promise<boolean> {
  const administrators = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM connect_user
    WHERE role = 'administrator' AND EXISTS (SELECT 1 FROM connect_user me WHERE me.id = ${userId}::uuid AND me.role = 'administrator')
    ORDER BY id FOR UPDATE`;
  return administrators.length === 1 && administrators[0]!.id === userId;
}

/**
 * Returns true if the signed-in user is the only administrator now. For pages: it takes no lock, and a later
 * action checks again.
 */
export function isOnlyAdministrator({ userId }: SignedInUser): Promise<boolean> {
  return isOnly(userId);
}

/** Returns true if any user is the only administrator now, for a page of the administration. Takes no lock. */
export function isUserOnlyAdministrator(_admin: AdminUser, userId: string): Promise<boolean> {
  return isOnly(userId);
}

async function isOnly(userId: string): Promise<boolean> {
  const administrators = await database().user.findMany({
    where: { role: "administrator" },
    select: { id: true },
    take: 2,
  });
  return administrators.length === 1 && administrators[0]!.id === userId;
}

/**
 * Ends the role of a user who has no connected account left, with an audit log entry. Such a user can no
 * longer sign in, and connecting such an account again creates another user. `reason` is what the user did
 * with their last account.
 */
export async function endRole(
  userId: string,
  origin: AuditOrigin,
  reason: "last_account" | "account_deleted",
  transaction: Transaction,
): Promise<void> {
  const user = await transaction.user.findUnique({
    where: { id: userId },
    select: { role: true, email: true, name: true },
  });
  if (!user?.role) return;
  await spendAddressesOf(userId, transaction);
  await transaction.user.update({ where: { id: userId }, data: { role: null } });
  await recordAudit(
    {
      ...origin,
      action: "user.role",
      outcome: "done",
      targetType: "user",
      targetId: userId,
      target: user.email ?? user.name ?? userId,
      detail: { from: user.role, to: null, reason },
    },
    transaction,
  );
}

/** Records in the audit log that the last administrator may not leave. */
export function recordLastAdministrator(
  userId: string,
  target: string,
  origin: AuditOrigin,
  transaction: Transaction,
): Promise<void> {
  return recordAudit(
    {
      ...origin,
      action: "user.role",
      outcome: "refused",
      targetType: "user",
      targetId: userId,
      target,
      detail: { from: "administrator", to: null, reason: "last_administrator" },
    },
    transaction,
  );
}
