import { z } from "zod";

import { digest } from "#lib/crypto/digest.ts";
import { areSandboxAccountsOpen } from "#lib/http/this-machine.ts";
import { clientNetwork } from "#lib/http/client-address.ts";
import { isSandboxAccount, SANDBOX_PASSWORD } from "#lib/legrand/accounts/sandbox-accounts.ts";
import type { FoundPassword } from "#lib/legrand/accounts/store.ts";
import { findOpenPassword, verifyPassword } from "#lib/legrand/accounts/verify-password.ts";
import { countSignInAttempt, type Attempt } from "#lib/legrand/attempts/count-sign-in-attempt.ts";
import { findDevice } from "#lib/legrand/accounts/device-cookie.ts";

/** Fields of the sign-in form. A click on a sandbox account sends `sandbox` instead of the password. */
const signInSchema = z.object({
  email: z
    .string("Enter your e-mail address")
    .trim()
    .min(1, "Enter your e-mail address")
    .max(254, "That is too long for an e-mail address"),
  password: z.string().max(1024, "That is too long for a password").default(""),
  sandbox: z.literal("1").optional(),
});

/**
 * The account that the user signed in to. A session is created for it only while `passwordProof`, the digest
 * of the stored hash, still matches the account's.
 */
export type SignedIn = { accountId: string; passwordProof: string };

/** Why the sign-in failed. `email` is what the user typed. */
export type SignInRefusal =
  | { ok: false; reason: "invalid"; message: string; email: string }
  | { ok: false; reason: "wrong_password"; email: string }
  | { ok: false; reason: "too_many_attempts"; email: string; retryAfterSeconds: number };

/**
 * Signs in with what was typed into a sign-in form, by the caller with these headers. Every attempt is
 * counted before the password is checked, with separate limits for a browser that signed in to the account
 * before (decision 35). An attempt with a published password is never refused.
 */
export async function signIn(
  typed: unknown,
  headers: Headers,
): Promise<({ ok: true } & SignedIn) | SignInRefusal> {
  const input = signInSchema.safeParse(typed);
  if (!input.success)
    return { ok: false, reason: "invalid", message: input.error.issues[0]!.message, email: "" };
  const { email } = input.data;
  const isPublished = areSandboxAccountsOpen(headers) && isSandboxAccount(email);
  const password = passwordOf(input.data, isPublished);
  const found = await findOpenPassword(email, isPublished);
  const attempt = await countAttempt({ email, password, found, isPublished }, headers);
  if (!attempt.ok)
    return { ok: false, reason: "too_many_attempts", email, retryAfterSeconds: attempt.retryAfterSeconds };
  const isRight = await verifyPassword(found, password);
  if (!found || !isRight) return { ok: false, reason: "wrong_password", email };
  await attempt.succeeded();
  return { ok: true, ...proofOf(found) };
}

/**
 * Returns the published password for a click on a sandbox account if these accounts are open to this caller;
 * otherwise what was typed.
 */
function passwordOf({ password, sandbox }: z.infer<typeof signInSchema>, isPublished: boolean): string {
  return sandbox && isPublished ? SANDBOX_PASSWORD : password;
}

type Tried = { email: string; password: string; found: FoundPassword | null; isPublished: boolean };

/**
 * Counts an attempt, except with a published password. A published password cannot be guessed, and a
 * stranger's failures must not block the click for everyone else.
 */
async function countAttempt(
  { email, password, found, isPublished }: Tried,
  headers: Headers,
): Promise<Attempt> {
  if (isPublished && password === SANDBOX_PASSWORD) return { ok: true, succeeded: async () => {} };
  return countSignInAttempt({
    email,
    network: clientNetwork(headers),
    knownAs: found && findDevice(headers, proofOf(found)),
  });
}

const proofOf = ({ accountId, passwordDigest }: FoundPassword): SignedIn => ({
  accountId,
  passwordProof: digest(passwordDigest),
});
