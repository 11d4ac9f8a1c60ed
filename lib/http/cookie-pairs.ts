// Not `parseCookie` and `stringifyCookie` of the package `cookie`. A header that is passed on keeps every
// cookie as the browser sent it. The package drops the second of two cookies of one name, of which Next reads
// the last and the authorization server's library the first; and it throws for a name or a value that it would
// not write, which another application on this host may have set. To read one cookie, use read-cookie.ts.

/** A cookie of a `Cookie` header. Its value is not decoded. */
export type CookiePair = { name: string; value: string };

/**
 * Returns the cookies of a `Cookie` header in their order (RFC 6265 §4.2.1), also two of one name. Skips
 * anything that is not a pair.
 */
export function readCookiePairs(header: string | null | undefined): CookiePair[] {
  return (header ?? "").split(";").flatMap((one) => {
    const end = one.indexOf("=");
    return end < 1 ? [] : [{ name: one.slice(0, end).trim(), value: one.slice(end + 1).trim() }];
  });
}

/** Returns the `Cookie` header with these cookies. */
export function writeCookiePairs(pairs: readonly CookiePair[]): string {
  return pairs.map(({ name, value }) => `${name}=${value}`).join("; ");
}
