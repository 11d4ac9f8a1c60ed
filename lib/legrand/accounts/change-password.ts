import { checkPassword } from "#lib/legrand/accounts/check-password.ts";
import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { reenterPassword } from "#lib/legrand/accounts/reenter-password.ts";
import { updatePassword } from "#lib/legrand/accounts/store.ts";

/**
 * Changes the password of who knows the current one; every session of the account ends, this browser's too. Returns what is
 * wrong with which field, or null when it is done.
 */
export async function changePassword(account: LegrandAccount, current: string, wanted: string, network: string): Promise<Record<string, string> | null> {
  const [currentError, newError] = [await reenterPassword(account, current, network), await checkPassword(wanted, account)];
  if (currentError || newError) return { ...(currentError && { current_password: currentError }), ...(newError && { new_password: newError }) };
  await updatePassword(account, await hashPassword(wanted));
  return null;
}
