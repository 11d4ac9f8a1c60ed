import { showCpu, totalCpu } from "#tests/bench/groups/refresh-report.ts";
import { showNumber, showRatio, toMarkdownTable } from "#tests/bench/markdown-table.ts";
import type { Measured } from "#tests/bench/measure-load.ts";
import { compare, median, quantile } from "#tests/bench/statistics.ts";

/** The measurements with one number of connections, round by round. */
export type GrowthRow = { connections: number; ours: Measured[]; theirs: Measured[] | null };

const rate = (rounds: Measured[]) => median(rounds.map(({ perSecond }) => perSecond));
const time = (rounds: Measured[], share: number) =>
  quantile(
    rounds.flatMap(({ milliseconds }) => milliseconds),
    share,
  );
/** Returns the costs as a Markdown table, with the columns of another commit if it has a name. */
export function toGrowthTable(rows: GrowthRow[], theirName: string | null): string {
  const columnsOf = (rounds: Measured[]) => [
    showNumber(rate(rounds)),
    showCpu(rounds),
    showNumber(time(rounds, 0.5)),
    showNumber(time(rounds, 0.99)),
  ];
  const heads = (name: string) => [`${name}: a second`, "CPU ms each", "median, ms", "p99, ms"];
  return toMarkdownTable(
    [
      "connections that refresh",
      ...heads("this checkout"),
      "CPU × that of 1",
      ...(theirName ? [...heads(theirName), "ratio of CPU", "spread"] : []),
    ],
    rows.map(({ connections, ours, theirs }) => [
      String(connections),
      ...columnsOf(ours),
      showRatio(median(totalCpu(ours)) / median(totalCpu(rows[0]!.ours))),
      ...(theirs ? [...columnsOf(theirs), ...ratioOfCpu(ours, theirs)] : []),
    ]),
  );
}

function ratioOfCpu(ours: Measured[], theirs: Measured[]): string[] {
  const { ratio, from, to } = compare(totalCpu(ours), totalCpu(theirs));
  return [showRatio(ratio), `${showRatio(from)}–${showRatio(to)}`];
}
