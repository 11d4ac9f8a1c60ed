import { z } from "zod";

import { digest } from "#lib/crypto/digest.ts";
import { env } from "#lib/env.ts";
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
  | { ok: false; reason: "too_many_attempts"; email: string; retryAfterSeconds: number };

/**
 * The account behind what was typed into a sign-in form. Every attempt counts against the account and the network before the
 * password is looked at.
 */
export async function signIn(typed: unknown, network: string): Promise<({ ok: true } & SignedIn) | SignInRefusal> {
  const input = signInSchema.safeParse(typed);
  if (!input.success) return { ok: false, reason: "invalid", message: input.error.issues[0]!.message, email: "" };
  const { email } = input.data;
  const attempt = await countSignInAttempt(email, network);
  if (!attempt.ok) return { ok: false, reason: "too_many_attempts", email, retryAfterSeconds: attempt.retryAfterSeconds };
  const found = await verifyPassword(email, passwordOf(input.data));
  if (!found) return { ok: false, reason: "wrong_password", email };
  await attempt.succeeded();
  return { ok: true, accountId: found.accountId, passwordProof: digest(found.passwordDigest) };
}

/** The published password stands in for the click, on a sandbox that has these accounts at all. */
function passwordOf({ email, password, sandbox }: z.infer<typeof signInSchema>): string {
  const offered = env().sandbox?.accounts && SANDBOX_ACCOUNTS.some((account) => account.email === email);
  return sandbox && offered ? SANDBOX_PASSWORD : password;
}
