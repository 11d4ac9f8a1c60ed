import { cpus } from "node:os";

import { firstByteTimes } from "#tests/bench/consent-page.ts";
import { settle } from "#tests/bench/journey.ts";
import { rate, refreshes } from "#tests/bench/load.ts";
import { OPENID_SCOPE } from "#tests/bench/oauth-client.ts";
import { quantile } from "#tests/bench/statistics.ts";
import { residentMegabytes } from "#tests/bench/resident-memory.ts";
import { makeAccounts, registerApplication } from "#tests/bench/targets.ts";
import { startServer, type TestServer } from "#tests/harness/server.ts";

const CONNECTIONS = 32;
const ROUNDS = 3;
const SECONDS = Number(process.env.BENCH_SECONDS || 8);
const ACCOUNTS = 1_000;
const VISITS_AT_REST = 300;
/** More than fit into the time of a round. The visits end together with the load. */
const VISITS = 10_000;

/** The times of the consent page in milliseconds, and how many refreshes a second ran beside it. */
type Round = { atRest: number[]; underLoad: number[]; refreshesPerSecond: number };

/**
 * Measures the first byte of the consent page on a new embedded database: at rest, and while 32 connections
 * refresh without a pause. One person opens the page again and again. Prints a table.
 */
export async function benchConsentUnderLoad(): Promise<void> {
  const server = await startServer();
  try {
    process.env.TEST_CONTROL_PORT = String(server.controlPort);
    const rounds = await measure(server);
    console.log(`\n${toTable(rounds, residentMegabytes(server.process.pid!))}\n`);
  } finally {
    await server.stop();
  }
}

async function measure(server: TestServer): Promise<Round[]> {
  const target = { ...(await registerApplication(server)), scope: OPENID_SCOPE };
  const nextEmail = await makeAccounts(ACCOUNTS);
  const people = await Promise.all(Array.from({ length: CONNECTIONS }, () => settle(target, nextEmail())));
  const operations = await refreshes(target, people);
  await rate(operations, SECONDS / 2);
  const rounds: Round[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const atRest = await firstByteTimes(target, nextEmail(), VISITS_AT_REST);
    const end = new AbortController();
    const visits = firstByteTimes(target, nextEmail(), VISITS, end.signal);
    const refreshesPerSecond = await rate(operations, SECONDS);
    end.abort();
    rounds.push({ atRest, underLoad: await visits, refreshesPerSecond });
  }
  return rounds;
}

function toTable(rounds: Round[], megabytes: number): string {
  const row = (name: string, times: number[]) =>
    `| ${name} | ${[0.5, 0.95, 0.99].map((share) => quantile(times, share).toFixed(1)).join(" | ")} | ${times.length} |`;
  return [
    `${CONNECTIONS} connections refresh, ${ROUNDS} rounds of ${SECONDS} s; ${cpus().length} cores shared with the load generator; Node ${process.version}`,
    "",
    "| consent page, first byte, ms | median | p95 | p99 | visits |",
    "| --- | --: | --: | --: | --: |",
    row(
      "at rest",
      rounds.flatMap(({ atRest }) => atRest),
    ),
    row(
      "while 32 connections refresh",
      rounds.flatMap(({ underLoad }) => underLoad),
    ),
    "",
    `Refreshes a second: ${rounds.map(({ refreshesPerSecond }) => refreshesPerSecond.toFixed(0)).join(", ")}. Resident at the end of the load: ${megabytes.toFixed(0)} MB.`,
  ].join("\n");
}
