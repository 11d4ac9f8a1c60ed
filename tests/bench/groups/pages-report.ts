import { showNumber, showRatio, toMarkdownTable } from "#tests/bench/markdown-table.ts";
import { compare, median, quantile } from "#tests/bench/statistics.ts";

/** Milliseconds of the visits of one round. */
export type Times = number[];

type AtServer = { atRest: Times[]; underLoad: Times[] };

/** The visits of one page, round by round. */
export type PageRow = { name: string; ours: AtServer; theirs: AtServer | null };

const SHARES = [0.5, 0.95, 0.99];

/** Returns the times as a Markdown table, with the columns of another commit if it has a name. */
export function toPagesTable(rows: PageRow[], theirName: string | null): string {
  const heads = (name: string) => [`${name}: median`, "p95", "p99"];
  return toMarkdownTable(
    [
      "milliseconds",
      ...heads("this checkout"),
      "visits",
      ...(theirName ? [...heads(theirName), "ratio", "spread"] : []),
    ],
    rows.flatMap(({ name, ours, theirs }) => [
      toCells(`${name}, at rest`, ours.atRest, theirs?.atRest ?? null, theirName !== null),
      toCells(`${name}, under load`, ours.underLoad, theirs?.underLoad ?? null, theirName !== null),
    ]),
  );
}

function toCells(name: string, ours: Times[], theirs: Times[] | null, isCompared: boolean): string[] {
  const cells = [name, ...quantiles(ours), String(ours.flat().length)];
  if (!isCompared) return cells;
  if (!theirs) return [...cells, "–", "–", "–", "–", "–"];
  const { ratio, from, to } = compare(ours.map(median), theirs.map(median));
  return [...cells, ...quantiles(theirs), showRatio(ratio), `${showRatio(from)}–${showRatio(to)}`];
}

const quantiles = (rounds: Times[]) => SHARES.map((share) => showNumber(quantile(rounds.flat(), share)));
