import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import type { AccessTokenOutcome, AskedFor } from "#lib/connect/tokens/judge.ts";
import type { Timings } from "#lib/connect/tokens/timings.ts";

/** A process with the application's token code, on a PostgreSQL database. */
export type TokenCaller = {
  /** Lets that many callers in the process ask at once. Resolves with the outcome of each. */
  ask: (id: string, callers: number, asked?: AskedFor) => Promise<AccessTokenOutcome[]>;
  /** Kills the process with SIGKILL, so it cannot clean up. */
  kill: () => Promise<void>;
};

/**
 * Starts the process, with other timings if given. The `react-server` condition lets it load `server-only`
 * modules.
 */
export async function startTokenCaller(
  environment: Record<string, string>,
  timings: Partial<Timings> = {},
): Promise<TokenCaller> {
  const child = spawn(process.execPath, ["--conditions=react-server", "tests/factories/token-caller.ts"], {
    env: { ...process.env, ...environment, TEST_TIMINGS: JSON.stringify(timings) },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("The process has ended");
    return String(value);
  };
  if ((await nextLine()) !== "ready") throw new Error("The process did not start");
  return {
    ask: async (id, callers, asked) => {
      child.stdin.write(`${JSON.stringify({ id, callers, asked })}\n`);
      return JSON.parse(await nextLine()) as AccessTokenOutcome[];
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
