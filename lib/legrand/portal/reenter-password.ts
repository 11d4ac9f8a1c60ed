import { clientNetwork } from "#lib/http/client-address.ts";
import { inWords } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { findOpenPassword, verifyPassword } from "#lib/legrand/accounts/verify-password.ts";
import { countSignInAttempt } from "#lib/legrand/attempts/count-sign-in-attempt.ts";
import { readSessionDigest } from "#lib/legrand/portal/session.ts";

/**
 * Checks that the signed-in user knows the account's password. Returns the hash that it matched, or an error
 * message. Each session has its own attempts. So a stranger who pauses sign-in does not block the owner from
 * these forms, and a stolen session cannot guess without limit (OWASP ASVS 5.0, 6.3.1; decision 35).
 */
export async function reenterPassword(
  { email }: LegrandAccount,
  password: string,
  headers: Headers,
): Promise<{ ok: true; passwordDigest: string } | { ok: false; message: string }> {
  if (!password) return refuse("Enter your current password");
  const attempt = await countSignInAttempt({
    email,
    network: clientNetwork(headers),
    knownAs: await readSessionDigest(headers),
  });
  if (!attempt.ok)
    return refuse(`Too many failed attempts. Try again in ${inWords(attempt.retryAfterSeconds)}`);
  const found = password.length > PASSWORD_INPUT_LIMIT ? null : await findOpenPassword(email, false);
  const isRight = await verifyPassword(found, password);
  if (!found || !isRight) return refuse(NOT_CURRENT);
  await attempt.succeeded();
  return { ok: true, passwordDigest: found.passwordDigest };
}

/** The error for a wrong password, and for one that was replaced in the meantime. */
export const NOT_CURRENT = "This is not your current password";

const refuse = (message: string) => ({ ok: false as const, message });

/** Longer input is not hashed, as at sign-in. */
const PASSWORD_INPUT_LIMIT = 1024;
