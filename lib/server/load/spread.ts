const DAY_MS = 24 * 60 * 60 * 1000;

/** People connect from seven in the morning to eleven at night. */
const OPENS = 7 / 24;
const OPEN = 16 / 24;

/** Sunday to Saturday: thermostats are put in on week days and connected at the week's end. */
const WEEKDAYS = [1.2, 0.95, 0.9, 0.9, 0.95, 1, 1.25];

/** How many times as many connect on the last day as on the first. */
const GROWTH = 4;

/**
 * When the accounts were connected: a function from the share of all of them (0: the first one, 1: the last
 * one) to the moment, in milliseconds, within `days` days before `at`. With growth, and with weeks.
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

/** The first place whose value is above, by halving. */
function firstAbove(values: readonly number[], sought: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! > sought) high = middle;
    else low = middle + 1;
  }
  return low;
}
