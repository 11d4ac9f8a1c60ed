import { constantTimeEqual } from "#lib/crypto/constant-time-equal.ts";
import { digest } from "#lib/crypto/digest.ts";

/** The result of comparing a sent secret with the registered ones. */
export type SecretMatch =
  { result: "match"; digest: string } | { result: "expired"; expiredAt: Date } | { result: "none" };

/**
 * Compares a sent secret with every registered one, in constant time for each. The `expired` result reveals
 * nothing, because only a caller who already knows the expired secret receives it (LEGRAND, Token request:
 * say which secret expired when).
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
