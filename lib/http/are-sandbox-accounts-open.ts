import { env } from "#lib/env.ts";
import { isOnThisMachine } from "#lib/http/this-machine.ts";

/**
 * True if this caller may use the sandbox accounts, whose password is published. With `SANDBOX_ACCOUNTS=true`
 * every caller may, otherwise only callers on this machine.
 */
export function areSandboxAccountsOpen(headers: Headers): boolean {
  const { sandbox } = env();
  if (!sandbox?.accounts) return false;
  return sandbox.accountsAreForEveryone || isOnThisMachine(headers);
}
