import { auditOrigin } from "#lib/connect/audit/audit-origin.ts";
import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import { wipeLinkedAccount } from "#lib/connect/leaving/store.ts";
import { tellLegrand } from "#lib/connect/leaving/tell-legrand.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { isUuid } from "#lib/is-uuid.ts";

/**
 * What became of it and whether the user is signed out; null when the account was not theirs, or disconnected
 * already.
 */
type Disconnected = { outcome: LeavingOutcome; isSignedOut: boolean } | "last_administrator" | null;

/**
 * Wipes the tokens of one of this user's linked accounts, then revokes them at Legrand, or leaves that to the
 * sweep. `headers`: those of the request, for the audit log, if somebody with a role leaves. The last
 * administrator does not.
 */
export async function disconnect(
  user: SignedInUser,
  id: string | null,
  headers = new Headers(),
): Promise<Disconnected> {
  const wiped = isUuid(id) ? await wipeLinkedAccount(user, id, auditOrigin(user, headers)) : null;
  if (!wiped || wiped === "last_administrator") return wiped;
  return { isSignedOut: wiped.isSignedOut, outcome: await tellLegrand(wiped) };
}
