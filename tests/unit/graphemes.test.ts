import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { cutText, firstGrapheme, initialsOf } from "#lib/graphemes.ts";
import { parseSearch } from "#lib/legrand/applications/parse-search.ts";
import { readClaim } from "#lib/connect/legrand-provider.ts";

test.each([
  ["Camille Moreau", "CM"],
  ["camille@example.com", "CE"],
  ["𠮷田 太郎", "𠮷太"],
  ["𝒜da 𝓑ell", "𝒜𝓑"],
  ["👩‍🔧 Anna", "👩‍🔧A"],
  ["🇫🇷 Équipe", "🇫🇷É"],
  ["E\u0301mile Zola", "E\u0301Z"],
  ["ßeta", "S"],
  ["李", "李"],
  ["", ""],
  [" . ", ""],
])("the initials of “%s” are whole characters: %s (issue 11, 18)", (name, expected) => {
  expect(initialsOf(name)).toBe(expected);
});

test("the first character of an application without a logo is a whole character", () => {
  expect(["👨‍👩‍👧 Home", "𠮷", "é", ""].map(firstGrapheme)).toEqual(["👨‍👩‍👧", "𠮷", "é", ""]);
});

describe("a text is cut only between two characters (Unicode UAX 29)", () => {
  test.each([
    ["abc", 2, "ab"],
    ["abc", 3, "abc"],
    ["a𠮷", 2, "a"],
    ["a👩‍🔧b", 5, "a"],
    ["ae\u0301", 2, "a"],
    ["e\u0301\u0301\u0301", 2, "e\u0301"],
    ["𠮷", 1, ""],
  ])("%j to %d: %j", (text, limit, expected) => {
    expect(cutText(text, limit)).toBe(expected);
  });

  test("for any text, the result is a prefix within the limit without half a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.nat(70), (text, limit) => {
        const cut = cutText(text, limit);
        return text.startsWith(cut) && cut.length <= limit && cut.isWellFormed();
      }),
    );
  });

  test("a search and a claim of Legrand are cut the same way", () => {
    for (const cut of [parseSearch(`${"x".repeat(199)}𠮷`), readClaim(`${"x".repeat(199)}𠮷`)])
      expect(cut).toBe("x".repeat(199));
  });
});
