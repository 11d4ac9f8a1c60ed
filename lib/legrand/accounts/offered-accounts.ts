import { areSandboxAccountsOpen } from "#lib/http/are-sandbox-accounts-open.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import { SANDBOX_ACCOUNTS } from "#lib/legrand/accounts/sandbox-accounts.ts";

/**
 * The sandbox accounts that sign-in offers for one click; none where they are closed to the caller of these
 * headers.
 */
export function offeredAccounts(headers: Headers): { email: string; name: string; note: string }[] {
  const accounts = areSandboxAccountsOpen(headers) ? SANDBOX_ACCOUNTS : [];
  return accounts.map((account) => ({ email: account.email, name: fullName(account), note: account.note }));
}
