import "server-only";

import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { spendAddressesOf } from "#lib/connect/roles/environment/store.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/**
 * Whether this user is the only administrator. Of an administrator it locks the rows of all, the lower id
 * first, until the transaction ends: of two last ones who leave at once, one waits, and then is the last. So
 * it comes before any other lock on a user. Nobody else waits for anything.
 */
export async function isLastAdministrator(userId: string, transaction: Transaction): Promise<boolean> {
  const administrators = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM connect_user
    WHERE role = 'administrator' AND EXISTS (SELECT 1 FROM connect_user me WHERE me.id = ${userId}::uuid AND me.role = 'administrator')
    ORDER BY id FOR UPDATE`;
  return administrators.length === 1 && administrators[0]!.id === userId;
}

/**
 * The same for a page, without a lock: true if this user is the only administrator at this moment. What is
 * done later is decided then.
 */
export async function isOnlyAdministrator(userId: string): Promise<boolean> {
  const administrators = await database().user.findMany({
    where: { role: "administrator" },
    select: { id: true },
    take: 2,
  });
  return administrators.length === 1 && administrators[0]!.id === userId;
}

/**
 * Whoever has no connected account left can sign in as nobody any more, and whoever connects such an account
 * again is another user: the role ends here, with its entry in the audit log. `reason`: what they did with
 * their last account.
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

/** Writes into the audit log that the last administrator may not leave. */
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
