import { env } from "#lib/env.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import type { Account } from "#lib/legrand/accounts/store.ts";

/** What the shell around every page of the portal has to know. */
export function portalShell(account: Account | null): { signedIn: { name: string } | null; hasMail: boolean } {
  return {
    signedIn: account && { name: fullName(account) },
    hasMail: env().sandbox?.mail.isReadable ?? false,
  };
}
