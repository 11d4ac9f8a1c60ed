import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { inWords } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";
import { verifyPassword } from "#lib/legrand/accounts/verify-password.ts";
import { countSignInAttempt } from "#lib/legrand/attempts/count-sign-in-attempt.ts";

/**
 * Whether the signed-in person knows the account's password too: the digest that it matched, or what is wrong, in a sentence.
 * Counted like sign-ins, so that a browser left open is no place to guess (OWASP ASVS 5.0, 6.3.1).
 */
export async function reenterPassword({ email }: LegrandAccount, password: string, network: string): Promise<{ ok: true; passwordDigest: string } | { ok: false; message: string }> {
  if (!password) return refuse("Enter your current password");
  const attempt = await countSignInAttempt(email, network);
  if (!attempt.ok) return refuse(`Too many failed attempts. Try again in ${inWords(attempt.retryAfterSeconds)}`);
  const found = password.length > PASSWORD_INPUT_LIMIT ? null : await verifyPassword(email, password, false);
  if (!found) return refuse(NOT_CURRENT);
  await attempt.succeeded();
  return { ok: true, passwordDigest: found.passwordDigest };
}

/** What is said to who does not know the password, or knew the one before. */
export const NOT_CURRENT = "This is not your current password";

const refuse = (message: string) => ({ ok: false as const, message });

/** As at sign-in: no longer input is hashed. */
const PASSWORD_INPUT_LIMIT = 1024;
