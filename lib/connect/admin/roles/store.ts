import "server-only";

import type { Administrator } from "#lib/connect/admin/admin-user.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { NotAdministratorError } from "#lib/connect/admin/not-administrator-error.ts";
import type { RoleRefusal } from "#lib/connect/admin/roles/role-constants.ts";
import { spendAddressesOf } from "#lib/connect/roles/environment/store.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import type { AdminRole } from "#lib/db/generated/enums.ts";

/**
 * Holds the role of this administrator until the transaction ends: what it does is done by somebody who has
 * the role at that moment, not a second ago. Throws `NotAdministratorError`, which `adminPost` answers, when
 * it was taken meanwhile.
 */
export async function holdRole({ userId }: Administrator, transaction: Transaction): Promise<void> {
  const held = await transaction.$queryRaw<
    unknown[]
  >`SELECT 1 FROM connect_user WHERE id = ${userId}::uuid AND role = 'administrator' FOR SHARE`;
  if (held.length === 0) throw new NotAdministratorError();
}

/**
 * A role that is to be given, changed or taken (null), and by whom: an administrator, or the command on the
 * server.
 */
export type RoleChange = {
  userId: string;
  role: AdminRole | null;
  holder: Administrator | "command";
  origin: AuditOrigin;
};

/** What became of it; `label` is what the audit log calls the person. */
export type RoleOutcome =
  { ok: true; from: AdminRole | null; label: string } | { ok: false; reason: RoleRefusal; label: string };

type Row = { id: string; role: AdminRole | null; label: string };

/**
 * Gives, changes or takes a role in one transaction, with its entry in the audit log; the person's sessions
 * end with it. Refused, with an entry too: one's own role, that of the last administrator, and a role for
 * somebody who has no connected account to sign in with. Throws
 * `NotAdministratorError` when the holder's own role was taken meanwhile.
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
 * The rows of all administrators and of that user, the lower id first: of two who take each other's role one
 * waits, and then has none.
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
