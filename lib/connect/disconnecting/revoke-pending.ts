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
} from "#lib/connect/disconnecting/pending-revocations.store.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

const BATCH = 10;
const BACK_OFF = { firstSeconds: 60, longestSeconds: 6 * 60 * 60 };

/**
 * Tries to revoke one pair of tokens now. Deletes tokens that were revoked or cannot be revoked, and keeps
 * the rest for a later attempt. Tokens that cannot be decrypted are kept too, because their key may come
 * back. If the account is reconnected and its pending revocation deleted in the meantime, its tokens are not
 * sent any more.
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
 * Revokes tokens that were wiped here while Legrand could not be reached. Deletes those that have expired in
 * the meantime. Only one process at a time tries each of them. Returns the number of revoked pairs.
 */
export async function revokePending(): Promise<number> {
  await deleteEndedRevocations();
  let revoked = 0;
  for (;;) {
    const claimed = await claimPendingRevocations(BATCH);
    const results = await Promise.all(claimed.map(attemptRevocation));
    revoked += results.filter((result) => result === "done").length;
    // Stops after one batch if the server does not answer.
    if (claimed.length < BATCH || results.every((result) => result === "later")) return revoked;
  }
}
