import { cookieName } from "#lib/cookie-name.ts";
import { readCookie } from "#lib/http/read-cookie.ts";
import { setCookieLine } from "#lib/http/set-cookie-line.ts";

/** Returns the name of a cookie of the sandbox, such as `legrand-3000.session`. */
export const sandboxCookieName = (name: string) => cookieName("legrand", name);

/**
 * Returns the `Set-Cookie` value of a cookie for all pages of the sandbox, which scripts cannot read. `name`
 * is the part after the port. A lifetime of 0 deletes the cookie.
 */
export function sandboxCookie(name: string, value: string, lifetimeSeconds: number): string {
  return setCookieLine(sandboxCookieName(name), value, { path: "/legrand", lifetimeSeconds });
}

/** Returns the value of that cookie of the sandbox in these headers, or undefined. */
export function readSandboxCookie(name: string, headers: Headers): string | undefined {
  return readCookie(headers.get("cookie"), sandboxCookieName(name));
}
