import { digest } from "#lib/crypto/digest.ts";
import { checkPassword } from "#lib/legrand/accounts/check-password.ts";
import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { NOT_CURRENT, reenterPassword } from "#lib/legrand/portal/reenter-password.ts";
import type { SignedIn } from "#lib/legrand/accounts/sign-in.ts";
import { updatePassword } from "#lib/legrand/accounts/store.ts";

/** The outcome of the form: the account to sign in again, or the error of each field. */
export type PasswordChangeOutcome =
  ({ ok: true } & SignedIn) | { ok: false; fieldErrors: Record<string, string> };

/**
 * Changes the password if the current one is right, and ends every session of the account, including this
 * browser's. Of two concurrent changes, the second is refused, because the password that it was made with is
 * no longer the current one.
 */
export async function changePassword(
  account: LegrandAccount,
  current: string,
  wanted: string,
  headers: Headers,
): Promise<PasswordChangeOutcome> {
  const [entered, newError] = [
    await reenterPassword(account, current, headers),
    await checkPassword(wanted, account),
  ];
  if (!entered.ok || newError) {
    return {
      ok: false,
      fieldErrors: {
        ...(!entered.ok && { current_password: entered.message }),
        ...(newError && { new_password: newError }),
      },
    };
  }
  const passwordDigest = await hashPassword(wanted);
  if (!(await updatePassword(account, entered.passwordDigest, passwordDigest)))
    return { ok: false, fieldErrors: { current_password: NOT_CURRENT } };
  return { ok: true, accountId: account.id, passwordProof: digest(passwordDigest) };
}
