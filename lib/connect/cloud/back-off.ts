/** Delay before the next request to Legrand, after one failure and after many in a row. */
export type BackOff = { firstSeconds: number; longestSeconds: number };

/**
 * Share of the delay that is added or subtracted at random. Without it, requests that failed together would
 * be retried together.
 */
const JITTER = 0.2;

/**
 * Returns the seconds until the next attempt. The delay starts at `firstSeconds` and doubles with each
 * further failure in a row, up to `longestSeconds`. It is then varied by up to a fifth in either direction.
 * `random` is between 0 and 1.
 */
export function backOffSeconds(
  { firstSeconds, longestSeconds }: BackOff,
  failedAttempts: number,
  random: number,
): number {
  const seconds = Math.min(firstSeconds * 2 ** (failedAttempts - 1), longestSeconds);
  return seconds * (1 + JITTER * (2 * random - 1));
}

/**
 * Parses `Retry-After` (RFC 9110 §10.2.3), which is a number of seconds or a date. Returns the seconds from
 * `from` on, or null if there is no value or it is not in the future.
 */
export function parseRetryAfter(value: string | null, from: Date): number | null {
  if (value === null) return null;
  const seconds = /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : (Date.parse(value) - from.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}
