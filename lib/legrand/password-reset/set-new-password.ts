import { digest } from "#lib/crypto/digest.ts";
import { checkPassword } from "#lib/legrand/accounts/check-password.ts";
import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import type { SignedIn } from "#lib/legrand/accounts/sign-in.ts";
import { findAccountOfReset, resetPassword } from "#lib/legrand/password-reset/store.ts";

/** The result of the form behind a reset link. `email` is the account's address. */
export type NewPasswordOutcome =
  | ({ ok: true; email: string } & SignedIn)
  | { ok: false; reason: "gone" }
  | { ok: false; reason: "invalid"; message: string };

/** Sets a new password with a single-use reset link. A refused password does not spend the link. */
export async function setNewPassword(token: string, password: string): Promise<NewPasswordOutcome> {
  const account = await findAccountOfReset(digest(token));
  if (!account) return { ok: false, reason: "gone" };
  const message = await checkPassword(password, account);
  if (message) return { ok: false, reason: "invalid", message };
  const passwordDigest = await hashPassword(password);
  const changed = await resetPassword(digest(token), passwordDigest);
  return changed
    ? { ok: true, email: changed.email, accountId: changed.id, passwordProof: digest(passwordDigest) }
    : { ok: false, reason: "gone" };
}
