/** How many other people have connected an account in the second measurement of `/account`. */
export const OTHER_ACCOUNTS = 2_000;

/**
 * The cost of one view of `/account`: statements of the whole process, those of Connect among them, refreshed
 * tokens and time.
 */
export type PageCost = { statements: number; ofConnect: number; refreshes: number; milliseconds: number };

type Pair = { ours: number; bare: number };

/** The results of one run. Rates are operations a second. */
export type Figures = {
  empty: number;
  /** Reads of the API, for an account with one home. */
  api: number;
  /** A view of `/account` as the only user with a linked account, and among many others. */
  accountPage: { alone: PageCost; crowded: PageCost };
  refresh: Pair;
  codeFlow: Pair;
  refreshOpenid: Pair;
  codeFlowOpenid: Pair;
  journeys: number;
  firstByte: { median: number; p95: number };
  consentBytes: number | null;
  /** Megabytes at the end of the load, and at rest a little later, after garbage collection. */
  memory: { atEnd: Pair; atRest: Pair };
  start: { first: number; second: number };
};

const REFRESH_AIM = 0.35;
const CODE_FLOW_AIM = 0.5;
const CONSENT_BYTES_AIM = 150_000;
const MEMORY_AIM_MEGABYTES = 400;

const number = (value: number) => value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
const ratio = (value: number, beside: number) => (value / beside).toFixed(2);
const kilobytes = (bytes: number | null) =>
  bytes === null ? "not measured" : `${(bytes / 1000).toFixed(1)} kB`;

/** Returns the figures as a Markdown table, with the ratios to (a) and (b). */
export function toTable({
  empty,
  api,
  accountPage,
  journeys,
  firstByte,
  consentBytes,
  memory,
  start,
  ...rates
}: Figures): string {
  const beside = (name: string, { ours, bare }: Pair) => [
    name,
    number(ours),
    number(empty),
    number(bare),
    ratio(ours, empty),
    ratio(ours, bare),
  ];
  const alone = (name: string, value: string, bare = "") => [name, value, "", bare, "", ""];
  const cost = ({ statements, ofConnect, refreshes, milliseconds }: PageCost) =>
    `${number(statements)} statements (${number(ofConnect)} of Connect, the rest of the sandbox that it calls), ${refreshes} refreshes, ${number(milliseconds)} ms`;
  const rows = [
    [
      "",
      "this application",
      "(a) empty route handler",
      "(b) oidc-provider bare",
      "ratio to (a)",
      "ratio to (b)",
    ],
    ["---", "--:", "--:", "--:", "--:", "--:"],
    beside("refreshes a second", rates.refresh),
    beside("the same with an id_token (RS256)", rates.refreshOpenid),
    beside("code flows with remembered consent a second (authorize, token)", rates.codeFlow),
    beside("the same with an id_token (RS256)", rates.codeFlowOpenid),
    [
      "API reads a second (GET /plants, with token and key)",
      number(api),
      number(empty),
      "",
      ratio(api, empty),
      "",
    ],
    alone("whole journeys a second (sign-in verifies argon2id, 19 MiB)", number(journeys)),
    alone(
      "consent page, first byte: median / p95",
      `${number(firstByte.median)} / ${number(firstByte.p95)} ms`,
    ),
    alone(
      "consent page, transferred in Chromium",
      consentBytes === null ? "not measured: no Chromium" : kilobytes(consentBytes),
    ),
    alone("a view of /account, one linked account in the table", cost(accountPage.alone)),
    alone(`the same with ${number(OTHER_ACCOUNTS)} more, of other people`, cost(accountPage.crowded)),
    alone(
      "resident memory at the end of the load",
      `${number(memory.atEnd.ours)} MB`,
      `${number(memory.atEnd.bare)} MB`,
    ),
    alone(
      "resident memory after it, at rest",
      `${number(memory.atRest.ours)} MB`,
      `${number(memory.atRest.bare)} MB`,
    ),
    alone(
      "first start (built, no database yet) / second start",
      `${start.first.toFixed(1)} / ${start.second.toFixed(1)} s`,
    ),
  ];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Returns one line for each aim. */
export function toAims({
  refresh,
  codeFlow,
  refreshOpenid,
  codeFlowOpenid,
  consentBytes,
  memory,
  accountPage: { alone, crowded },
}: Figures): string {
  const line = (reached: boolean | null, text: string) =>
    `- ${reached === null ? "not measured" : reached ? "reached" : "NOT reached"}: ${text}`;
  return [
    line(
      refresh.ours >= REFRESH_AIM * refresh.bare,
      `refresh ≥ ${REFRESH_AIM} × (b), is ${ratio(refresh.ours, refresh.bare)} (with an id_token ${ratio(refreshOpenid.ours, refreshOpenid.bare)})`,
    ),
    line(
      codeFlow.ours >= CODE_FLOW_AIM * codeFlow.bare,
      `code flow with remembered consent ≥ ${CODE_FLOW_AIM} × (b), is ${ratio(codeFlow.ours, codeFlow.bare)} (with an id_token ${ratio(codeFlowOpenid.ours, codeFlowOpenid.bare)})`,
    ),
    line(
      consentBytes === null ? null : consentBytes <= CONSENT_BYTES_AIM,
      `consent page ≤ ${kilobytes(CONSENT_BYTES_AIM)}, is ${kilobytes(consentBytes)}`,
    ),
    line(
      alone.refreshes + crowded.refreshes === 0,
      `a view of /account refreshes no token, it was ${alone.refreshes + crowded.refreshes} in all views`,
    ),
    line(
      alone.statements === crowded.statements,
      `a view of /account costs as many statements however many accounts exist, ${alone.statements} and ${crowded.statements}`,
    ),
    line(
      memory.atRest.ours < MEMORY_AIM_MEGABYTES,
      `resident memory after the load < ${MEMORY_AIM_MEGABYTES} MB, is ${number(memory.atRest.ours)} MB (at its end ${number(memory.atEnd.ours)} MB)`,
    ),
  ].join("\n");
}

/** Returns the median. */
export const median = (values: number[]) => quantile(values, 0.5);

/** Returns the value below which that share of the others lies. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
