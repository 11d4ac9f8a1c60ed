import "server-only";

import type { Administrator } from "#lib/connect/users/admin-user.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { holdRole } from "#lib/connect/admin/roles/store.ts";
import { database } from "#lib/db/client.ts";

/**
 * Ends all sessions of the linked account's user, with an audit log entry, in one transaction. Returns the
 * user, or null if the account is gone. Of two concurrent calls, the second one finds no sessions to end.
 */
export function signOutEverywhere(
  admin: Administrator,
  accountId: string,
  origin: AuditOrigin,
): Promise<{ userId: string } | null> {
  return database().$transaction(async (transaction) => {
    await holdRole(admin, transaction);
    const account = await transaction.account.findUnique({
      where: { id: accountId },
      select: { user: { select: { id: true, email: true, name: true } } },
    });
    if (!account) {
      await recordAudit(
        {
          ...origin,
          action: "user.sign_out",
          outcome: "refused",
          targetType: "linked_account",
          targetId: accountId,
          target: accountId,
          detail: { reason: "gone" },
        },
        transaction,
      );
      return null;
    }
    const { user } = account;
    const { count } = await transaction.session.deleteMany({ where: { userId: user.id } });
    await recordAudit(
      {
        ...origin,
        action: "user.sign_out",
        outcome: "done",
        targetType: "user",
        targetId: user.id,
        target: user.email ?? user.name ?? user.id,
        detail: { sessions: count },
      },
      transaction,
    );
    return { userId: user.id };
  });
}
