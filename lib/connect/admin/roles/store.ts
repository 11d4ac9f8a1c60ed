import "server-only";

import type { Administrator } from "#lib/connect/users/admin-user.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { NotAdministratorError } from "#lib/connect/admin/not-administrator-error.ts";
import type { RoleRefusal } from "#lib/connect/admin/roles/role-constants.ts";
import { spendAddressesOf } from "#lib/connect/roles/environment.store.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import type { AdminRole } from "#lib/db/generated/enums.ts";

/**
 * Locks the role of this administrator until the transaction ends. Its changes are then made by a user who
 * has the role now, not a second ago. Throws `NotAdministratorError`, which `adminPost` handles, if the role
 * is gone.
 */
export async function holdRole({ userId }: Administrator, transaction: Transaction): Promise<void> {
  const held = await transaction.$queryRaw<
    unknown[]
  >`SELECT 1 FROM connect_user WHERE id = ${userId}::uuid AND role = 'administrator' FOR SHARE`;
  if (held.length === 0) throw new NotAdministratorError();
}

/**
 * A change of role. `role` is the new role, or null to take it away. `holder` makes the change: an
 * administrator, or the command on the server.
 */
export type RoleChange = {
  userId: string;
  role: AdminRole | null;
  holder: Administrator | "command";
  origin: AuditOrigin;
};

/** The result of a role change. `label` is how the audit log names the user. */
export type RoleOutcome =
  { ok: true; from: AdminRole | null; label: string } | { ok: false; reason: RoleRefusal; label: string };

type Row = { id: string; role: AdminRole | null; label: string };

/**
 * Gives, changes or takes away a role in one transaction with its audit log entry, and ends the user's
 * sessions. Refuses the change in these cases, also with an entry:
 *
 * - It is the caller's own role.
 * - It is the role of the last administrator.
 * - The user would get a role but has no connected account to sign in with.
 *
 * Throws `NotAdministratorError` if the caller lost the role.
 */
export function changeRole(change: RoleChange): Promise<RoleOutcome> {
  const { userId, role, holder, origin } = change;
  return database().$transaction(async (transaction) => {
    const rows = await lockRoles(userId, transaction);
    if (holder !== "command" && !rows.some((row) => row.id === holder.userId && row.role === "administrator"))
      throw new NotAdministratorError();
    const target = rows.find(({ id }) => id === userId);
    const reason = await findRefusal(change, rows, transaction);
    const label = target?.label ?? userId;
    await recordAudit(
      {
        ...origin,
        action: "user.role",
        outcome: reason ? "refused" : "done",
        targetType: "user",
        targetId: userId,
        target: label,
        detail: { from: target?.role ?? null, to: role, ...(reason ? { reason } : {}) },
      },
      transaction,
    );
    if (reason) return { ok: false, reason, label };
    await transaction.user.update({ where: { id: userId }, data: { role } });
    await transaction.session.deleteMany({ where: { userId } });
    if (role !== "administrator") await spendAddressesOf(userId, transaction);
    return { ok: true, from: target!.role, label };
  });
}

/**
 * Locks the rows of all administrators and of the user, lower id first. If two administrators take each
 * other's role at once, the second one waits, and then has no administrator role any more.
 */
function lockRoles(userId: string, transaction: Transaction): Promise<Row[]> {
  return transaction.$queryRaw<Row[]>`
    SELECT id::text, role::text, coalesce(email, name, id::text) AS label FROM connect_user
    WHERE role = 'administrator' OR id = ${userId}::uuid ORDER BY id FOR UPDATE`;
}

async function findRefusal(
  { userId, role, holder }: RoleChange,
  rows: Row[],
  transaction: Transaction,
): Promise<RoleRefusal | null> {
  const target = rows.find(({ id }) => id === userId);
  if (!target) return "gone";
  if (target.role === role) return "unchanged";
  if (holder !== "command" && holder.userId === userId) return "own_role";
  if (
    target.role === "administrator" &&
    rows.every((row) => row.id === userId || row.role !== "administrator")
  )
    return "last_administrator";
  const connected = await transaction.account.count({ where: { userId, state: { not: "disconnected" } } });
  return role !== null && connected === 0 ? "no_account" : null;
}
