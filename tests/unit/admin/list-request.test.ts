import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

import { setEnvironment } from "../environment.ts";
import { describeFilter } from "#lib/connect/admin/accounts/describe-filter.ts";
import { filterQuery, NO_FILTER, parseFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import {
  formatCursor,
  listQuery,
  parseCursor,
  parseListRequest,
  SORTS,
} from "#lib/connect/admin/accounts/list-schema.ts";

const ID = "0190a8f4-7c3e-4d6b-9a51-3f1f5c0f2b11";
const NAMES = [
  "q",
  "state",
  "scope",
  "connected_from",
  "connected_to",
  "not_refreshed_since",
  "sort",
  "direction",
  "size",
  "after",
  "before",
];
const parse = (query: string) => parseListRequest(new URLSearchParams(query));

beforeAll(() => setEnvironment());

describe("the address of the list of linked accounts", () => {
  test("an empty address and an untouched form mean the whole list, latest first", () => {
    const expected = {
      ok: true,
      request: { filter: NO_FILTER, sort: "connected", direction: "descending", size: 50, from: null },
    };
    expect(parse("")).toEqual(expected);
    expect(parse(NAMES.map((name) => `${name}=`).join("&"))).toEqual(expected);
  });

  test("a filter survives a round trip through its address, and is described in words", () => {
    const query =
      "q=O%27Neil+%25&state=reconnect_needed&scope=comfort.read&connected_from=2026-01-01&connected_to=2026-02-28&not_refreshed_since=2026-11-01";
    const parsed = parseFilter(new URLSearchParams(query));
    if (!parsed.ok) throw new Error(parsed.sentence);
    expect(filterQuery(parsed.filter).toString()).toBe(query);
    expect(describeFilter(parsed.filter)).toBe(
      "name, e-mail or Legrand id contains “O'Neil %”, state Reconnect needed, permission “See temperature and humidity” (comfort.read), connected from 2026-01-01 to 2026-02-28, not refreshed since 2026-11-01",
    );
    expect(describeFilter(NO_FILTER)).toBe("all linked accounts");
  });

  test.each([
    "state=broken",
    "scope=everything.read",
    "connected_from=2026-02-30",
    "connected_from=yesterday",
    "connected_to=0001-01-01",
    "connected_to=9999-12-31",
    "not_refreshed_since=12026-01-01",
    "q=a&q=b",
    "sort=token",
    "sort=person&sort=email",
    "direction=sideways",
    "size=1000000",
    "size=-1",
    "size=50.0",
    "after=x",
    "before=%00",
    `q=${"a".repeat(201)}`,
    `q=${"a".repeat(10_240)}`,
    "q=a%00b",
    "connected_from=2026-03-01&connected_to=2026-02-01",
    `after=${formatCursor("email", { values: ["a"], id: ID })}&sort=person`,
    `after=${formatCursor("email", { values: ["a"], id: ID })}&before=${formatCursor("email", { values: ["a"], id: ID })}&sort=email`,
  ])("refuses %s with a sentence and no list", (query) => {
    expect(parse(query)).toEqual({ ok: false, sentence: expect.stringMatching(/^[A-Z“].+\.$/) });
  });

  test.each([
    ["another order", ["email", "a", ID]],
    ["too few values", ["person", ID]],
    ["too many", ["person", "a", "b", ID]],
    ["a number", ["person", 1, ID]],
    ["no id", ["person", "a", "b"]],
    ["a NUL", ["person", "a\0", ID]],
    ["an object", ["person", { toString: "a" }, ID]],
    ["nothing", []],
    ["no list", { sort: "person" }],
  ])("refuses a cursor with %s", (_what, content) => {
    expect(parseCursor(Buffer.from(JSON.stringify(content)).toString("base64url"), "person")).toBeNull();
  });

  test("refuses a cursor with a time that no database has", () => {
    for (const moment of ["0000-01-01T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "now", "2026-01-01"]) {
      expect(parseCursor(formatCursor("connected", { values: [moment], id: ID }), "connected")).toBeNull();
    }
  });

  test("any query is either a list or a sentence", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(...SORTS, "2026-01-01", "50", "connected"),
      fc.base64String(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...NAMES), value)), (pairs) => {
        const parsed = parseListRequest(new URLSearchParams(pairs));
        return parsed.ok ? parse(listQuery(parsed.request).toString()).ok : parsed.sentence.length > 10;
      }),
      { numRuns: 200 },
    );
  });
});
