import { now } from "#lib/clock.ts";
import type { Administrator } from "#lib/connect/admin/admin-user.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { judgeRefresh } from "#lib/connect/admin/refresh/judge-refresh.ts";
import { recordRefreshOutcome, recordRefreshRequest } from "#lib/connect/admin/refresh/store.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { findStoredTokens } from "#lib/connect/tokens/store.ts";

/**
 * Renews the tokens of any linked account because an administrator asks, unless Legrand said to wait (429);
 * what came of it is in the audit log. However many ask at once, one refreshes. Takes ten seconds at most.
 * Throws `NotAdministratorError` when the role was taken meanwhile.
 */
export async function refreshLinkedAccount(
  admin: Administrator,
  accountId: string,
  origin: AuditOrigin,
): Promise<void> {
  const target = await recordRefreshRequest(admin, accountId, origin);
  if (!target) return;
  const before = await findStoredTokens(accountId);
  const outcome = await getAccessToken(accountId, { force: true });
  const result = judgeRefresh(before, await findStoredTokens(accountId), outcome.ok, now());
  await recordRefreshOutcome(origin, target, result.result === "renewed" ? "done" : "failed", result);
}
