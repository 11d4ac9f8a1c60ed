import { secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { checkPassword } from "#lib/legrand/accounts/check-password.ts";
import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import { emailSchema, fieldErrorsOf, personSchema } from "#lib/legrand/accounts/person-schema.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { findAccountByEmail } from "#lib/legrand/accounts/store.ts";
import { countMailRequest } from "#lib/legrand/attempts/count-mail-request.ts";
import { mailConfirmation, mailTaken } from "#lib/legrand/sign-up/mails.ts";
import { addSignUp, type NewSignUp } from "#lib/legrand/sign-up/store.ts";

/** How long the link in the mail works. */
export const SIGN_UP_LIFETIME_SECONDS = 24 * 60 * 60;

const signUpSchema = personSchema.extend({ email: emailSchema });

/** What came of a sign-up form. `finish` does what depends on whether the address is taken: after the answer, so that its time tells nothing. */
export type SignUpOutcome =
  | { ok: true; email: string; finish: () => Promise<void> }
  | { ok: false; reason: "invalid"; fieldErrors: Record<string, string> }
  | { ok: false; reason: "too_many"; retryAfterSeconds: number };

/**
 * Takes a sign-up form. A password is hashed and the answer is the same whether the address is taken or not (OWASP ASVS 5.0,
 * 6.3.8); the account is made when the link in the mail is followed.
 */
export async function signUp(typed: Record<string, unknown>, network: string, returnTo: string): Promise<SignUpOutcome> {
  const input = signUpSchema.safeParse(typed);
  const password = typeof typed.password === "string" ? typed.password : "";
  const passwordError = await checkPassword(password, ownerOf(typed));
  if (!input.success || passwordError) {
    return { ok: false, reason: "invalid", fieldErrors: { ...(input.success ? {} : fieldErrorsOf(input.error)), ...(passwordError && { password: passwordError }) } };
  }
  const counted = await countMailRequest(input.data.email, network);
  if (!counted.ok) return { ok: false, reason: "too_many", retryAfterSeconds: counted.retryAfterSeconds };
  const { email, given_name: givenName, family_name: familyName, country } = input.data;
  const person = { email, givenName, familyName, country, passwordDigest: await hashPassword(password), network };
  return { ok: true, email, finish: () => finishSignUp(person, returnTo) };
}

/** The person's own words, right or wrong: the password is looked at beside them. */
function ownerOf(typed: Record<string, unknown>) {
  const text = (name: string) => (typeof typed[name] === "string" ? typed[name].trim() : "");
  return { email: text("email"), givenName: text("given_name"), familyName: text("family_name") };
}

async function finishSignUp(person: NewSignUp, returnTo: string): Promise<void> {
  if (isSandboxAccount(person.email) || (await findAccountByEmail(person.email))) return mailTaken(person.email, returnTo);
  const token = randomToken();
  await addSignUp(person, digest(token), secondsFromNow(SIGN_UP_LIFETIME_SECONDS));
  mailConfirmation(person.email, token, returnTo);
}
