import { secondsFromNow } from "#lib/clock.ts";
import { backOffSeconds } from "#lib/connect/cloud/back-off.ts";
import { revokeTokens, type RevocationOutcome } from "#lib/connect/cloud/revoke.ts";
import {
  claimPendingRevocations,
  deleteEndedRevocations,
  deletePendingRevocation,
  isPendingRevocation,
  postponeRevocation,
  type ClaimedRevocation,
} from "#lib/connect/revocations/store.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

const BATCH = 10;
const BACK_OFF = { firstSeconds: 60, longestSeconds: 6 * 60 * 60 };

/**
 * Tries to give back one pair of tokens now. What was revoked, or cannot be, is forgotten; the rest is kept
 * for a later attempt, and so is what nobody can read: its key may come back. What is forgotten meanwhile,
 * because its account was connected again, is not sent any more.
 */
export async function attemptRevocation({
  id,
  failedAttempts,
  tokens,
  unreadableKey,
}: ClaimedRevocation): Promise<RevocationOutcome["result"]> {
  if (unreadableKey)
    logError(
      currentRequestId(),
      "revocation",
      `tokens to be revoked need key ${unreadableKey}, which is not in TOKEN_ENCRYPTION_KEYS`,
    );
  const outcome: RevocationOutcome = unreadableKey
    ? { result: "later", refreshTokenRevoked: false }
    : await revokeTokens(tokens, () => isPendingRevocation(id));
  if (outcome.result === "later") {
    const retryAt = secondsFromNow(backOffSeconds(BACK_OFF, failedAttempts + 1, Math.random()));
    await postponeRevocation(id, { refreshTokenRevoked: outcome.refreshTokenRevoked, retryAt });
  } else {
    await deletePendingRevocation(id);
  }
  return outcome.result;
}

/**
 * Tells Legrand of tokens that were wiped here while it could not be reached; those that have ended by
 * themselves are forgotten. Each is tried by one process at a time. Returns how many were given back.
 */
export async function revokePending(): Promise<number> {
  await deleteEndedRevocations();
  let revoked = 0;
  for (;;) {
    const claimed = await claimPendingRevocations(BATCH);
    const results = await Promise.all(claimed.map(attemptRevocation));
    revoked += results.filter((result) => result === "done").length;
    // A server that does not answer is asked for one batch.
    if (claimed.length < BATCH || results.every((result) => result === "later")) return revoked;
  }
}
