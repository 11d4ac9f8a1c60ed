import { expect, test } from "vitest";

import { readQueryValue } from "#lib/http/read-query-value.ts";

const QUERY = Promise.resolve({ search: "lamp", before: ["first", "second"], empty: "", none: undefined });

test.each([
  ["search", "lamp"],
  ["before", "first"],
  ["empty", ""],
  ["none", null],
  ["unknown", null],
])("takes the first value of %s in an address: %j", async (name, value) => {
  expect(await readQueryValue(QUERY, name)).toBe(value);
});
