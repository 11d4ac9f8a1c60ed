import { stringifySetCookie } from "cookie";

import { env } from "#lib/env.ts";

/** Where and how long a browser keeps a cookie. */
export type CookieAttributes = {
  /** The cookie is sent to this path and to the paths below it. */
  path: string;
  /** 0 deletes the cookie. Without a lifetime, it ends with the browser. */
  lifetimeSeconds?: number;
  /** `lax` by default: links on other sites send the cookie along, their forms do not. */
  sameSite?: "lax" | "strict";
};

/** A name that `cookie` writes. Other names throw. */
const WRITABLE_NAME = /^[!-:<>-~]+$/;

/**
 * Returns the `Set-Cookie` value of a cookie that scripts cannot read (RFC 6265 §4.1), and that is sent over
 * https only if this server has https. The value is not encoded: it is of our own making, or a cookie's value
 * as the browser sent it. Throws if a character in it is not allowed in a cookie.
 */
export function setCookieLine(
  name: string,
  value: string,
  { path, lifetimeSeconds, sameSite = "lax" }: CookieAttributes,
): string {
  return stringifySetCookie(
    {
      name,
      value,
      path,
      sameSite,
      httpOnly: true,
      secure: env().isHttps,
      ...(lifetimeSeconds === undefined ? {} : { maxAge: lifetimeSeconds }),
    },
    { encode: (text) => text },
  );
}

/**
 * Returns the `Set-Cookie` values that delete these cookies of the path `/`. The names may come from a
 * request. A name that no server can set, such as one with a space, is left out.
 */
export function deleteCookieLines(names: readonly string[]): string[] {
  return names
    .filter((name) => WRITABLE_NAME.test(name))
    .map((name) => setCookieLine(name, "", { path: "/", lifetimeSeconds: 0 }));
}
