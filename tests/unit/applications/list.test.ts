import { expect, test } from "vitest";

import { parseSearch } from "#lib/legrand/applications/parse-search.ts";
import { isSameName } from "#lib/legrand/applications/is-same-name.ts";

test("a search is one trimmed text, NFC, bounded, without NUL", () => {
  expect(parseSearch(" e\u0301\0 ")).toBe("é");
  expect(parseSearch(null)).toBe("");
  expect(parseSearch("x".repeat(5000))).toHaveLength(200);
});

test.each([
  ["Thermo", " Thermo ", true],
  ["é", "e\u0301", true],
  ["Thermo", "thermo", false],
  ["Thermo", "", false],
  ["a  b", "a b", false],
])("a typed name must match every letter: for %s, %s matches: %s", (name, typed, same) => {
  expect(isSameName(typed, name)).toBe(same);
});
