import { deleteUser } from "#lib/connect/leaving/store.ts";
import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import { attemptRevocation } from "#lib/connect/revocations/revoke-pending.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";

/** Deletes everything about this user, then revokes what they had at Legrand, or leaves that to the sweep. Returns what needs the person most. */
export async function deleteConnectAccount(user: SignedInUser): Promise<LeavingOutcome> {
  const { revocations, unreadable } = await deleteUser(user);
  const results = await Promise.all(revocations.map(attemptRevocation));
  if (unreadable > 0) return "unreadable";
  if (results.length === 0) return "ended";
  if (results.includes("impossible")) return "untold";
  if (results.includes("later")) return "later";
  return "revoked";
}
