import { setTimeout as sleep } from "node:timers/promises";

import type { LinkedAccountEvent } from "#lib/connect/account-events/linked-account-event.ts";
import { sealToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import type { AccessTokenOutcome } from "#lib/connect/tokens/judge.ts";
import { discardTokens } from "#lib/connect/tokens/discard-tokens.ts";
import { compareScopes, type ScopeChange } from "#lib/connect/tokens/compare-scopes.ts";
import type { TokenResponse } from "#lib/connect/tokens/parse-token-response.ts";
import { settleRefresh, type StoredTokens, type TokenChange } from "#lib/connect/tokens/store.ts";
import type { Timings } from "#lib/connect/tokens/timings.ts";
import { ASSUMED_REFRESH_TOKEN_LIFETIME_SECONDS } from "#lib/connect/sealed-tokens/token-lifetimes.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

type NewTokens = TokenResponse & { accessToken: string };

/**
 * Stores new tokens, and only then returns the access token. Retries while the database does not answer,
 * because these tokens exist nowhere else. Returns null if the row has other tokens by then. Logs and throws
 * if the database keeps failing; it is logged because the caller may have stopped waiting.
 */
export async function storeTokens(
  claim: StoredTokens,
  tokens: NewTokens,
  askedAt: Date,
  timings: Timings,
): Promise<AccessTokenOutcome | null> {
  const scopes = compareScopes(claim, tokens.scopes);
  const change = {
    ...tokenColumns(claim, tokens, askedAt),
    ...scopeColumns(claim, scopes, tokens.scopes !== null),
    ...(tokens.scopes ? { scopesKnownAt: askedAt } : {}),
  };
  // Not restricted to the lease owner: new tokens that arrive late are still valid new tokens.
  const settle = () =>
    settleRefresh(claim, change, { isNewVersion: true, requiresLease: false, event: historyEntry(scopes) });
  if (!(await retry(settle, timings.storeRetryDelaysMs).catch((error: unknown) => logLost(claim, error))))
    return discardTokens(claim, tokens);
  return {
    ok: true,
    accessToken: tokens.accessToken,
    tokenVersion: claim.tokenVersion + 1,
    grantedScopes: scopes.granted,
  };
}

function logLost({ id }: StoredTokens, cause: unknown): never {
  logError(
    currentRequestId(),
    "linked account",
    new Error(`${id}: its new tokens could not be stored`, { cause }),
  );
  throw cause;
}

const secondsAfter = (moment: Date, seconds: number) => new Date(moment.getTime() + seconds * 1000);

function tokenColumns(
  claim: StoredTokens,
  { accessToken, refreshToken, tokenType, lifetimeSeconds, refreshLifetimeSeconds }: NewTokens,
  askedAt: Date,
): TokenChange {
  const refreshTokenExpiresAt = secondsAfter(
    askedAt,
    refreshLifetimeSeconds ?? ASSUMED_REFRESH_TOKEN_LIFETIME_SECONDS,
  );
  return {
    accessToken: sealToken(accessToken, claim, "accessToken"),
    // RFC 6749 §6: if there is no new refresh token, the old one stays valid.
    ...(refreshToken ? { refreshToken: sealToken(refreshToken, claim, "refreshToken") } : {}),
    ...(tokenType ? { tokenType } : {}),
    accessTokenExpiresAt: secondsAfter(askedAt, lifetimeSeconds),
    refreshTokenExpiresAt,
    refreshTokenFinal: refreshLifetimeSeconds !== null && isEndFinal(claim, refreshTokenExpiresAt, askedAt),
    refreshedAt: askedAt,
    trouble: null,
    failedAttempts: 0,
    retryAt: null,
  };
}

/**
 * Two refreshes within this time prove nothing: their expiry times differ as little as the times of the
 * refreshes.
 */
const SHORTEST_INTERVAL_MS = 60_000;

/**
 * Returns true if a refresh at `at` did not extend the refresh token. That is the case if its expiry moved by
 * less than half of the time since the previous refresh. Such a token has an absolute lifetime (OWASP ASVS
 * 5.0, 10.4.8), and only a new consent leads beyond it. If both refreshes were within a minute, returns the
 * stored value.
 */
function isEndFinal(
  {
    refreshTokenExpiresAt,
    refreshTokenFinal,
    renewedAt,
  }: Pick<StoredTokens, "refreshTokenExpiresAt" | "refreshTokenFinal" | "renewedAt">,
  end: Date,
  at: Date,
): boolean {
  const passedMs = at.getTime() - renewedAt.getTime();
  if (refreshTokenExpiresAt === null || passedMs < SHORTEST_INTERVAL_MS) return refreshTokenFinal;
  return end.getTime() - refreshTokenExpiresAt.getTime() < passedMs / 2;
}

/**
 * An answer without scopes changes none of them. It also does not restore a scope that the API refused in the
 * meantime.
 */
function scopeColumns(
  claim: StoredTokens,
  { granted, withdrawn }: ScopeChange,
  isNamed: boolean,
): TokenChange {
  const isComplete = withdrawn.length === 0;
  if (!isNamed && isComplete && claim.state === "connected") return {};
  return {
    ...(isNamed ? { grantedScopes: granted, withdrawnScopes: withdrawn } : {}),
    state: isComplete ? "connected" : "reconnect_needed",
    reconnectReason: isComplete ? null : "scope_withdrawn",
  };
}

function historyEntry({ added, removed }: ScopeChange): LinkedAccountEvent | "refreshed" {
  if (!added.length && !removed.length) return "refreshed";
  return {
    what: removed.length ? "scopes_withdrawn" : "permissions_changed",
    by: "legrand",
    detail: { added, removed },
  };
}

async function retry<T>(work: () => Promise<T>, delaysMs: readonly number[]): Promise<T> {
  for (const ms of delaysMs) {
    try {
      return await work();
    } catch {
      await sleep(ms);
    }
  }
  return work();
}
