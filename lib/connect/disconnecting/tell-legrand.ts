import type { LeavingOutcome } from "#lib/connect/disconnecting/describe-leaving.ts";
import type { Wiped } from "#lib/connect/disconnecting/wiping.store.ts";
import { attemptRevocation } from "#lib/connect/disconnecting/revoke-pending.ts";

// `forgotten` means that the account was reconnected in the meantime, so nothing is left to revoke.
const OUTCOMES = { done: "revoked", later: "later", impossible: "untold", forgotten: "ended" } as const;

/** Revokes the wiped tokens at Legrand, or leaves that to the background sweep. Returns the outcome. */
export async function tellLegrand({ revocation, isUnreadable }: Wiped): Promise<LeavingOutcome> {
  const result = revocation && (await attemptRevocation(revocation));
  return isUnreadable ? "unreadable" : result ? OUTCOMES[result] : "ended";
}
