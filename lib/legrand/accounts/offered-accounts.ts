import { env } from "#lib/env.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import { SANDBOX_ACCOUNTS } from "#lib/legrand/accounts/sandbox-accounts.ts";

/** The sandbox accounts that sign-in offers for one click; none where they are closed. */
export function offeredAccounts(): { email: string; name: string; note: string }[] {
  const accounts = env().sandbox?.accounts ? SANDBOX_ACCOUNTS : [];
  return accounts.map((account) => ({ email: account.email, name: fullName(account), note: account.note }));
}
