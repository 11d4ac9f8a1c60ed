import { parseCookie } from "cookie";

/**
 * Returns the value of a cookie in a `Cookie` header, as it was sent, or undefined. Of two cookies with the
 * name it is the first, which is the one of the longer path (RFC 6265 §5.4).
 */
export function readCookie(header: string | null | undefined, name: string): string | undefined {
  return parseCookie(header ?? "", { decode: (value) => value })[name];
}
