import { auditOrigin } from "#lib/connect/audit/audit-origin.ts";
import type { LeavingOutcome } from "#lib/connect/disconnecting/describe-leaving.ts";
import { wipeLinkedAccount } from "#lib/connect/disconnecting/store.ts";
import { attemptRevocation } from "#lib/connect/disconnecting/revoke-pending.ts";
import type { Wiped } from "#lib/connect/disconnecting/wiping.store.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { isUuid } from "#lib/is-uuid.ts";

/**
 * What happened at Legrand, and whether the user is signed out. Null if the user does not own the account, or
 * it is already disconnected.
 */
type Disconnected = { outcome: LeavingOutcome; isSignedOut: boolean } | "last_administrator" | null;

/**
 * Wipes the tokens of one of the user's linked accounts and revokes them at Legrand. If Legrand cannot be
 * reached, leaves that to the background sweep. `headers` are those of the request, for the audit log entry
 * if the user has a role. Refuses to disconnect the last account of the last administrator.
 */
export async function disconnect(
  user: SignedInUser,
  id: string | null,
  headers = new Headers(),
): Promise<Disconnected> {
  const wiped = isUuid(id) ? await wipeLinkedAccount(user, id, auditOrigin(user, headers)) : null;
  if (!wiped || wiped === "last_administrator") return wiped;
  return { isSignedOut: wiped.isSignedOut, outcome: await revokeWiped(wiped) };
}

// `forgotten` means that the account was reconnected in the meantime, so nothing is left to revoke.
const OUTCOMES = { done: "revoked", later: "later", impossible: "untold", forgotten: "ended" } as const;

/** Revokes the wiped tokens at Legrand, or leaves that to the background sweep. Returns the outcome. */
export async function revokeWiped({ revocation, isUnreadable }: Wiped): Promise<LeavingOutcome> {
  const result = revocation && (await attemptRevocation(revocation));
  return isUnreadable ? "unreadable" : result ? OUTCOMES[result] : "ended";
}
