/** A cookie of a `Cookie` header. Its value is not decoded. */
export type CookiePair = { name: string; value: string };

/**
 * Returns the cookies of a `Cookie` header in their order (RFC 6265 §4.2.1). Skips anything that is not a
 * pair.
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
