import { now, secondsFromNow } from "#lib/clock.ts";

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Returns the day on which calls are counted, as its beginning at midnight UTC, or the day `daysAgo` days
 * earlier.
 */
export function today(daysAgo = 0): Date {
  return new Date(
    secondsFromNow(-daysAgo * DAY_SECONDS)
      .toISOString()
      .slice(0, 10),
  );
}

/** Returns the whole seconds until the quota is renewed, at midnight UTC; at least one. */
export function secondsUntilTomorrow(at: Date = now()): number {
  const tomorrow = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1);
  return Math.max(1, Math.ceil((tomorrow - at.getTime()) / 1000));
}
