import { now } from "#lib/clock.ts";
import { backOffSeconds } from "#lib/connect/cloud/back-off.ts";
import { openToken, sealToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import type { AccessTokenOutcome } from "#lib/connect/tokens/judge.ts";
import { discardTokens } from "#lib/connect/tokens/discard-tokens.ts";
import { storeTokens } from "#lib/connect/tokens/store-tokens.ts";
import { requestTokens } from "#lib/connect/tokens/request-tokens.ts";
import { settleRefresh, type StoredTokens } from "#lib/connect/tokens/store.ts";
import type { Timings } from "#lib/connect/tokens/timings.ts";
import { keyIdOf } from "#lib/crypto/encrypt.ts";
import type { RefreshTrouble } from "#lib/db/generated/enums.ts";
import { logError } from "#lib/log.ts";
import { countRefresh } from "#lib/metrics.ts";
import { currentRequestId } from "#lib/request-id.ts";

/**
 * Refreshes claimed tokens with at most two requests, and stores the result. Returns the new access token, or
 * null if the refresh failed; the row then says why. Throws if the database does not store the result.
 */
export async function refresh(claim: StoredTokens, timings: Timings): Promise<AccessTokenOutcome | null> {
  const refreshToken = openToken(claim.refreshToken!, claim, "refreshToken");
  if (refreshToken === null) return recordLostKey(claim, claim.refreshToken!);
  const { tokens, failure, askedAt } = await requestTokens(
    refreshToken,
    claim.refreshTokenExpiresAt,
    timings,
  );
  countRefresh(
    tokens?.accessToken ? "renewed" : failure!.is === "refused" ? failure!.reason : failure!.trouble,
  );
  if (tokens?.accessToken)
    return storeTokens(claim, { ...tokens, accessToken: tokens.accessToken }, askedAt, timings);
  if (failure!.is === "refused") return endOrKeepTokens(claim, failure!.reason);
  return postpone(claim, failure!.trouble, failure!.waitSeconds, tokens?.refreshToken ?? null);
}

/**
 * One complete request and the first wait take less than 30 s. In that time a lost answer can be fetched
 * again (decision 20).
 */
const BACK_OFF = { firstSeconds: 5, longestSeconds: 15 * 60 };

function nextAttempt(
  { failedAttempts }: StoredTokens,
  waitSeconds?: number,
): { failedAttempts: number; retryAt: Date } {
  const seconds = waitSeconds ?? backOffSeconds(BACK_OFF, failedAttempts + 1, Math.random());
  return { failedAttempts: failedAttempts + 1, retryAt: new Date(now().getTime() + seconds * 1000) };
}

/**
 * Marks the tokens as unreadable. The ciphertext stays, in case the key comes back. Logs one line for the
 * account, not one for each attempt.
 */
export async function recordLostKey(claim: StoredTokens, sealed: string): Promise<null> {
  const isFirstLoss = claim.reconnectReason !== "key_lost";
  const isStored = await settleRefresh(
    claim,
    { ...nextAttempt(claim), state: "reconnect_needed", reconnectReason: "key_lost" },
    {
      isNewVersion: false,
      requiresLease: true,
      event: isFirstLoss ? { what: "reconnect_needed", by: "connect", detail: { reason: "key_lost" } } : null,
    },
  );
  countRefresh("key_lost");
  if (isStored && isFirstLoss) {
    logError(
      currentRequestId(),
      "linked account",
      `${claim.id}: its tokens need the key ${keyIdOf(sealed)}, which is not in TOKEN_ENCRYPTION_KEYS or has changed`,
    );
  }
  return null;
}

/**
 * Schedules the next attempt. `refreshToken` is a new refresh token that came with an otherwise unusable
 * answer; it replaces the stored one.
 */
async function postpone(
  claim: StoredTokens,
  trouble: RefreshTrouble,
  waitSeconds: number | undefined,
  refreshToken: string | null,
): Promise<null> {
  const rotated =
    refreshToken === null ? {} : { refreshToken: sealToken(refreshToken, claim, "refreshToken") };
  const isStored = await settleRefresh(
    claim,
    { ...nextAttempt(claim, waitSeconds), trouble, ...rotated },
    {
      isNewVersion: refreshToken !== null,
      requiresLease: refreshToken === null,
      event:
        claim.trouble === trouble
          ? null
          : { what: "refresh_failed", by: "legrand", detail: { reason: trouble } },
    },
  );
  return isStored || refreshToken === null ? null : discardTokens(claim, { accessToken: null, refreshToken });
}

const NO_TOKENS = {
  accessToken: null,
  refreshToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
  failedAttempts: 0,
  retryAt: null,
};

/**
 * Wipes dead tokens and marks the account as "reconnect needed". An expired client secret says nothing about
 * the tokens, so they are kept until there is a new secret.
 */
async function endOrKeepTokens(
  claim: StoredTokens,
  reason: "revoked" | "refresh_token_expired" | "client_secret_expired",
): Promise<null> {
  const isDead = reason !== "client_secret_expired";
  await settleRefresh(
    claim,
    {
      ...(isDead ? NO_TOKENS : nextAttempt(claim)),
      state: "reconnect_needed",
      reconnectReason: reason,
      trouble: null,
    },
    {
      isNewVersion: isDead,
      requiresLease: true,
      event:
        claim.reconnectReason === reason
          ? null
          : { what: "reconnect_needed", by: "legrand", detail: { reason } },
    },
  );
  return null;
}

/**
 * Marks the account as "reconnect needed": it has no refresh token, and its access token expired or was
 * rejected. The user has to connect again.
 */
export async function endAccess(
  row: StoredTokens,
  wasRejected: boolean,
): Promise<"revoked" | "refresh_token_expired"> {
  const reason = wasRejected ? "revoked" : "refresh_token_expired";
  await settleRefresh(
    row,
    {
      accessToken: null,
      accessTokenExpiresAt: null,
      state: "reconnect_needed",
      reconnectReason: reason,
      trouble: null,
    },
    {
      isNewVersion: true,
      requiresLease: false,
      event: { what: "reconnect_needed", by: "legrand", detail: { reason } },
    },
  );
  return reason;
}
