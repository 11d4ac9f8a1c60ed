import { readFileSync } from "node:fs";

import { beforeAll, describe, expect, test } from "vitest";

import { describeCompatibility, isAsExpected, tryProgram, withoutDates, type Result } from "#tests/protocol/compatibility/describe-compatibility.ts";
import { areLibrariesSkipped, installLibraries, SKIPPED } from "#tests/protocol/compatibility/install-libraries.ts";
import type { Program } from "#tests/protocol/compatibility/program.ts";
import { PROGRAMS } from "#tests/protocol/compatibility/programs.ts";
import { runProgram } from "#tests/protocol/compatibility/run-program.ts";

const PAGE = "docs/compatibility.md";
const results = new Map<Program, Result>();

beforeAll(async () => {
  if (!areLibrariesSkipped()) await installLibraries();
});

describe("Programs that this project did not write (docs/compatibility.md)", () => {
  // Many at once load many packages: a slow machine is no failure.
  test.concurrent.for(PROGRAMS)("$name: $does", { timeout: 120_000 }, async (program, { skip }) => {
    if (program.isLibrary && areLibrariesSkipped()) skip(SKIPPED);
    const result = await tryProgram(program);
    results.set(program, result);
    expect(isAsExpected(result), result.failure ?? "It works by now.").toBe(true);
  });

  test.concurrent.for(PROGRAMS.filter(({ settings }) => Object.keys(settings).length))("$name needs its setting", async (program) => {
    await expect(runProgram(await program.load())).rejects.toThrow(/former refresh token|finds nothing in/);
  });

  test("docs/compatibility.md says what came of it, except for dates", ({ skip }) => {
    if (areLibrariesSkipped()) skip(SKIPPED);
    const page = describeCompatibility(PROGRAMS.map((program) => results.get(program)!), "date");
    expect(withoutDates(readFileSync(PAGE, "utf8")), "npm run compatibility writes it.").toBe(withoutDates(page));
  });
});
