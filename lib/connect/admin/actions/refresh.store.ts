import "server-only";

import type { Administrator, AdminUser } from "#lib/connect/users/admin-user.ts";
import type { AuditOrigin, AuditOutcome, AuditTarget } from "#lib/connect/audit/audit-entry.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import type { RefreshState } from "#lib/connect/admin/actions/judge-refresh.ts";
import { holdRole } from "#lib/connect/admin/roles/store.ts";
import { database } from "#lib/db/client.ts";

/**
 * Records in the audit log that this administrator requests a refresh, before Legrand is asked. Returns the
 * target, or null if the account is gone.
 */
export function recordRefreshRequest(
  admin: Administrator,
  accountId: string,
  origin: AuditOrigin,
): Promise<AuditTarget | null> {
  return database().$transaction(async (transaction) => {
    await holdRole(admin, transaction);
    const account = await transaction.account.findUnique({
      where: { id: accountId },
      select: { email: true, name: true, providerAccountId: true },
    });
    const target: AuditTarget = {
      targetType: "linked_account",
      targetId: accountId,
      target: account?.email ?? account?.name ?? account?.providerAccountId ?? accountId,
    };
    await recordAudit(
      {
        ...origin,
        ...target,
        action: "linked_account.refresh",
        outcome: account ? "done" : "refused",
        detail: account ? {} : { reason: "gone" },
      },
      transaction,
    );
    return account ? target : null;
  });
}

/**
 * Returns the columns of any user's account that show the result of a refresh, or null if the account is gone.
 * `refreshToken` is encrypted.
 */
export function findRefreshState(_admin: AdminUser, accountId: string): Promise<RefreshState | null> {
  return database().account.findUnique({
    where: { id: accountId },
    select: {
      state: true,
      reconnectReason: true,
      trouble: true,
      retryAt: true,
      tokenVersion: true,
      refreshToken: true,
    },
  });
}

/** Records the result of the refresh in the audit log. */
export function recordRefreshOutcome(
  origin: AuditOrigin,
  target: AuditTarget,
  outcome: AuditOutcome,
  detail: Record<string, unknown>,
): Promise<void> {
  return recordAudit({ ...origin, ...target, action: "linked_account.refresh_outcome", outcome, detail });
}
