/** How long Legrand is left alone after a failure, and after many in a row. */
export type BackOff = { firstSeconds: number; longestSeconds: number };

/** Of the time itself, to either side: what failed together does not come back together. */
const JITTER = 0.2;

/**
 * Seconds until the next attempt after that many failed ones in a row: the first time, doubled with each
 * failure up to the longest, a fifth more or less. `random` lies between 0 and 1.
 */
export function backOffSeconds(
  { firstSeconds, longestSeconds }: BackOff,
  failedAttempts: number,
  random: number,
): number {
  const seconds = Math.min(firstSeconds * 2 ** (failedAttempts - 1), longestSeconds);
  return seconds * (1 + JITTER * (2 * random - 1));
}
