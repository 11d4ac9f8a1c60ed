import { auditOrigin } from "#lib/connect/audit/audit-origin.ts";
import { deleteUser } from "#lib/connect/disconnecting/store.ts";
import type { LeavingOutcome } from "#lib/connect/disconnecting/describe-leaving.ts";
import { attemptRevocation } from "#lib/connect/disconnecting/revoke-pending.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";

/**
 * Deletes everything about this user, then revokes their tokens at Legrand, or leaves that to the background
 * sweep. Returns the result that needs the user's attention most. `headers` are those of the request, for the
 * audit log entry if the user has a role. Refuses if the user is the last administrator.
 */
export async function deleteConnectAccount(
  user: SignedInUser,
  headers = new Headers(),
): Promise<LeavingOutcome | "last_administrator"> {
  const deleted = await deleteUser(user, auditOrigin(user, headers));
  if (deleted === "last_administrator") return deleted;
  const { revocations, unreadable } = deleted;
  const results = await Promise.all(revocations.map(attemptRevocation));
  if (unreadable > 0) return "unreadable";
  if (results.length === 0) return "ended";
  if (results.includes("impossible")) return "untold";
  if (results.includes("later")) return "later";
  return "revoked";
}
