import { areSandboxAccountsOpen } from "#lib/http/this-machine.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import { SANDBOX_ACCOUNTS } from "#lib/legrand/accounts/sandbox-accounts.ts";

/**
 * Returns the sandbox accounts that the sign-in page offers for one click. Returns an empty list if they are
 * closed to the caller with these headers.
 */
export function offeredAccounts(headers: Headers): { email: string; name: string; note: string }[] {
  const accounts = areSandboxAccountsOpen(headers) ? SANDBOX_ACCOUNTS : [];
  return accounts.map((account) => ({ email: account.email, name: fullName(account), note: account.note }));
}
