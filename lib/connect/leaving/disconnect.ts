import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import { wipeLinkedAccount } from "#lib/connect/leaving/store.ts";
import { tellLegrand } from "#lib/connect/leaving/tell-legrand.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { isUuid } from "#lib/is-uuid.ts";

/**
 * Wipes the tokens of one of this user's linked accounts, then revokes them at Legrand, or leaves that to the sweep. Returns
 * what became of it and whether the user is signed out; null when the account was not theirs, or disconnected already.
 */
export async function disconnect(user: SignedInUser, id: string | null): Promise<{ outcome: LeavingOutcome; isSignedOut: boolean } | null> {
  const wiped = isUuid(id) ? await wipeLinkedAccount(user, id) : null;
  if (!wiped) return null;
  return { isSignedOut: wiped.isSignedOut, outcome: await tellLegrand(wiped) };
}
