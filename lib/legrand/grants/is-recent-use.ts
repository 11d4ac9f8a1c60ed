import { now } from "#lib/clock.ts";

/** Uses are recorded to the minute. */
const RECORDED_EVERY_MS = 60_000;

/**
 * True if a use was recorded less than a minute ago, so that the present use need not be written. `at` is null
 * before the first use, and an ISO 8601 string if it was read ahead.
 */
export function isRecentUse(at: Date | string | null): boolean {
  return at !== null && new Date(at).getTime() > now().getTime() - RECORDED_EVERY_MS;
}
