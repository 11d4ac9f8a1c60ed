import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import { wipeLinkedAccount } from "#lib/connect/leaving/store.ts";
import { attemptRevocation } from "#lib/connect/revocations/revoke-pending.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { isUuid } from "#lib/is-uuid.ts";

// Forgotten: somebody connected it again in the meantime, and nothing of it is left to be told.
const OUTCOMES = { done: "revoked", later: "later", impossible: "untold", forgotten: "ended" } as const;

/**
 * Wipes the tokens of one of this user's linked accounts, then revokes them at Legrand, or leaves that to the sweep. Returns
 * what became of it and whether the user is signed out; null when the account was not theirs, or disconnected already.
 */
export async function disconnect(user: SignedInUser, id: string | null): Promise<{ outcome: LeavingOutcome; isSignedOut: boolean } | null> {
  const wiped = isUuid(id) ? await wipeLinkedAccount(user, id) : null;
  if (!wiped) return null;
  const result = wiped.revocation && await attemptRevocation(wiped.revocation);
  const outcome = wiped.isUnreadable ? "unreadable" : result ? OUTCOMES[result] : "ended";
  return { isSignedOut: wiped.isSignedOut, outcome };
}
