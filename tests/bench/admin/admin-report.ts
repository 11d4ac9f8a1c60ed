import { isRefused, type CheckedPlan } from "#tests/bench/admin/check-plans.ts";
import type { ExportTimes, PageTimes } from "#tests/bench/admin/measure.ts";

/** A page at every size, smallest first. */
export type PageRow = { name: string; aim: number; times: PageTimes[] };
/** An export at every size. */
export type ExportRow = { name: string; times: ExportTimes[] };
/** The results of one run. */
export type AdminFigures = {
  sizes: number[];
  loadSeconds: number[];
  pages: PageRow[];
  exports: ExportRow[];
  plans: CheckedPlan[] | null;
};

const ROWS_AIM = 50_000;
const MEGABYTES_AIM = 150;
const FIRST_BYTE_AIM_SECONDS = 1;
/** With fewer rows an export ends before it reaches its full speed. */
const EXPORT_ROWS = 100_000;

const number = (value: number, digits = 0) =>
  value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
const table = (rows: string[][]) => rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const ratio = ({ times }: PageRow) => times.at(-1)!.p95 / times[0]!.p95;
const isMissing = ({ times }: PageRow) => times.some(({ missing }) => missing !== null);

/** Returns the figures as Markdown. */
export function toAdminTable({ sizes, loadSeconds, pages, exports }: AdminFigures): string {
  const head = ["p50 / p95 in ms", ...sizes.map((size) => number(size)), "p95, last : first", "aim"];
  const rows = pages.map((row) => [
    row.name,
    ...row.times.map(({ p50, p95, missing }) =>
      missing === null ? `${number(p50, 1)} / ${number(p95, 1)}` : `answered ${missing}`,
    ),
    isMissing(row) ? "" : `${number(ratio(row), 2)} ×`,
    `≤ ${row.aim} ×`,
  ]);
  const exported = exports.map(({ name, times }) => [
    name,
    ...times.map(exportCell),
    "",
    `≥ ${number(ROWS_AIM)} rows/s, ≤ ${MEGABYTES_AIM} MB`,
  ]);
  return table([
    head,
    head.map((_, index) => (index ? "--:" : "---")),
    ...rows,
    ...exported,
    ["seed:load", ...loadSeconds.map((seconds) => `${number(seconds)} s`), "", ""],
  ]);
}

function exportCell(times: ExportTimes): string {
  if (!times) return "not there";
  const { firstByteSeconds, rowsPerSecond, rows, extraMegabytes } = times;
  return `${number(rows)} rows, ${number(rowsPerSecond)}/s, first byte ${number(firstByteSeconds * 1000)} ms, +${number(extraMegabytes)} MB`;
}

/** Describes how each address reads the big tables. */
export function toPlans(plans: CheckedPlan[] | null): string {
  if (!plans)
    return "The plans are not looked at with BENCH_DATABASE_URL: they are in the log of that server.";
  return plans
    .map(({ name, isAll, lines, scanned }) =>
      [
        `- ${name}: ${lines.join("; ") || "reads no big table"}`,
        ...scanned.map(
          ({ table: big, how, query }) =>
            `  reads ${big} whole (${how}${isAll ? ", as it shows all of it" : ""}): ${query.replace(/\s+/g, " ").slice(0, 300)}`,
        ),
      ].join("\n"),
    )
    .join("\n");
}

/** Returns one line for each aim. */
export function toAdminAims({ pages, exports, plans }: AdminFigures): string {
  const line = (reached: boolean | null, text: string) =>
    `- ${reached === null ? "not measured" : reached ? "reached" : "NOT reached"}: ${text}`;
  return [
    ...pages.map((row) =>
      line(
        isMissing(row) ? null : ratio(row) <= row.aim,
        `${row.name}: ≤ ${row.aim} ×${isMissing(row) ? "" : `, is ${number(ratio(row), 2)} ×`}`,
      ),
    ),
    ...exports.flatMap(({ name, times }) => {
      const last = times.at(-1);
      if (!last || last.rows < EXPORT_ROWS) return [line(null, `${name}: too few rows, or none`)];
      return [
        line(
          last.rowsPerSecond >= ROWS_AIM,
          `${name}: ≥ ${number(ROWS_AIM)} rows a second, is ${number(last.rowsPerSecond)}`,
        ),
        line(
          last.extraMegabytes <= MEGABYTES_AIM,
          `${name}: ≤ ${MEGABYTES_AIM} MB above idle, is ${number(last.extraMegabytes)}`,
        ),
        line(
          last.firstByteSeconds < FIRST_BYTE_AIM_SECONDS,
          `${name}: first byte in under a second, is ${number(last.firstByteSeconds, 2)} s`,
        ),
      ];
    }),
    line(
      plans && !plans.some(isRefused),
      "no plan has a sequential scan of a big table, and none but that of an export of everything reads one whole",
    ),
  ].join("\n");
}
