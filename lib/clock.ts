/** Returns the present moment. Application code reads the time only here. */
export function now(): Date {
  return new Date();
}

/** Returns the moment that many seconds from now (in the past if negative). */
export function secondsFromNow(seconds: number): Date {
  return new Date(now().getTime() + seconds * 1000);
}

/** Returns whole seconds since 1970, as tokens carry them (RFC 7519 §2, NumericDate). */
export function epochSeconds(): number {
  return Math.floor(now().getTime() / 1000);
}
