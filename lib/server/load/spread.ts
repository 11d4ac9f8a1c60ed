const DAY_MS = 24 * 60 * 60 * 1000;

/** People connect from seven in the morning to eleven at night. */
const OPENS = 7 / 24;
const OPEN = 16 / 24;

/**
 * Weights from Sunday to Saturday: people install thermostats on week days and connect them at the weekend.
 */
const WEEKDAYS = [1.2, 0.95, 0.9, 0.9, 0.95, 1, 1.25];

/** Ratio of the connects on the last day to those on the first. */
const GROWTH = 4;

/**
 * Returns when the accounts were connected, as a function from the share of all accounts (0: the first one,
 * 1: the last one) to the moment in milliseconds, within `days` days before `at`. It includes growth and the
 * rhythm of the week.
 */
export function spreadOver(days: number, at: number): (share: number) => number {
  const begin = Math.floor(at / DAY_MS) * DAY_MS - (days - 1) * DAY_MS;
  const ends: number[] = [];
  let sum = 0;
  for (let day = 0; day < days; day++) {
    const weekday = new Date(begin + day * DAY_MS).getUTCDay();
    ends.push((sum += (1 + ((GROWTH - 1) * day) / days) * WEEKDAYS[weekday]!));
  }
  return (share) => {
    const sought = share * sum;
    const day = firstAbove(ends, sought);
    const before = day === 0 ? 0 : ends[day - 1]!;
    const within = (sought - before) / (ends[day]! - before);
    return Math.min(at, begin + (day + OPENS + OPEN * within) * DAY_MS);
  };
}

/** Returns the first index whose value is above `sought` (binary search). */
function firstAbove(values: readonly number[], sought: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! > sought) high = middle;
    else low = middle + 1;
  }
  return low;
}
