import { now } from "#lib/clock.ts";
import type { Administrator } from "#lib/connect/users/admin-user.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { judgeRefresh } from "#lib/connect/admin/actions/judge-refresh.ts";
import {
  findRefreshState,
  recordRefreshOutcome,
  recordRefreshRequest,
} from "#lib/connect/admin/actions/refresh.store.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";

/**
 * Renews the tokens of any linked account at an administrator's request, unless Legrand asked to wait (429).
 * The result is written to the audit log. If several administrators ask at once, only one refresh runs. Takes
 * ten seconds at most. Throws `NotAdministratorError` if the caller lost the role.
 */
export async function refreshLinkedAccount(
  admin: Administrator,
  accountId: string,
  origin: AuditOrigin,
): Promise<void> {
  const target = await recordRefreshRequest(admin, accountId, origin);
  if (!target) return;
  const before = await findRefreshState(admin, accountId);
  const outcome = await getAccessToken(accountId, { force: true });
  const result = judgeRefresh(before, await findRefreshState(admin, accountId), outcome.ok, now());
  await recordRefreshOutcome(origin, target, result.result === "renewed" ? "done" : "failed", result);
}
