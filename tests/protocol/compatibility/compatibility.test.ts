import { readFileSync } from "node:fs";

import { beforeAll, describe, expect, test } from "vitest";

import {
  describeCompatibility,
  isAsExpected,
  tryProgram,
  withoutDates,
  type Result,
} from "#tests/protocol/compatibility/describe-compatibility.ts";
import {
  areLibrariesSkipped,
  installLibraries,
  SKIPPED,
} from "#tests/protocol/compatibility/install-libraries.ts";
import type { Program } from "#tests/protocol/compatibility/program.ts";
import { PROGRAMS } from "#tests/protocol/compatibility/programs.ts";
import { runProgram } from "#tests/protocol/compatibility/run-program.ts";

const PAGE = "docs/compatibility.md";
const results = new Map<Program, Result>();
/** Why the tests with libraries are left out, or null. */
let leftOut: string | null = areLibrariesSkipped() ? SKIPPED : null;
let failure: Error | undefined;

beforeAll(async () => {
  if (leftOut) return;
  // One failed test says it. The programs that need no library run.
  await installLibraries().catch((error: unknown) => {
    failure = error as Error;
    leftOut = "The client libraries are not installed.";
  });
});

const needsSetting = ({ settings }: Program) => Object.keys(settings).length > 0;

describe("Programs that this project did not write (docs/compatibility.md)", () => {
  test("the client libraries are installed (decision 52)", () => {
    if (failure) throw failure;
  });

  // Many at once load many packages: a slow machine is no failure.
  test.concurrent.for(PROGRAMS)("$name: $does", { timeout: 120_000 }, async (program, { skip }) => {
    if (program.isLibrary && leftOut) skip(leftOut);
    const result = await tryProgram(program);
    results.set(program, result);
    expect(isAsExpected(result), result.failure ?? "It works by now.").toBe(true);
  });

  test.concurrent.for(PROGRAMS.filter(needsSetting))("$name needs its setting", async (program) => {
    await expect(runProgram(await program.load())).rejects.toThrow(/former refresh token|finds nothing in/);
  });

  test("docs/compatibility.md says what came of it, except for dates", ({ skip }) => {
    if (leftOut) skip(leftOut);
    const page = describeCompatibility(
      PROGRAMS.map((program) => results.get(program)!),
      "date",
    );
    expect(withoutDates(readFileSync(PAGE, "utf8")), "npm run compatibility writes it.").toBe(
      withoutDates(page),
    );
  });
});
