import { env } from "#lib/env.ts";

/**
 * Header with the server's decision about the caller. It overwrites whatever the caller sent
 * (lib/server/front/caller.ts).
 */
export const THIS_MACHINE_HEADER = "x-caller-on-this-machine";

/**
 * True if the request comes from a program on this machine: the origin is localhost, the connection comes
 * from a loopback address, and no proxy forwarded it. The host name in the request proves nothing (decision
 * 30).
 */
export function isOnThisMachine(headers: Headers): boolean {
  return headers.get(THIS_MACHINE_HEADER) === "1";
}

/**
 * True if this caller may use the sandbox accounts, whose password is published. With `SANDBOX_ACCOUNTS=true`
 * every caller may, otherwise only callers on this machine.
 */
export function areSandboxAccountsOpen(headers: Headers): boolean {
  const { sandbox } = env();
  if (!sandbox?.accounts) return false;
  return sandbox.accountsAreForEveryone || isOnThisMachine(headers);
}
