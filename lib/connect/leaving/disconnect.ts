import { z } from "zod";

import { wipeLinkedAccount } from "#lib/connect/leaving/store.ts";
import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import { attemptRevocation } from "#lib/connect/revocations/revoke-pending.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";

/** Fields of the form with the button **Disconnect**. */
export const disconnectSchema = z.object({ id: z.uuid() });

/**
 * Wipes the tokens of one of this user's linked accounts, then revokes them at Legrand, or leaves that to the sweep. Returns
 * what became of it and whether the user is signed out; null when the account was not theirs, or disconnected already.
 */
export async function disconnect(user: SignedInUser, id: string): Promise<{ outcome: LeavingOutcome; isSignedOut: boolean } | null> {
  const wiped = await wipeLinkedAccount(user, id);
  if (!wiped) return null;
  const result = wiped.revocation && await attemptRevocation(wiped.revocation);
  const outcome = wiped.isUnreadable ? "unreadable" : result ? OUTCOMES[result] : "ended";
  return { isSignedOut: wiped.isSignedOut, outcome };
}

// Forgotten: somebody connected it again in the meantime, and nothing of it is left to be told.
const OUTCOMES = { done: "revoked", later: "later", impossible: "untold", forgotten: "ended" } as const;
