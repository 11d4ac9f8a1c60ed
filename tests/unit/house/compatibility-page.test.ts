import { expect, test } from "vitest";

import {
  describeCompatibility,
  isAsExpected,
  withoutDates,
  type Result,
} from "#tests/protocol/compatibility/describe-compatibility.ts";
import type { Program } from "#tests/protocol/compatibility/program.ts";

const program = (more: Partial<Program> = {}): Program => ({
  name: "warm",
  version: "1.2.3",
  does: "Reads | writes",
  settings: {},
  isLibrary: true,
  load: () => Promise.reject(new Error("not run")),
  ...more,
});
const works = (more?: Partial<Program>): Result => ({ program: program(more), steps: ["code", "PKCE"] });
const fails = (more?: Partial<Program>): Result => ({
  program: program(more),
  steps: [],
  failure: "The API answered\n403",
});

const rowOf = (result: Result) =>
  describeCompatibility([result], "2026-11-30")
    .split("\n")
    .find((line) => line.startsWith("| warm"));

test.each<[title: string, result: Result, row: string]>([
  [
    "a program that works has the steps that it did",
    works(),
    "| warm | 1.2.3 | Reads \\| writes | code, PKCE | works | as it is |",
  ],
  [
    "its settings are in the words of the editor",
    works({ settings: { refreshPolicy: "former", activationTime: "with_offset" } }),
    "| warm | 1.2.3 | Reads \\| writes | code, PKCE | works | refresh tokens: *former tokens*, `activationTime`: *with offset* |",
  ],
  [
    "a program that fails has what failed, in one line",
    fails(),
    "| warm | 1.2.3 | Reads \\| writes | – | does not work: The API answered 403 | as it is |",
  ],
  [
    "a known failure has its reason",
    fails({ fails: "it reads the wrong end." }),
    "| warm | 1.2.3 | Reads \\| writes | – | does not work: it reads the wrong end. | as it is |",
  ],
])("%s", (_title, result, row) => {
  expect(rowOf(result)).toBe(row);
});

test("a program is as expected if it works, or fails with a reason in the table", () => {
  expect([works(), fails(), works({ fails: "why" }), fails({ fails: "why" })].map(isAsExpected)).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test("pages of two days differ only in the date", () => {
  const [monday, tuesday] = ["2026-11-30", "2026-12-01"].map((date) =>
    describeCompatibility([works()], date),
  );
  expect(monday).not.toBe(tuesday);
  expect(withoutDates(monday!)).toBe(withoutDates(tuesday!));
  expect(withoutDates(describeCompatibility([works({ version: "1.2.4" })], "2026-11-30"))).not.toBe(
    withoutDates(monday!),
  );
});
