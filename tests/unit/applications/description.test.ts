import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  DESCRIPTION_MAX_LENGTH,
  descriptionSchema,
  NAME_MAX_LENGTH,
  URL_MAX_LENGTH,
  VENDOR_MAX_LENGTH,
} from "#lib/legrand/applications/description-schema.ts";

const GOOD = {
  type: "web",
  name: "Thermo",
  description: "Shows the temperature of each room.",
  vendor: "Thermo Ltd",
  url: "https://thermo.example/",
};
const read = (changed: Record<string, unknown>) => descriptionSchema.safeParse({ ...GOOD, ...changed });
const problems = (changed: Record<string, unknown>) =>
  read(changed).error?.issues.map(({ path, message }) => [path[0], message]) ?? [];

describe("Name, Description and Vendor are trimmed, NFC, one paragraph (issue 3, Rules)", () => {
  test.each([
    ["  Thermo\t", "Thermo"],
    ["Thermo\r\n  at   home", "Thermo at home"],
    ["Cafe\u0301", "Café"],
    ["\u00a0Thermo\u3000", "Thermo"],
    ["שלום", "שלום"],
    ["می‌خواهم", "می‌خواهم"],
    ["👩‍👩‍👧 Home", "👩‍👩‍👧 Home"],
    ["<b>Thermo</b>", "<b>Thermo</b>"],
    ["!", "!"],
    ["Å", "Å"],
  ])("%j is read as %j", (typed, expected) => {
    expect(read({ name: typed, description: typed, vendor: typed }).data).toMatchObject({
      name: expected,
      description: expected,
      vendor: expected,
    });
  });

  test.each([
    ["nothing", ""],
    ["white space", " \n\t "],
    ["nothing to see", "\u200d\u200c"],
    ["fillers", "\u3164\u2800"],
    ["a missing field", undefined],
    ["a number", 1],
    ["a control character", "Ther\x07mo"],
    ["NUL", "Thermo\0"],
    ["a right-to-left override", "Thermo\u202egpj"],
    ["an isolate", "\u2066Thermo\u2069"],
    ["a direction mark", "Thermo\u200f"],
    ["a zero-width space", "Ther\u200bmo"],
    ["a soft hyphen", "Ther\u00admo"],
    ["a tag character", "Thermo\u{e0041}"],
    ["half a surrogate pair", "Thermo\ud800"],
    ["a private character", "\ue000"],
    ["accents stacked on one letter", `Therm${"o" + "\u0337".repeat(9)}`],
  ])("refuses %s with a sentence", (_name, typed) => {
    for (const field of ["name", "description", "vendor"])
      expect(problems({ [field]: typed })).toEqual([[field, expect.stringMatching(/^[A-Z].*\.$/)]]);
  });

  test("measures length in characters, as people count letters in most languages, after NFC", () => {
    for (const [field, limit] of [
      ["name", NAME_MAX_LENGTH],
      ["description", DESCRIPTION_MAX_LENGTH],
      ["vendor", VENDOR_MAX_LENGTH],
    ] as const) {
      expect(problems({ [field]: "😀".repeat(limit) })).toEqual([]);
      expect(problems({ [field]: "e\u0301".repeat(limit) })).toEqual([]);
      expect(problems({ [field]: ` ${"x".repeat(limit)} ` })).toEqual([]);
      expect(problems({ [field]: "x".repeat(limit + 1) })).toEqual([
        [field, `There are ${limit + 1} characters; the maximum is ${limit}.`],
      ]);
    }
  });

  test("reports every problem at once", () => {
    expect(
      problems({ type: "desktop", name: "", description: "", vendor: "", url: "" }).map(([field]) => field),
    ).toEqual(["type", "name", "description", "vendor", "url"]);
  });

  test("refuses any text with a sentence or stores it without invisible characters; parsing it again changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (typed) => {
        const { data, error } = read({ name: typed });
        if (!data) {
          expect(error.issues).toHaveLength(1);
          return;
        }
        expect(data.name).toBe(data.name.normalize("NFC").trim());
        expect(data.name).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]|\s\s/u);
        expect(read({ name: data.name }).data?.name).toBe(data.name);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("Url is http(s) and absolute (issue 3, Rules)", () => {
  test.each([
    "https://thermo.example",
    "http://thermo.example/about?x=1#team",
    "HTTPS://Thermo.Example/",
    "https://exämple.example/über",
    "http://192.168.1.5:8080/",
    `https://thermo.example/${"a".repeat(URL_MAX_LENGTH - 23)}`,
  ])("keeps %s as typed", (url) => {
    expect(read({ url: ` ${url} ` }).data?.url).toBe(url);
  });

  test.each([
    "",
    "thermo.example",
    "//thermo.example",
    "/about",
    "https:thermo.example",
    "https:///thermo.example",
    "https://",
    "ftp://thermo.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "mailto:a@b.example",
    "https://user@thermo.example/",
    "https://user:pass@thermo.example/",
    "https://@thermo.example/",
    "https://thermo.example/a b",
    "https://thermo.example/\u202ex",
    "https:\\\\thermo.example\\",
    "https://thermo.example:99999/",
    "https://[::1/",
    `https://thermo.example/${"a".repeat(URL_MAX_LENGTH)}`,
    null,
  ])("refuses %s with a sentence", (url) => {
    expect(problems({ url })).toEqual([["url", expect.stringMatching(/^[A-Z].*\.$/)]]);
  });

  test("an accepted URL opens as a web page and contains no user name", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
          fc.string({ unit: "binary", maxLength: 30 }).map((tail) => `https://${tail}`),
        ),
        (url) => {
          const kept = read({ url }).data?.url;
          if (kept === undefined) return;
          expect(new URL(kept)).toMatchObject({
            protocol: expect.stringMatching(/^https?:$/),
            username: "",
            password: "",
          });
          expect(kept).not.toMatch(/\s/);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

test("refuses a form-sized pile of accents at once, because normalizing it would take seconds", () => {
  const begin = performance.now();
  const outcome = descriptionSchema.safeParse({
    type: "web",
    name: "x",
    description: `a${"\u0301\u0316".repeat(60_000)}`,
    vendor: "x",
    url: "https://a.example",
  });
  expect(outcome.error?.issues.map(({ path }) => path[0])).toEqual(["description"]);
  expect(performance.now() - begin).toBeLessThan(1_500);
});
