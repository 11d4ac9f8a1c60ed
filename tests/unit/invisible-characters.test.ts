import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { INVISIBLE, INVISIBLE_IN_TEXT, removeInvisible } from "#lib/invisible-characters.ts";

describe("a reader cannot see", () => {
  test.each([
    ["a NUL", "\0"],
    ["a tab", "\t"],
    ["a line feed", "\n"],
    ["next line, a control character of ISO 6429", "\u0085"],
    ["a soft hyphen", "\u00ad"],
    ["a right-to-left mark", "\u200f"],
    ["an Arabic letter mark", "\u061c"],
    ["a zero-width space", "\u200b"],
    ["a right-to-left override", "\u202e"],
    ["an isolate", "\u2066"],
    ["a word joiner", "\u2060"],
    ["a byte order mark", "\ufeff"],
    ["a line separator", "\u2028"],
    ["a paragraph separator", "\u2029"],
    ["a tag character", "\u{e0041}"],
    ["half of a surrogate pair", "\ud83c"],
    ["a character of private use", "\ue000"],
    ["a noncharacter", "\ufffe"],
  ])("%s (Unicode UAX 44 §5.7.1)", (_what, character) => {
    const text = `a${character}b`;
    expect([INVISIBLE.test(text), INVISIBLE_IN_TEXT.test(text)]).toEqual([true, true]);
    expect(removeInvisible(text)).toMatch(/^a ?b$/);
  });
});

test.each(["Zoë", "می\u200cخواهم", "हिन्दी", "👩\u200d🚀", "🏳️", "日本語", "a b", "a\u00a0b"])(
  "a text that people write stays as it is: %s",
  (text) => {
    expect(INVISIBLE_IN_TEXT.test(text)).toBe(false);
    expect(removeInvisible(text)).toBe(text);
  },
);

test.each(["\u200c", "\u200d"])("a joiner is invisible in an address: %j", (joiner) => {
  expect(INVISIBLE.test(`https://app.example/${joiner}`)).toBe(true);
});

test("the words of two lines stay apart", () => {
  expect(removeInvisible("one\r\ntwo\u2028three\tfour")).toBe("one two three four");
});

/** Files with a class of their own, and why. */
const OWN_CLASS = new Map([
  ["lib/invisible-characters.ts", "the one class"],
  ["lib/connect/legrand-provider.ts", "people copy this one file into their application"],
  ["lib/email-address.ts", "the letters of a domain name, of which the joiners are two (RFC 5892 §A.1)"],
  ["lib/mail/compose-mail.ts", "the grammar of a mail's header: what an address and a subject may contain"],
]);
const CLASS = /\\p\{(?:C|Cc|Cf|Cs|Co|Cn|Zl|Zp|Noncharacter_Code_Point)\}|\\u(?:200[b-f]|202[a-e]|206[0-9])/i;

test("no other file of lib, app or components has a class of its own", () => {
  const files = ["lib", "app", "components"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !name.startsWith("db/generated"))
      .map((name) => `${folder}/${name}`),
  );
  expect(files.filter((file) => CLASS.test(readFileSync(file, "utf8"))).sort()).toEqual(
    [...OWN_CLASS.keys()].sort(),
  );
});

test("the provider file, which imports nothing of this project, has the same class", () => {
  expect(readFileSync("lib/connect/legrand-provider.ts", "utf8")).toContain(
    `/${INVISIBLE_IN_TEXT.source}/gu`,
  );
});
