/** The present moment. The one place that application code reads the time from. */
export function now(): Date {
  return new Date();
}

/** The moment that many seconds from now (negative: ago). */
export function secondsFromNow(seconds: number): Date {
  return new Date(now().getTime() + seconds * 1000);
}

/** Whole seconds since 1970, as tokens carry them (RFC 7519 §2, NumericDate). */
export function epochSeconds(): number {
  return Math.floor(now().getTime() / 1000);
}
