import { loadEnvironment } from "#lib/server/boot/load-environment.ts";
import { completeSecrets } from "#lib/server/boot/secrets.ts";

/** The result of a command: its closing lines, and whether it did what was asked. */
export type CommandOutcome = { lines: string[]; isDone: boolean };

/** Runs an operator's command with the settings and secrets of the server, which `requireSecrets` reads. */
export function runCommand(work: () => Promise<CommandOutcome>): Promise<void> {
  return reportOutcome(() => {
    requireSecrets();
    return work();
  });
}

/** Reads the secrets of the server into the environment. Throws an error that names the missing ones. */
export function requireSecrets(): void {
  const missing = completeSecrets(
    process.env,
    process.env.DATA_DIR || ".data",
    Boolean(process.env.DATABASE_URL),
  );
  if (missing.length)
    throw new Error(
      `With DATABASE_URL, these variables must be set, the same as for the server: ${missing.join(", ")}`,
    );
}

/**
 * Reads the settings, runs `work`, and prints its closing lines or its error. The exit code is 0 if the
 * command did what was asked, else 1.
 */
export async function reportOutcome(work: () => Promise<CommandOutcome>): Promise<void> {
  try {
    loadEnvironment();
    const { lines, isDone } = await work();
    console.log(lines.join("\n"));
    process.exitCode = isDone ? 0 : 1;
  } catch (error) {
    const problems =
      error instanceof Error && "problems" in error
        ? (error.problems as string[])
        : [error instanceof Error ? error.message : String(error)];
    console.error(problems.join("\n"));
    process.exitCode = 1;
  }
}
