import { z } from "zod";

import { secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { emailSchema, fieldErrorsOf, personSchema } from "#lib/legrand/accounts/person-schema.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { findAccountByEmail } from "#lib/legrand/accounts/store.ts";
import { countMailRequest } from "#lib/legrand/attempts/count-mail-request.ts";
import { mailConfirmation, mailTaken } from "#lib/legrand/sign-up/mails.ts";
import { addSignUp, type NewSignUp } from "#lib/legrand/sign-up/store.ts";

/** How long the link in the mail is valid. */
const SIGN_UP_LIFETIME_SECONDS = 24 * 60 * 60;

// In the order of the form, because the error summary has the order of the schema.
const signUpSchema = z.object({ email: emailSchema, ...personSchema.shape });

/**
 * The result of a sign-up form. `finish` does the part that depends on whether the address is taken. Call it
 * after the response is sent, so that its duration reveals nothing.
 */
export type SignUpOutcome =
  | { ok: true; email: string; finish: () => Promise<void> }
  | { ok: false; reason: "invalid"; fieldErrors: Record<string, string> }
  | { ok: false; reason: "too_many"; retryAfterSeconds: number };

/**
 * Takes a sign-up form and mails a link, at which the reader sets a password (`confirmSignUp`). The form has
 * no password, because a stranger who types another person's address must not choose the password of the
 * account (decision 31). The answer is the same whether the address is taken or not (OWASP ASVS 5.0, 6.3.8).
 */
export async function signUp(typed: unknown, network: string, returnTo: string): Promise<SignUpOutcome> {
  const input = signUpSchema.safeParse(typed);
  if (!input.success) return { ok: false, reason: "invalid", fieldErrors: fieldErrorsOf(input.error) };
  const { email, given_name: givenName, family_name: familyName, country } = input.data;
  const counted = await countMailRequest("sign_up", email, network);
  if (!counted.ok) return { ok: false, reason: "too_many", retryAfterSeconds: counted.retryAfterSeconds };
  return {
    ok: true,
    email,
    finish: () => finishSignUp({ email, givenName, familyName, country, network }, returnTo),
  };
}

async function finishSignUp(signUp: NewSignUp, returnTo: string): Promise<void> {
  const { email } = signUp;
  if (isSandboxAccount(email) || (await findAccountByEmail(email))) return mailTaken(email, returnTo);
  const token = randomToken();
  await addSignUp(signUp, digest(token), secondsFromNow(SIGN_UP_LIFETIME_SECONDS));
  mailConfirmation(email, token, returnTo);
}
