import { RENEWED_BEFORE_END_SECONDS } from "#lib/connect/sealed-tokens/token-lifetimes.ts";
import type { StoredTokens } from "#lib/connect/tokens/store.ts";
import type { ReconnectReason, RefreshTrouble } from "#lib/db/generated/enums.ts";

/** A working access token, or the reason why no token is available. */
export type AccessTokenOutcome =
  | { ok: true; accessToken: string; tokenVersion: number; grantedScopes: string[] }
  /** Needs a person. The user has to connect again, or the operator has to provide a client secret or key. */
  | { ok: false; reason: "reconnect_needed"; reconnectReason: ReconnectReason }
  /** A retry may help, but not before `retryAt`. The grant is not lost. */
  | { ok: false; reason: "unavailable"; trouble: RefreshTrouble; retryAt: Date }
  /** The linked account does not exist, or it is disconnected. */
  | { ok: false; reason: "disconnected" };

/** Why the caller asks for a token. */
export type AskedFor = {
  /** The API refused the token of this version (401), so it is renewed although it has not expired. */
  rejected?: number;
  /**
   * The user asked for a renewal now. It happens even if the token has not expired and our own back-off is
   * not over. A wait that Legrand asked for (429) is still respected.
   */
  force?: boolean;
};

/**
 * What to do with stored tokens, or the outcome to return.
 *
 * - `use`: use the access token.
 * - `renew`: renew it.
 * - `wait`: wait for the process that is renewing it.
 * - `end`: mark the access as ended, because nothing can renew it.
 */
export type Verdict = "use" | "renew" | "wait" | "end" | Extract<AccessTokenOutcome, { ok: false }>;

/**
 * Decides what to do with the stored tokens. `first` is the row as it was when the caller asked. If another
 * caller has renewed the token since then, or has tried and failed, a forced request accepts that result.
 */
export function judge(row: StoredTokens, asked: AskedFor, first: StoredTokens, at: Date): Verdict {
  if (row.state === "disconnected") return { ok: false, reason: "disconnected" };
  const wasRenewed = row.tokenVersion !== first.tokenVersion;
  // A wait that Legrand asked for (429) also binds a user's request: each request before that time would
  // prolong it.
  const mustWait = row.trouble === "rate_limited" && row.retryAt !== null && row.retryAt > at;
  const isForced =
    asked.force === true && !mustWait && !wasRenewed && row.failedAttempts === first.failedAttempts;
  const canBeUsed = isUsable(row, asked, at);
  if (
    canBeUsed &&
    !isForced &&
    !isInterrupted(row, at) &&
    (wasRenewed || lastsUntil(row, at, RENEWED_BEFORE_END_SECONDS))
  )
    return "use";
  if (!row.refreshToken) return canBeUsed ? "use" : describeEnded(row);
  if (row.refreshLeaseUntil && row.refreshLeaseUntil > at) return "wait";
  if (isForced || !row.retryAt || row.retryAt <= at) return "renew";
  return canBeUsed ? "use" : describeUnavailable(row, row.retryAt);
}

/** True if the access token still works, as far as Connect knows. */
export function isUsable(row: StoredTokens, asked: AskedFor, at: Date): boolean {
  return lastsUntil(row, at, 0) && row.tokenVersion !== asked.rejected && row.reconnectReason !== "key_lost";
}

/** Says why no token is available before the next attempt at `retryAt`. */
export function describeUnavailable(
  { state, reconnectReason, trouble }: StoredTokens,
  retryAt: Date,
): Exclude<AccessTokenOutcome, { ok: true }> {
  const needsPerson =
    state === "reconnect_needed" &&
    (reconnectReason === "client_secret_expired" || reconnectReason === "key_lost");
  if (needsPerson) return { ok: false, reason: "reconnect_needed", reconnectReason };
  return { ok: false, reason: "unavailable", trouble: trouble ?? "unreachable", retryAt };
}

/**
 * True if the lease expired before a result was stored. The refresh token may have been rotated, which has to
 * be found out soon.
 */
function isInterrupted({ refreshLeaseUntil }: StoredTokens, at: Date): boolean {
  return refreshLeaseUntil !== null && refreshLeaseUntil <= at;
}

function lastsUntil({ accessToken, accessTokenExpiresAt }: StoredTokens, at: Date, seconds: number): boolean {
  return (
    accessToken !== null &&
    accessTokenExpiresAt !== null &&
    accessTokenExpiresAt.getTime() > at.getTime() + seconds * 1000
  );
}

/** "Scope withdrawn" leaves working tokens. Once those have ended too, the user needs to see that instead. */
function describeEnded({ state, reconnectReason }: StoredTokens): Verdict {
  if (state !== "reconnect_needed" || !reconnectReason || reconnectReason === "scope_withdrawn") return "end";
  return { ok: false, reason: "reconnect_needed", reconnectReason };
}
