import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

const FILES = globSync(["{app,components,lib,prisma,tests}/**/*.{ts,tsx}"]).filter(
  (file) => !/node_modules|generated|raw-statements/.test(file),
);
const CALL = /\$(?:query|execute)RawUnsafe[<(]/;
const REASON = /^\s*\/\/ .*\bstatements?\b/;
const LINES_ABOVE = 3;

/** Returns the lines that call an unsafe method without a comment about the statement just above. */
function unexplainedIn(text: string): string[] {
  const lines = text.split("\n");
  return lines.filter(
    (line, index) =>
      CALL.test(line) &&
      !lines.slice(Math.max(0, index - LINES_ABOVE), index).some((above) => REASON.test(above)),
  );
}

test("each $queryRawUnsafe has a comment that says why the statement is no template", () => {
  const unexplained = FILES.filter((file) => unexplainedIn(readFileSync(file, "utf8")).length > 0);
  expect(unexplained).toEqual([]);
});

test("a call without the comment is found", () => {
  const call = "await client.$queryRawUnsafe<Row[]>(sql);";
  expect(unexplainedIn(call)).toEqual([call]);
  expect(unexplainedIn(`// Reads the rows.\n${call}`)).toEqual([call]);
  expect(unexplainedIn(`// The statement names a table, which varies.\n${call}`)).toEqual([]);
  expect(unexplainedIn("await client.$queryRaw`SELECT 1`;")).toEqual([]);
});
