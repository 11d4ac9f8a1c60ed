import { env } from "#lib/env.ts";
import { SANDBOX_ACCOUNTS } from "#lib/legrand/accounts/sandbox-accounts.ts";

/** The sandbox accounts that sign-in offers for one click; none where they are closed. */
export function offeredAccounts(): { email: string; name: string; note: string }[] {
  const accounts = env().sandbox?.accounts ? SANDBOX_ACCOUNTS : [];
  return accounts.map(({ email, givenName, familyName, note }) => ({ email, name: `${givenName} ${familyName}`, note }));
}
