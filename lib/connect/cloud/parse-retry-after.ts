/**
 * `Retry-After` (RFC 9110 §10.2.3), a number of seconds or a date, as seconds from that moment on. Null
 * without one that lies ahead.
 */
export function parseRetryAfter(value: string | null, from: Date): number | null {
  if (value === null) return null;
  const seconds = /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : (Date.parse(value) - from.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}
