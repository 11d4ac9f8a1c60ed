import type { StoredTokens } from "#lib/connect/tokens/store.ts";

/** Two refreshes within that time say nothing: their ends differ by as little as their moments. */
const TELLING_MS = 60_000;

/**
 * True if a refresh at that moment did not extend the refresh token: its end moved by less than half of the
 * time since the refresh before. Such a token has an absolute end (OWASP ASVS 5.0, 10.4.8), and only a new
 * consent leads beyond it. Where both refreshes were within a minute, it is what it was.
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
