import type { Axis } from "#lib/connect/admin/overview/axis.ts";

/**
 * One row of numbers, one for each day. `mark`: which of the colours and patterns it has, the same in every
 * period.
 * `total`: the sum of them.
 */
export type Series = { key: string; label: string; mark: number; values: number[]; total: number };

/** Numbers over days, ready to be drawn and to be read: several series lie on top of each other. */
export type Plot = {
  id: string;
  shape: "line" | "bars";
  title: string;
  /** What is counted, and what not. */
  explanation: string;
  /** What there is to see, in words. */
  summary: string;
  /** Days (UTC) as 2026-11-23, the earliest first. */
  days: string[];
  series: Series[];
  axis: Axis;
  /** The days that have a tick: their place and their word. */
  dayTicks: { index: number; label: string }[];
};
