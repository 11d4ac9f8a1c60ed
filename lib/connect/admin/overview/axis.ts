/** Round numbers from `low` to `high`, at equal distances. */
export type Axis = { low: number; high: number; ticks: number[] };

const STEPS = [1, 2, 5];
const MOST_STEPS = 5;

/**
 * Returns an axis for these values. It has at most five steps of 1, 2 or 5 times a power of ten, in whole
 * numbers. It begins at 0, unless `mayBeginAbove` is set and the values are so close together that their
 * changes would be invisible.
 */
export function axisFor(values: readonly number[], { mayBeginAbove }: { mayBeginAbove: boolean }): Axis {
  const [least, most] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), 0),
  ];
  const isAbove = mayBeginAbove && most - least < most / 4;
  const step = stepFor(isAbove ? most - least : most);
  const low = isAbove ? Math.floor(least / step) * step : 0;
  const high = Math.max(low + step, Math.ceil(most / step) * step);
  return {
    low,
    high,
    ticks: Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step),
  };
}

function stepFor(range: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, range / MOST_STEPS)));
  return (STEPS.find((step) => range / (step * power) <= MOST_STEPS) ?? 10) * power;
}
