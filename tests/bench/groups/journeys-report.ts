import { showNumber, toMarkdownTable } from "#tests/bench/markdown-table.ts";

/** How many other people have connected an account in the second measurement of `/account`. */
export const OTHER_ACCOUNTS = 2_000;

/**
 * The cost of one view of `/account`: statements of the whole process, those of Connect among them, refreshed
 * tokens and time.
 */
export type PageCost = { statements: number; ofConnect: number; refreshes: number; milliseconds: number };

/** The results of one run on one database. */
export type Figures = {
  /** A view of `/account` as the only user with a linked account, and among many others. Null on PostgreSQL. */
  accountPage: { alone: PageCost; crowded: PageCost } | null;
  /** Whole journeys a second. */
  journeys: number;
  firstByte: { median: number; p95: number };
  consentBytes: number | null;
  /** Seconds. */
  start: { first: number; second: number };
};

const CONSENT_BYTES_AIM = 150_000;

const kilobytes = (bytes: number | null) =>
  bytes === null ? "not measured: no Chromium" : `${(bytes / 1000).toFixed(1)} kB`;

const describeCost = ({ statements, ofConnect, refreshes, milliseconds }: PageCost) =>
  `${showNumber(statements)} statements (${showNumber(ofConnect)} of Connect, the rest of the sandbox that it calls), ${refreshes} refreshes, ${showNumber(milliseconds)} ms`;

/** Returns the figures as a Markdown table. */
export function toTable({ accountPage, journeys, firstByte, consentBytes, start }: Figures): string {
  const views = accountPage && [
    ["a view of /account, one linked account in the table", describeCost(accountPage.alone)],
    [`the same with ${showNumber(OTHER_ACCOUNTS)} more, of other people`, describeCost(accountPage.crowded)],
  ];
  return toMarkdownTable(
    ["", "this checkout"],
    [
      ["whole journeys a second (sign-in verifies argon2id, 19 MiB)", showNumber(journeys)],
      [
        "consent page, first byte: median / p95",
        `${showNumber(firstByte.median)} / ${showNumber(firstByte.p95)} ms`,
      ],
      ["consent page, transferred in Chromium", kilobytes(consentBytes)],
      ...(views ?? []),
      [
        "first start (built, no database yet) / second start",
        `${start.first.toFixed(1)} / ${start.second.toFixed(1)} s`,
      ],
    ],
  );
}

/** Returns one line for each aim. */
export function toAims({ consentBytes, accountPage }: Figures): string {
  const line = (reached: boolean | null, text: string) =>
    `- ${reached === null ? "not measured" : reached ? "reached" : "NOT reached"}: ${text}`;
  const refreshes = accountPage && accountPage.alone.refreshes + accountPage.crowded.refreshes;
  return [
    line(
      consentBytes === null ? null : consentBytes <= CONSENT_BYTES_AIM,
      `consent page ≤ ${kilobytes(CONSENT_BYTES_AIM)}, is ${kilobytes(consentBytes)}`,
    ),
    ...(accountPage
      ? [
          line(refreshes === 0, `a view of /account refreshes no token, it was ${refreshes} in all views`),
          line(
            accountPage.alone.statements === accountPage.crowded.statements,
            `a view of /account costs as many statements however many accounts exist, ${accountPage.alone.statements} and ${accountPage.crowded.statements}`,
          ),
        ]
      : []),
  ].join("\n");
}
