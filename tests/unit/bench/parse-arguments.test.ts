import { expect, test } from "vitest";

import { parseArguments } from "#tests/bench/parse-arguments.ts";

test("without arguments every group of the table runs on both databases", () => {
  expect(parseArguments([])).toEqual({
    groups: ["memory", "refresh", "pages", "growth", "journeys"],
    against: null,
    databases: ["embedded", "postgres"],
  });
});

test("--against leaves out the groups that measure this checkout only", () => {
  expect(parseArguments(["--against", "HEAD"])).toMatchObject({
    groups: ["memory", "refresh", "pages", "growth"],
    against: "HEAD",
  });
});

test("names choose groups, and --database chooses one database", () => {
  expect(parseArguments(["refresh", "growth", "--database", "postgres"])).toEqual({
    groups: ["refresh", "growth"],
    against: null,
    databases: ["postgres"],
  });
});

test.each([
  [["nothing"], "There is no group nothing."],
  [["peers", "--against", "HEAD"], "The group peers measures this checkout only."],
  [["--database", "sqlite"], "--database is embedded or postgres, not sqlite."],
])("refuses %j with a sentence", (args, sentence) => {
  expect(() => parseArguments(args)).toThrow(sentence);
});

test("--help asks for the usage", () => {
  expect(parseArguments(["--help"])).toBeNull();
});
