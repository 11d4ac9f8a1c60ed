import { secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { countMailRequest } from "#lib/legrand/attempts/count-mail-request.ts";
import { mailConfirmation } from "#lib/legrand/sign-up/mails.ts";
import { SIGN_UP_LIFETIME_SECONDS } from "#lib/legrand/sign-up/sign-up.ts";
import { findSignUp, renewSignUp } from "#lib/legrand/sign-up/store.ts";

/** What came of asking for the mail again. */
export type ResendOutcome = { ok: true; email: string } | { ok: false; reason: "gone" } | { ok: false; reason: "too_many"; retryAfterSeconds: number };

/**
 * Sends the confirmation again, with a new link in place of the old one. `signUpDigest` was told to who knew the password;
 * the value in the mail does not follow from it.
 */
export async function resendConfirmation(signUpDigest: string, network: string, returnTo: string): Promise<ResendOutcome> {
  const signUp = await findSignUp(signUpDigest);
  if (!signUp || signUp.isConfirmed) return { ok: false, reason: "gone" };
  const counted = await countMailRequest(signUp.email, network);
  if (!counted.ok) return { ok: false, reason: "too_many", retryAfterSeconds: counted.retryAfterSeconds };
  const token = randomToken();
  const email = await renewSignUp(signUpDigest, digest(token), secondsFromNow(SIGN_UP_LIFETIME_SECONDS));
  if (!email) return { ok: false, reason: "gone" };
  mailConfirmation(email, token, returnTo);
  return { ok: true, email };
}
