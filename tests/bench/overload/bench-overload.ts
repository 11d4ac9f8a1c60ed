import { cpus } from "node:os";

import { measureOverload } from "#tests/bench/overload/measure-overload.ts";
import { judgeOverload, toOverloadTable } from "#tests/bench/overload/overload-report.ts";
import { startServer } from "#tests/harness/server.ts";

const ROUNDS = 2;
const SECONDS = Number(process.env.BENCH_SECONDS || 12);

/**
 * Measures 10, 40 and 200 sessions on a new embedded database, and prints a table. Returns the rules with the
 * results.
 */
export async function benchOverload(): Promise<ReturnType<typeof judgeOverload>> {
  const server = await startServer();
  try {
    process.env.TEST_CONTROL_PORT = String(server.controlPort);
    const stages = await measureOverload(server, ROUNDS, SECONDS, (text) => console.error(`  ${text}`));
    console.log(
      `\n${ROUNDS} rounds of ${SECONDS} s; ${cpus().length} cores shared with the load generator; Node ${process.version}\n\n${toOverloadTable(stages)}\n`,
    );
    return judgeOverload(stages);
  } finally {
    await server.stop();
  }
}
