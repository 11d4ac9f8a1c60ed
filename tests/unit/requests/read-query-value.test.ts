import { expect, test } from "vitest";

import { readQueryValue } from "#lib/http/read-query-value.ts";

const QUERY = Promise.resolve({ search: "lamp", before: ["first", "second"], empty: "", none: undefined });

test.each([
  ["search", "lamp"],
  ["before", "first"],
  ["empty", ""],
  ["none", null],
  ["unknown", null],
])("of %s in an address the first value counts: %j", async (name, value) => {
  expect(await readQueryValue(QUERY, name)).toBe(value);
});
