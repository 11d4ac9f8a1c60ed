import { describe, expect, test } from "vitest";

import { COUNTRIES } from "#lib/legrand/accounts/countries.ts";
import { emailSchema, fieldErrorsOf, personSchema } from "#lib/legrand/accounts/person-schema.ts";

const PERSON = { given_name: "Zoë", family_name: "Łukasiewicz-O’Neill", country: "PL" };
const parse = (more: object) => personSchema.safeParse({ ...PERSON, ...more });

describe("a name", () => {
  test("is trimmed and composed (NFC)", () => {
    expect(parse({ given_name: "  Zoe\u0308 " }).data).toEqual(PERSON);
  });

  test.each(["李", "محمد", "می\u200cخواهم", "Ad", "d’Artagnan", "von und zu", "X Æ A-12"])(
    "may be in any script: %s",
    (given_name) => {
      expect(parse({ given_name }).success).toBe(true);
    },
  );

  test.each([
    ["nothing", ""],
    ["white space", " \u00a0 "],
    ["a joiner", "\u200d"],
    ["digits", "4711"],
    ["a line break", "Zoë\r\nBcc: a@example.com"],
    ["a separator of lines", "Zoë\u2028x"],
    ["a control character", "Zo\u0007ë"],
    ["an override of direction (Unicode TR 36)", "Zoë\u202egro.live"],
    ["an isolate", "\u2066Zoë"],
    ["a mark of direction", "Zoë\u200f"],
    ["a space without width", "Zo\u200bë"],
    ["a byte order mark", "Zo\ufeffë"],
    ["more than 100 characters", "x".repeat(101)],
  ])("is refused with %s", (_case, given_name) => {
    const { error } = parse({ given_name });
    expect(fieldErrorsOf(error!).given_name).toMatch(/given name/);
  });

  test.each(["", "  ", undefined])("is complete without a surname: %j (issue 11, 16)", (family_name) => {
    expect(parse({ family_name }).data).toEqual({ ...PERSON, family_name: "" });
  });

  test.each(["4711", "Zoë\u202egro.live", "x".repeat(101)])(
    "applies the same rules to a surname: %j",
    (family_name) => {
      expect(fieldErrorsOf(parse({ family_name }).error!).family_name).toMatch(/surname/);
    },
  );

  test("is measured in characters and not in UTF-16 units", () => {
    expect(parse({ given_name: "𠮷".repeat(100) }).success).toBe(true);
    expect(parse({ given_name: "𠮷".repeat(101) }).success).toBe(false);
  });

  test("may have 100 characters", () => {
    expect(parse({ given_name: "x".repeat(100) }).success).toBe(true);
  });
});

describe("a country", () => {
  test("is one of the 249 of ISO 3166-1, each with a name: the likely ones first, then the others by name (issue 14)", () => {
    expect(COUNTRIES).toHaveLength(249);
    expect(new Set(COUNTRIES.map(({ code }) => code)).size).toBe(249);
    for (const { code, name } of COUNTRIES) expect(name).not.toBe(code);
    expect(COUNTRIES.find(({ code }) => code === "FR")?.name).toBe("France");
    expect(COUNTRIES.slice(0, 3).map(({ name }) => name)).toEqual(["France", "Italy", "Belgium"]);
    const others = COUNTRIES.filter(({ isLikely }) => !isLikely).map(({ name }) => name);
    expect(others[0]).toBe("Afghanistan");
    expect(others).toEqual([...others].sort((a, b) => a.localeCompare(b, "en")));
    expect(COUNTRIES.slice(COUNTRIES.length - others.length).map(({ name }) => name)).toEqual(others);
  });

  test.each(["", "fr", "XX", "ZZ", "FRA", "France", undefined])("is not %j", (country) => {
    expect(fieldErrorsOf(parse({ country }).error!)).toEqual({ country: "Choose your country" });
  });
});

describe("an e-mail address", () => {
  test.each([
    [" Camille@Example.COM ", "camille@example.com"],
    ["a+b.c@sub.example.org", "a+b.c@sub.example.org"],
    ["name@münchen.example", "name@xn--mnchen-3ya.example"],
    ["Name@MÜNCHEN.Example", "name@xn--mnchen-3ya.example"],
    ["a@例え。テスト", "a@xn--r8jz45g.xn--zckzah"],
  ])("%j is %s", (typed, email) => {
    expect(emailSchema.parse(typed)).toBe(email);
  });

  test.each([
    "",
    "camille",
    "camille@",
    "@example.com",
    "a b@example.com",
    "a@example.com, b@example.com",
    "a@example.com\r\nBcc: b@example.com",
    "Camille <a@example.com>",
    `${"x".repeat(250)}@example.com`,
    "josé@example.com",
    "a@münchen .example",
    "a@münchen.example/x",
    "a@①",
    null,
  ])("refuses %j", (typed) => {
    expect(emailSchema.safeParse(typed).success).toBe(false);
  });
});

test("reports all problems at once, the first one of each field", () => {
  expect(fieldErrorsOf(personSchema.safeParse({}).error!)).toEqual({
    given_name: "Enter your given name",
    country: "Choose your country",
  });
});
