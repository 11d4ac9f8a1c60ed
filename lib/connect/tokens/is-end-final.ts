import type { StoredTokens } from "#lib/connect/tokens/store.ts";

/**
 * Two refreshes within this time prove nothing: their expiry times differ as little as the times of the
 * refreshes.
 */
const TELLING_MS = 60_000;

/**
 * Returns true if a refresh at `at` did not extend the refresh token. That is the case if its expiry moved by
 * less than half of the time since the previous refresh. Such a token has an absolute lifetime (OWASP ASVS
 * 5.0, 10.4.8), and only a new consent leads beyond it. If both refreshes were within a minute, returns the
 * stored value.
 */
export function isEndFinal(
  {
    refreshTokenExpiresAt,
    refreshTokenFinal,
    renewedAt,
  }: Pick<StoredTokens, "refreshTokenExpiresAt" | "refreshTokenFinal" | "renewedAt">,
  end: Date,
  at: Date,
): boolean {
  const passedMs = at.getTime() - renewedAt.getTime();
  if (refreshTokenExpiresAt === null || passedMs < TELLING_MS) return refreshTokenFinal;
  return end.getTime() - refreshTokenExpiresAt.getTime() < passedMs / 2;
}
