import { cookieName } from "#lib/cookie-name.ts";
import { env } from "#lib/env.ts";
import { readCookiePairs } from "#lib/http/cookie-pairs.ts";

/** Returns the name of a cookie of the sandbox, such as `legrand-3000.session`. */
export const sandboxCookieName = (name: string) => cookieName("legrand", name);

/**
 * Returns the `Set-Cookie` value of a cookie for all pages of the sandbox, which scripts cannot read. `name`
 * is the part after the port. A lifetime of 0 deletes the cookie.
 */
export function sandboxCookie(name: string, value: string, lifetimeSeconds: number): string {
  return `${sandboxCookieName(name)}=${value}; Path=/legrand; Max-Age=${lifetimeSeconds}; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`;
}

/** Returns the value of that cookie of the sandbox in these headers, or undefined. */
export function readCookie(name: string, headers: Headers): string | undefined {
  return readCookiePairs(headers.get("cookie")).find((pair) => pair.name === sandboxCookieName(name))?.value;
}
