import { expect, test } from "vitest";

import { cutPage, formatPageCursor, parsePageCursor } from "#lib/page-cursor.ts";

const ID = "5d3c1f0e-7a52-4c1b-9e0f-2b6d4a8c9e13";
const AT = new Date("2026-11-23T04:05:06.789Z");
const MOMENT = AT.toISOString();

test("a cursor survives a round trip, and no cursor means the first page", () => {
  expect(parsePageCursor(formatPageCursor({ at: AT, id: ID }))).toEqual({ at: AT, id: ID });
  expect([parsePageCursor(null), parsePageCursor("")]).toEqual([null, null]);
});

test.each([
  "x",
  "~",
  ID,
  MOMENT,
  `${MOMENT}~`,
  `${MOMENT}~1`,
  `${MOMENT}~${ID}~x`,
  `${MOMENT}~${ID}\0`,
  `${MOMENT}~${ID}' OR 1=1`,
  `0~${ID}`,
  "x".repeat(10_000),
  `2026-13-45T99:05:06.789Z~${ID}`,
  `0000-01-01T00:00:00.000Z~${ID}`,
  `+012026-01-01T00:00:00.000Z~${ID}`,
])(
  "rejects any other cursor, including those at which a database would fail (issue 5, bad input): %s",
  (sent) => {
    expect(parsePageCursor(sent)).toBeUndefined();
  },
);

test("a page ends with the cursor of its last row if another row follows", () => {
  const rows = [1, 2, 3].map((n) => ({ at: new Date(n), id: ID }));
  expect(cutPage(rows, 2, (row) => row)).toEqual({
    rows: rows.slice(0, 2),
    next: formatPageCursor(rows[1]!),
  });
  expect(cutPage(rows, 3, (row) => row).next).toBeNull();
});
