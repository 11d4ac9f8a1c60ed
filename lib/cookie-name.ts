import { env } from "#lib/env.ts";

/** Which part sets a cookie: one of the two parties, or the pages of both (`pages`). */
export type CookieOwner = "connect" | "legrand" | "pages";

/**
 * Returns the name of a cookie of this origin, such as `connect-3000.session`. Cookies ignore the port (RFC
 * 6265 §8.5). Without the port in the name, two applications on one host would overwrite each other's
 * sessions. Every process behind a balancer has the same origin, and so the same names. The port comes first,
 * because next-auth reads every cookie whose name starts with the name of its session cookie.
 */
export function cookieName(owner: CookieOwner, name: string, origin = env().origin): string {
  const { protocol, port } = new URL(origin);
  const isHttps = protocol === "https:";
  // Browsers accept a cookie with this prefix only over https (RFC 6265bis §4.1.3.1). The authorization
  // server's library sets `Secure` itself.
  const prefix = isHttps && owner === "connect" ? "__Secure-" : "";
  return `${prefix}${owner}-${port || (isHttps ? "443" : "80")}.${name}`;
}
