import { UNUSED_DAYS } from "#lib/legrand/grants/refresh-lifetime.ts";

/**
 * Describes when an access ends by itself, as the end of a sentence: "after 90 days without use, and after
 * one year at the latest". `maxDays` is the setting.
 */
export function describeLifetime(maxDays: number): string {
  if (maxDays <= UNUSED_DAYS) return `after ${inWords(maxDays)}`;
  return `after ${inWords(UNUSED_DAYS)} without use, and after ${inWords(maxDays)} at the latest`;
}

function inWords(days: number): string {
  const [count, unit] = days % 365 === 0 ? [days / 365, "year"] : [days, "day"];
  return count === 1 ? `one ${unit}` : `${count.toLocaleString("en")} ${unit}s`;
}
