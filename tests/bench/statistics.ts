/** Returns the median. */
export const median = (values: number[]): number => quantile(values, 0.5);

/** Returns the value below which that share of the others lies. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

/** Measurements of one number, round by round, in the same order at two servers. */
export type Compared = {
  ours: number;
  theirs: number;
  /** The median of the ratios of each round. Drift of the machine affects both servers of a round. */
  ratio: number;
  /** The lowest and the highest ratio of a round. */
  from: number;
  to: number;
};

/** Compares two servers by the rounds in which both were measured. */
export function compare(ours: number[], theirs: number[]): Compared {
  const ratios = ours.map((value, round) => value / theirs[round]!);
  return {
    ours: median(ours),
    theirs: median(theirs),
    ratio: median(ratios),
    from: Math.min(...ratios),
    to: Math.max(...ratios),
  };
}
