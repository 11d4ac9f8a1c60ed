import { constantTimeEqual } from "#lib/crypto/constant-time-equal.ts";
import { digest } from "#lib/crypto/digest.ts";

/** What came of comparing a presented secret with the registered ones. */
export type SecretMatch =
  { result: "match"; digest: string } | { result: "expired"; expiredAt: Date } | { result: "none" };

/**
 * Compares a presented secret with every registered one, in constant time for each. An expired secret is told
 * apart only from the caller who presented it, and so knows it already (LEGRAND, Token request: say which
 * secret expired when).
 */
export function matchSecret(
  presented: string,
  secrets: { digest: string; expiresAt: string }[],
  at: Date,
): SecretMatch {
  const presentedDigest = digest(presented);
  const found = secrets.filter((secret) => constantTimeEqual(secret.digest, presentedDigest)).at(0);
  if (!found) return { result: "none" };
  const expiredAt = new Date(found.expiresAt);
  return expiredAt <= at ? { result: "expired", expiredAt } : { result: "match", digest: presentedDigest };
}
