import { z } from "zod";

import { digest } from "#lib/crypto/digest.ts";
import { areSandboxAccountsOpen } from "#lib/http/are-sandbox-accounts-open.ts";
import { clientNetwork } from "#lib/http/client-address.ts";
import { SANDBOX_ACCOUNTS, SANDBOX_PASSWORD } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { verifyPassword } from "#lib/legrand/accounts/verify-password.ts";
import { countSignInAttempt } from "#lib/legrand/attempts/count-sign-in-attempt.ts";

/** Fields of the sign-in form. A click on a sandbox account sends `sandbox` in place of the password. */
const signInSchema = z.object({
  email: z.string("Enter your e-mail address").trim().min(1, "Enter your e-mail address").max(254, "That is too long for an e-mail address"),
  password: z.string().max(1024, "That is too long for a password").default(""),
  sandbox: z.literal("1").optional(),
});

/** Who knew the password. A session is for them while `passwordProof`, the digest of the stored one, is still that of the account. */
export type SignedIn = { accountId: string; passwordProof: string };

/** Why nobody was signed in; `email` is what was typed. */
export type SignInRefusal =
  | { ok: false; reason: "invalid"; message: string; email: string }
  | { ok: false; reason: "wrong_password"; email: string }
  /** The password is right, and the link in the mail was not followed yet. `signUpDigest` names the sign-up. */
  | { ok: false; reason: "unconfirmed"; email: string; signUpDigest: string }
  | { ok: false; reason: "too_many_attempts"; email: string; retryAfterSeconds: number };

/**
 * The account behind what was typed into a sign-in form, by the caller of these headers. Every attempt counts against the account and the
 * network before the password is looked at.
 */
export async function signIn(typed: unknown, headers: Headers): Promise<({ ok: true } & SignedIn) | SignInRefusal> {
  const input = signInSchema.safeParse(typed);
  if (!input.success) return { ok: false, reason: "invalid", message: input.error.issues[0]!.message, email: "" };
  const { email } = input.data;
  const attempt = await countSignInAttempt(email, clientNetwork(headers));
  if (!attempt.ok) return { ok: false, reason: "too_many_attempts", email, retryAfterSeconds: attempt.retryAfterSeconds };
  const isSandboxOpen = areSandboxAccountsOpen(headers);
  const found = await verifyPassword(email, passwordOf(input.data, isSandboxOpen), isSandboxOpen);
  if (!found) return { ok: false, reason: "wrong_password", email };
  await attempt.succeeded();
  const { owner, passwordDigest } = found;
  if ("signUpDigest" in owner) return { ok: false, reason: "unconfirmed", email, ...owner };
  return { ok: true, accountId: owner.id, passwordProof: digest(passwordDigest) };
}

/** The published password stands in for the click, where the sandbox accounts are open to this caller. */
function passwordOf({ email, password, sandbox }: z.infer<typeof signInSchema>, isSandboxOpen: boolean): string {
  const isOffered = isSandboxOpen && SANDBOX_ACCOUNTS.some((account) => account.email === email);
  return sandbox && isOffered ? SANDBOX_PASSWORD : password;
}
