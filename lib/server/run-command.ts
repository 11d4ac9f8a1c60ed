import { loadEnvironment } from "#lib/server/load-environment.ts";
import { completeSecrets } from "#lib/server/secrets.ts";

/** Runs a command of the operator with the settings and the secrets of the server: prints what it has to say, and ends with 0 when it did what was asked. */
export async function runCommand(work: () => Promise<{ lines: string[]; isDone: boolean }>): Promise<void> {
  try {
    loadEnvironment();
    const missing = completeSecrets(process.env, process.env.DATA_DIR || ".data", Boolean(process.env.DATABASE_URL));
    if (missing.length) throw new Error(`With DATABASE_URL these have to be set, the same as for the server: ${missing.join(", ")}`);
    const { lines, isDone } = await work();
    console.log(lines.join("\n"));
    process.exitCode = isDone ? 0 : 1;
  } catch (error) {
    const problems = error instanceof Error && "problems" in error ? (error.problems as string[]) : [error instanceof Error ? error.message : String(error)];
    console.error(problems.join("\n"));
    process.exitCode = 1;
  }
}
