import type { LeavingOutcome } from "#lib/connect/leaving/describe-leaving.ts";
import type { Wiped } from "#lib/connect/leaving/wiping/store.ts";
import { attemptRevocation } from "#lib/connect/revocations/revoke-pending.ts";

// Forgotten: somebody connected it again in the meantime, and nothing of it is left to be told.
const OUTCOMES = { done: "revoked", later: "later", impossible: "untold", forgotten: "ended" } as const;

/** Revokes at Legrand what was wiped here, or leaves that to the sweep. Returns what became of it. */
export async function tellLegrand({ revocation, isUnreadable }: Wiped): Promise<LeavingOutcome> {
  const result = revocation && (await attemptRevocation(revocation));
  return isUnreadable ? "unreadable" : result ? OUTCOMES[result] : "ended";
}
