import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { inWords } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";
import { verifyPassword } from "#lib/legrand/accounts/verify-password.ts";
import { countSignInAttempt } from "#lib/legrand/attempts/count-sign-in-attempt.ts";

/**
 * Whether the signed-in person knows the account's password too: what is wrong, in a sentence, or null. Counted like
 * sign-ins, so that a browser left open is no place to guess (OWASP ASVS 5.0, 6.3.1).
 */
export async function reenterPassword({ email }: LegrandAccount, password: string, network: string): Promise<string | null> {
  if (!password) return "Enter your current password";
  const attempt = await countSignInAttempt(email, network);
  if (!attempt.ok) return `Too many failed attempts. Try again in ${inWords(attempt.retryAfterSeconds)}`;
  if (password.length > PASSWORD_INPUT_LIMIT || !(await verifyPassword(email, password))) return "This is not your current password";
  await attempt.succeeded();
  return null;
}

/** As at sign-in: no longer input is hashed. */
const PASSWORD_INPUT_LIMIT = 1024;
