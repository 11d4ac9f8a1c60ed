import { headers } from "next/headers";

import { fullName } from "#lib/legrand/accounts/full-name.ts";
import type { Account } from "#lib/legrand/accounts/store.ts";
import { mayReadKeptMail } from "#lib/legrand/mail/may-read-kept-mail.ts";

/**
 * Returns what the shell around every page of the portal needs. `hasMail` is true if the caller of this page
 * may read the kept mail.
 */
export async function portalShell(
  account: Account | null,
): Promise<{ signedIn: { name: string } | null; hasMail: boolean }> {
  return {
    signedIn: account && { name: fullName(account) },
    hasMail: mayReadKeptMail(await headers()),
  };
}
