import { z } from "zod";

import { env } from "#lib/env.ts";
import { SANDBOX_ACCOUNTS, SANDBOX_PASSWORD } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { verifyPassword } from "#lib/legrand/accounts/verify-password.ts";
import { countSignInAttempt } from "#lib/legrand/attempts/count-sign-in-attempt.ts";
import { answerWithSignIn } from "#lib/legrand/interactions/answer-interaction.ts";
import { inInteraction } from "#lib/legrand/interactions/in-interaction.ts";

/** Fields of the sign-in form. A click on a sandbox account sends `sandbox` in place of the password. */
export const signInSchema = z.object({
  email: z.string().trim().min(1, "Enter your e-mail address").max(254, "That is too long for an e-mail address"),
  password: z.string().max(1024, "That is too long for a password").default(""),
  sandbox: z.literal("1").optional(),
});

/** What came of a sign-in. */
export type SignInOutcome =
  | { ok: true; location: string }
  | { ok: false; reason: "ended" }
  | { ok: false; reason: "wrong_password"; email: string }
  | { ok: false; reason: "too_many_attempts"; email: string; retryAfterSeconds: number };

/**
 * Signs in at the sandbox within an interaction. Every attempt counts against the account and the address before the
 * password is looked at; an interaction that ended is not worth an attempt.
 */
export async function signIn(uid: string, headers: Headers, address: string, input: z.infer<typeof signInSchema>): Promise<SignInOutcome> {
  const outcome = await inInteraction(uid, headers, async (context): Promise<SignInOutcome> => {
    const { email } = input;
    const attempt = await countSignInAttempt(email, address);
    if (!attempt.ok) return { ok: false, reason: "too_many_attempts", email, retryAfterSeconds: attempt.retryAfterSeconds };
    const account = await verifyPassword(email, passwordOf(input));
    if (!account) return { ok: false, reason: "wrong_password", email };
    await attempt.succeeded();
    return { ok: true, location: await answerWithSignIn(context, account.id) };
  });
  return outcome ?? { ok: false, reason: "ended" };
}

/** The published password stands in for the click, on a sandbox that has these accounts at all. */
function passwordOf({ email, password, sandbox }: z.infer<typeof signInSchema>): string {
  const offered = env().sandbox?.accounts && SANDBOX_ACCOUNTS.some((account) => account.email === email);
  return sandbox && offered ? SANDBOX_PASSWORD : password;
}
