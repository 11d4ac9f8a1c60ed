import { expect, test } from "vitest";

import { parseSearch } from "#lib/legrand/applications/list/parse-search.ts";
import { isSameName } from "#lib/legrand/applications/state/is-same-name.ts";
import { cutPage, formatPageCursor, parsePageCursor } from "#lib/legrand/page-cursor.ts";

const ID = "5d3c1f0e-7a52-4c1b-9e0f-2b6d4a8c9e13";
const AT = new Date("2026-11-23T04:05:06.789Z");

test("a cursor comes back as it was written", () => {
  expect(parsePageCursor(formatPageCursor({ at: AT, id: ID }))).toEqual({ at: AT, id: ID });
});

test.each([null, "", "x", ID, `${AT.toISOString()}~`, `2026-13-45T99:05:06.789Z~${ID}`, `${AT.toISOString()}~${ID}' OR 1=1`])("anything else is the first page: %s", (value) => {
  expect(parsePageCursor(value)).toBeNull();
});

test("a page ends with the cursor of its last row where there is one row more", () => {
  const rows = [1, 2, 3].map((n) => ({ at: new Date(n), id: ID }));
  expect(cutPage(rows, 2, (row) => row)).toEqual({ rows: rows.slice(0, 2), next: formatPageCursor(rows[1]!) });
  expect(cutPage(rows, 3, (row) => row).next).toBeNull();
});

test("a search is one text, trimmed, NFC, bounded, without NUL", () => {
  expect(parseSearch(" e\u0301\0 ")).toBe("é");
  expect(parseSearch(null)).toBe("");
  expect(parseSearch("x".repeat(5000))).toHaveLength(200);
});

test.each([["Thermo", " Thermo ", true], ["é", "e\u0301", true], ["Thermo", "thermo", false], ["Thermo", "", false], ["a  b", "a b", false]])("a name is typed letter by letter: %s, %s: %s", (name, typed, same) => {
  expect(isSameName(typed, name)).toBe(same);
});
