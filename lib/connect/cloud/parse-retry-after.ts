/**
 * Parses `Retry-After` (RFC 9110 §10.2.3), which is a number of seconds or a date. Returns the seconds from
 * `from` on, or null if there is no value or it is not in the future.
 */
export function parseRetryAfter(value: string | null, from: Date): number | null {
  if (value === null) return null;
  const seconds = /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : (Date.parse(value) - from.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}
