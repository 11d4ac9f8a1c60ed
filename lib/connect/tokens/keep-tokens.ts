import { setTimeout as sleep } from "node:timers/promises";

import type { LinkedAccountEvent } from "#lib/connect/account-events/linked-account-event.ts";
import { sealToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import type { AccessTokenOutcome } from "#lib/connect/tokens/access-token-outcome.ts";
import { discardTokens } from "#lib/connect/tokens/discard-tokens.ts";
import { compareScopes, type ScopeChange } from "#lib/connect/tokens/compare-scopes.ts";
import type { TokenResponse } from "#lib/connect/tokens/parse-token-response.ts";
import { isEndFinal } from "#lib/connect/tokens/is-end-final.ts";
import { settleRefresh, type StoredTokens, type TokenChange } from "#lib/connect/tokens/store.ts";
import type { Timings } from "#lib/connect/tokens/timings.ts";
import { REFRESH_TOKEN_LIFETIME_SECONDS } from "#lib/connect/sealed-tokens/token-lifetimes.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

type NewTokens = TokenResponse & { accessToken: string };

/**
 * Stores new tokens, and only then returns the access token. Retries while the database does not answer,
 * because these tokens exist nowhere else. Returns null if the row has other tokens by then. Logs and throws
 * if the database keeps failing; it is logged because the caller may have stopped waiting.
 */
export async function keepTokens(
  claim: StoredTokens,
  tokens: NewTokens,
  askedAt: Date,
  timings: Timings,
): Promise<AccessTokenOutcome | null> {
  const scopes = compareScopes(claim, tokens.scopes);
  const change = {
    ...columnsOf(claim, tokens, askedAt),
    ...scopeColumnsOf(claim, scopes, tokens.scopes !== null),
    ...(tokens.scopes ? { scopesKnownAt: askedAt } : {}),
  };
  // Not restricted to the lease owner: new tokens that arrive late are still valid new tokens.
  const store = () =>
    settleRefresh(claim, change, { isNewVersion: true, isTheirs: false, event: eventOf(scopes) });
  if (!(await persistently(store, timings.storeAgainMs).catch((error: unknown) => sayLost(claim, error))))
    return discardTokens(claim, tokens);
  return {
    ok: true,
    accessToken: tokens.accessToken,
    tokenVersion: claim.tokenVersion + 1,
    grantedScopes: scopes.granted,
  };
}

function sayLost({ id }: StoredTokens, cause: unknown): never {
  logError(
    currentRequestId(),
    "linked account",
    new Error(`${id}: its new tokens could not be stored`, { cause }),
  );
  throw cause;
}

const after = (moment: Date, seconds: number) => new Date(moment.getTime() + seconds * 1000);

function columnsOf(
  claim: StoredTokens,
  { accessToken, refreshToken, tokenType, lifetimeSeconds, refreshLifetimeSeconds }: NewTokens,
  askedAt: Date,
): TokenChange {
  const refreshTokenExpiresAt = after(askedAt, refreshLifetimeSeconds ?? REFRESH_TOKEN_LIFETIME_SECONDS);
  return {
    accessToken: sealToken(accessToken, claim, "accessToken"),
    // RFC 6749 §6: if there is no new refresh token, the old one stays valid.
    ...(refreshToken ? { refreshToken: sealToken(refreshToken, claim, "refreshToken") } : {}),
    ...(tokenType ? { tokenType } : {}),
    accessTokenExpiresAt: after(askedAt, lifetimeSeconds),
    refreshTokenExpiresAt,
    refreshTokenFinal: refreshLifetimeSeconds !== null && isEndFinal(claim, refreshTokenExpiresAt, askedAt),
    refreshedAt: askedAt,
    trouble: null,
    failedAttempts: 0,
    retryAt: null,
  };
}

/**
 * An answer without scopes changes none of them. It also does not restore a scope that the API refused in the
 * meantime.
 */
function scopeColumnsOf(
  claim: StoredTokens,
  { granted, withdrawn }: ScopeChange,
  isSaid: boolean,
): TokenChange {
  const isWhole = withdrawn.length === 0;
  if (!isSaid && isWhole && claim.state === "connected") return {};
  return {
    ...(isSaid ? { grantedScopes: granted, withdrawnScopes: withdrawn } : {}),
    state: isWhole ? "connected" : "reconnect_needed",
    reconnectReason: isWhole ? null : "scope_withdrawn",
  };
}

function eventOf({ added, removed }: ScopeChange): LinkedAccountEvent | "refreshed" {
  if (!added.length && !removed.length) return "refreshed";
  return {
    what: removed.length ? "scopes_withdrawn" : "permissions_changed",
    by: "legrand",
    detail: { added, removed },
  };
}

async function persistently<T>(work: () => Promise<T>, againMs: readonly number[]): Promise<T> {
  for (const ms of againMs) {
    try {
      return await work();
    } catch {
      await sleep(ms);
    }
  }
  return work();
}
