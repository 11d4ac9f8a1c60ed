import type { AccessTokenOutcome, AskedFor } from "#lib/connect/tokens/access-token-outcome.ts";
import type { StoredTokens } from "#lib/connect/tokens/store.ts";
import { RENEWED_BEFORE_END_SECONDS } from "#lib/connect/tokens/token-lifetimes.ts";

/**
 * What to do about stored tokens: hand out the access token, renew it, wait for whoever is renewing it, note
 * that it has ended and nothing can renew it, or answer that.
 */
export type Verdict = "use" | "renew" | "wait" | "end" | Extract<AccessTokenOutcome, { ok: false }>;

/**
 * Decides it. `first`: the row as it was when the token was asked for. What somebody else renewed, or failed
 * to renew, since then is the answer to a person's question too.
 */
export function judge(row: StoredTokens, asked: AskedFor, first: StoredTokens, at: Date): Verdict {
  if (row.state === "disconnected") return { ok: false, reason: "disconnected" };
  const wasRenewed = row.tokenVersion !== first.tokenVersion;
  // Legrand's own word to wait (429) counts for a person too: each request before that time would prolong it.
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
  if (!row.refreshToken) return canBeUsed ? "use" : ended(row);
  if (row.refreshLeaseUntil && row.refreshLeaseUntil > at) return "wait";
  if (isForced || !row.retryAt || row.retryAt <= at) return "renew";
  return canBeUsed ? "use" : explain(row, row.retryAt);
}

/** Whether the access token works still, so far as anybody knows here. */
export function isUsable(row: StoredTokens, asked: AskedFor, at: Date): boolean {
  return lastsUntil(row, at, 0) && row.tokenVersion !== asked.rejected && row.reconnectReason !== "key_lost";
}

/** Why there is no token while the next attempt lies ahead, at that moment. */
export function explain(
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
 * Whoever claimed the refresh ended before it was stored: the refresh token may have been rotated, which has
 * to be found out soon.
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

/** "Scope withdrawn" leaves working tokens; once they are gone, that is what a person has to hear. */
function ended({ state, reconnectReason }: StoredTokens): Verdict {
  if (state !== "reconnect_needed" || !reconnectReason || reconnectReason === "scope_withdrawn") return "end";
  return { ok: false, reason: "reconnect_needed", reconnectReason };
}
