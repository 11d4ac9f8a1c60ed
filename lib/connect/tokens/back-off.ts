const FIRST_SECONDS = 5;
const LONGEST_SECONDS = 15 * 60;
/** Of the time itself, to either side: accounts that failed together do not come back together. */
const JITTER = 0.2;

/**
 * Seconds until the next attempt after that many failed ones in a row: 5, doubling to a quarter of an hour, a fifth more or
 * less. `random` lies between 0 and 1.
 */
export function backOffSeconds(failedAttempts: number, random: number): number {
  const seconds = Math.min(FIRST_SECONDS * 2 ** Math.min(failedAttempts - 1, 20), LONGEST_SECONDS);
  return seconds * (1 + JITTER * (2 * random - 1));
}
