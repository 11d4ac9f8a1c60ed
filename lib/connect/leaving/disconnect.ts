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
  const outcome = wiped.revocation ? OUTCOMES[await attemptRevocation(wiped.revocation)] : wiped.because;
  return { isSignedOut: wiped.isSignedOut, outcome };
}

const OUTCOMES = { done: "revoked", later: "later", impossible: "untold" } as const;
