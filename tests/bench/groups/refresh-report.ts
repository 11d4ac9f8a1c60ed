import { CODE_FLOW, EMPTY, REFRESH } from "#tests/bench/groups/refresh-loads.ts";
import { showNumber, showRatio, showSpread, toMarkdownTable } from "#tests/bench/markdown-table.ts";
import type { Measured } from "#tests/bench/measure-load.ts";
import { compare, median } from "#tests/bench/statistics.ts";

/** The measurements of one load, round by round. */
export type LoadRow = {
  name: string;
  ours: Measured[];
  theirs: Measured[] | null;
  bare: Measured[] | null;
};

/** The shares of the bare library's rate that this application aims at (decision 9). */
const AIMS = [
  { name: REFRESH, share: 0.35 },
  { name: CODE_FLOW, share: 0.5 },
];

const rates = (rounds: Measured[]) => rounds.map(({ perSecond }) => perSecond);

/** Returns the processor time of an operation in each round, with PostgreSQL's. It is NaN if it is not known. */
export const totalCpu = (rounds: Measured[]): number[] =>
  rounds.map(
    ({ cpuMilliseconds, postgresCpuMilliseconds }) =>
      (cpuMilliseconds ?? NaN) + (postgresCpuMilliseconds ?? 0),
  );

/** Shows the median processor time of an operation, with PostgreSQL's share after a plus. */
export function showCpu(rounds: Measured[]): string {
  const middle = (of: (one: Measured) => number | null) => {
    const known = rounds.map(of).filter((value) => value !== null);
    return known.length ? median(known) : null;
  };
  const [own, postgres] = [
    middle(({ cpuMilliseconds }) => cpuMilliseconds),
    middle(({ postgresCpuMilliseconds }) => postgresCpuMilliseconds),
  ];
  return `${showNumber(own)}${postgres === null ? "" : ` + ${showNumber(postgres)}`}`;
}

/** Returns the rates as a Markdown table, with the columns of another commit if it has a name. */
export function toRefreshTable(rows: LoadRow[], theirName: string | null): string {
  const empty = median(rates(rows.find(({ name }) => name === EMPTY)!.ours));
  return toMarkdownTable(
    [
      "operations a second",
      "this checkout",
      "spread",
      "CPU ms each",
      ...(theirName ? [theirName, "CPU ms each", "ratio", "spread", "ratio of CPU"] : []),
      "bare library",
      "CPU ms each",
      "ratio to bare",
      "ratio to empty",
    ],
    rows.map(({ name, ours, theirs, bare }) => [
      name,
      showNumber(median(rates(ours))),
      showSpread(rates(ours)),
      showCpu(ours),
      ...(theirName ? besideTheirs(ours, theirs) : []),
      ...besideBare(ours, bare),
      showRatio(median(rates(ours)) / empty),
    ]),
  );
}

function besideTheirs(ours: Measured[], theirs: Measured[] | null): string[] {
  if (!theirs) return ["–", "–", "–", "–", "–"];
  const found = compare(rates(ours), rates(theirs));
  return [
    showNumber(found.theirs),
    showCpu(theirs),
    showRatio(found.ratio),
    `${showRatio(found.from)}–${showRatio(found.to)}`,
    showRatio(compare(totalCpu(ours), totalCpu(theirs)).ratio),
  ];
}

function besideBare(ours: Measured[], bare: Measured[] | null): string[] {
  if (!bare) return ["", "", ""];
  const found = compare(rates(ours), rates(bare));
  return [showNumber(found.theirs), showCpu(bare), showRatio(found.ratio)];
}

/** Returns one line for each aim. */
export function toRefreshAims(rows: LoadRow[]): string {
  return AIMS.map(({ name, share }) => {
    const { ours, bare } = rows.find((row) => row.name === name)!;
    const { ratio } = compare(rates(ours), rates(bare!));
    return `- ${ratio >= share ? "reached" : "NOT reached"}: ${name} ≥ ${share} × bare library, is ${showRatio(ratio)}`;
  }).join("\n");
}
