import type { Program, Settings } from "#tests/protocol/compatibility/program.ts";
import { runProgram, type Step } from "#tests/protocol/compatibility/run-program.ts";

/** A program and what came of its run: the steps that it did, or why it failed. */
export type Result = { program: Program; steps: Step[]; failure?: string };

/** Runs a program. A program that fails is a result, too. */
export async function tryProgram(program: Program): Promise<Result> {
  try {
    return { program, steps: await runProgram(await program.load(), program.settings) };
  } catch (error) {
    return { program, steps: [], failure: error instanceof Error ? error.message : String(error) };
  }
}

/** True if it works, or fails as it is known to fail. */
export const isAsExpected = ({ program, failure }: Result): boolean =>
  (failure === undefined) === (program.fails === undefined);

function describeSettings({ refreshPolicy, activationTime }: Settings): string {
  const needed = [
    refreshPolicy && "refresh tokens: *former tokens*",
    activationTime && "`activationTime`: *with offset*",
  ].filter(Boolean);
  return needed.join(", ") || "as it is";
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");

function describeResult({ program, failure }: Result): string {
  if (failure === undefined) return "works";
  return `does not work: ${program.fails ?? failure}`;
}

function row(result: Result): string {
  const { name, version, does, settings } = result.program;
  return `| ${[name, version, does, result.steps.join(", ") || "–", describeResult(result), describeSettings(settings)].map(cell).join(" | ")} |`;
}

const table = (first: string, results: Result[]) =>
  [
    `| ${first} | version | what it does | what it was seen to do | result | application setting |`,
    "|---|---|---|---|---|---|",
    ...results.map(row),
  ].join("\n");

/**
 * `docs/compatibility.md`: every program, its version, what it does, and what came of it. `date` is the day
 * of the run, `YYYY-MM-DD`.
 */
export function describeCompatibility(results: Result[], date: string): string {
  const libraries = results.filter(({ program }) => program.isLibrary);
  const programs = results.filter(({ program }) => !program.isLibrary);
  return `# Compatibility

Written by \`npm run compatibility\` on ${date}. \`npm test\` runs the same programs and fails if this page would differ in anything but the date.

Each program connects to the sandbox with an application of its own. A person signs in and accepts. Every access token that the program gets is used
at the Smarther API, the one after the refresh too. *What it was seen to do* comes from its requests and from the tokens that it had at the end:
*PKCE* means \`S256\`, *scope* that it asked for scopes, *ID token* that the library accepted it and it names that person, *revocation* that the revoked token is not active any more.

The last column is what the application needs on the page **Compatibility** of its editor
([decision 48](decisions/0048-settings-of-an-application-for-programs-of-the-field.md)). Programs that need a setting fail without it.

## Client libraries

${table("library", libraries)}

## Programs written for the Legrand cloud

These are requests that behave like the program at that commit. The programs themselves do not run here.

${table("program", programs)}
`;
}

/** The page without its dates. */
export const withoutDates = (page: string): string => page.replaceAll(/\d{4}-\d{2}-\d{2}/g, "date");
