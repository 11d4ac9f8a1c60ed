import { digest } from "#lib/crypto/digest.ts";
import { checkPassword } from "#lib/legrand/accounts/check-password.ts";
import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import { fieldErrorsOf, personSchema } from "#lib/legrand/accounts/person-schema.ts";
import type { SignedIn } from "#lib/legrand/accounts/sign-in.ts";
import type { PersonalDetails } from "#lib/legrand/accounts/store.ts";
import { findSignUp, makeAccount } from "#lib/legrand/sign-up/store.ts";

/** The result of the form behind a sign-up link. `email` is the address that the link was sent to. */
export type ConfirmationOutcome =
  | ({ ok: true; email: string } & SignedIn)
  | { ok: false; reason: "gone" }
  /** The address already has an account, with a password that this form did not set. */
  | { ok: false; reason: "confirmed_before"; email: string }
  | { ok: false; reason: "invalid"; fieldErrors: Record<string, string> };

/**
 * Creates the account of a sign-up with the password that is typed behind its link. Therefore only a person
 * who reads the mail of the address knows the password. Name and country come from this form; a missing field
 * keeps the value of the sign-up. A refused form does not spend the link.
 */
export async function confirmSignUp(
  token: string,
  typed: Record<string, string>,
): Promise<ConfirmationOutcome> {
  const signUp = await findSignUp(digest(token));
  if (!signUp) return { ok: false, reason: "gone" };
  const { email, isConfirmed, givenName, familyName, country } = signUp;
  if (isConfirmed) return { ok: false, reason: "confirmed_before", email };
  const form = { given_name: givenName, family_name: familyName, country, password: "", ...typed };
  const person = personSchema.safeParse(form);
  const passwordError = await checkPassword(form.password, {
    email,
    givenName: form.given_name,
    familyName: form.family_name,
  });
  if (!person.success || passwordError) {
    return {
      ok: false,
      reason: "invalid",
      fieldErrors: {
        ...(passwordError && { password: passwordError }),
        ...(!person.success && fieldErrorsOf(person.error)),
      },
    };
  }
  const details = {
    givenName: person.data.given_name,
    familyName: person.data.family_name,
    country: person.data.country,
  };
  return finish(digest(token), email, details, form.password);
}

async function finish(
  signUpDigest: string,
  email: string,
  person: PersonalDetails,
  password: string,
): Promise<ConfirmationOutcome> {
  const passwordDigest = await hashPassword(password);
  const made = await makeAccount(signUpDigest, person, passwordDigest);
  if (!made) return { ok: false, reason: "gone" };
  if (!made.accountId) return { ok: false, reason: "confirmed_before", email };
  return { ok: true, email, accountId: made.accountId, passwordProof: digest(passwordDigest) };
}
