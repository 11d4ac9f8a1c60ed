/** A value of up to this many characters is shown in full. */
const SHORT = 16;
const KEPT = 6;

/**
 * Returns an address with only the beginning of each long value in its query, such as a token. A link with this
 * text fits in one line, and still leads to the whole address.
 */
export function shortenAddress(address: string): string {
  return address.replace(/=([^&#]+)/g, (pair, value: string) =>
    value.length > SHORT ? `=${value.slice(0, KEPT)}…` : pair,
  );
}
