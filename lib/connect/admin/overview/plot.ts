import type { Axis } from "#lib/connect/admin/overview/axis.ts";

/**
 * A series of numbers, one for each day. `mark` selects its colour and pattern, which are the same in every
 * period. `total` is the sum of the values.
 */
export type Series = { key: string; label: string; mark: number; values: number[]; total: number };

/** Daily numbers, ready to be drawn and read. Several series are stacked. */
export type Plot = {
  id: string;
  shape: "line" | "bars";
  title: string;
  /** What is counted, and what is not. */
  explanation: string;
  /** What the plot shows, in words. */
  summary: string;
  /** Days (UTC) such as 2026-11-23, earliest first. */
  days: string[];
  series: Series[];
  axis: Axis;
  /** The days that have a tick: their index and label. */
  dayTicks: { index: number; label: string }[];
};
