import { secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { emailSchema } from "#lib/legrand/accounts/person-schema.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { findAccountByEmail } from "#lib/legrand/accounts/store.ts";
import { countMailRequest } from "#lib/legrand/attempts/count-mail-request.ts";
import { mailPublishedPassword, mailResetLink } from "#lib/legrand/password-reset/mails.ts";
import { addResetToken } from "#lib/legrand/password-reset/store.ts";

const RESET_LIFETIME_SECONDS = 60 * 60;

/**
 * The result of asking for a new password. `finish` does the part that depends on whether the account exists.
 * Call it after the response is sent.
 */
export type ResetRequestOutcome =
  | { ok: true; email: string; finish: () => Promise<void> }
  | { ok: false; reason: "invalid"; message: string }
  | { ok: false; reason: "too_many"; retryAfterSeconds: number };

/** Takes a request for a reset link. Answers the same for every address (OWASP ASVS 5.0, 6.3.8). */
export async function requestReset(
  typed: unknown,
  network: string,
  returnTo: string,
): Promise<ResetRequestOutcome> {
  const email = emailSchema.safeParse(typed);
  if (!email.success) return { ok: false, reason: "invalid", message: email.error.issues[0]!.message };
  const counted = await countMailRequest("password_reset", email.data, network);
  if (!counted.ok) return { ok: false, reason: "too_many", retryAfterSeconds: counted.retryAfterSeconds };
  return { ok: true, email: email.data, finish: () => finishRequest(email.data, returnTo) };
}

async function finishRequest(email: string, returnTo: string): Promise<void> {
  const account = await findAccountByEmail(email);
  if (!account) return;
  if (isSandboxAccount(email)) return mailPublishedPassword(email);
  const token = randomToken();
  await addResetToken(account.id, digest(token), secondsFromNow(RESET_LIFETIME_SECONDS));
  mailResetLink(email, token, returnTo);
}
