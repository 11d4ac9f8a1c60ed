import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { accountPageCosts } from "#tests/bench/account-page.ts";
import { atEnd } from "#tests/bench/clean-up.ts";
import { firstByteTimes, transferredBytes } from "#tests/bench/consent-page.ts";
import { toAims, toTable, type Figures } from "#tests/bench/groups/journeys-report.ts";
import { journey } from "#tests/bench/journey.ts";
import { rate } from "#tests/bench/load.ts";
import {
  DATABASE_NAMES,
  describeRun,
  NO_POSTGRES,
  startBenchPostgres,
} from "#tests/bench/measure-compared.ts";
import type { DatabaseKind } from "#tests/bench/parse-arguments.ts";
import { CONNECTIONS, ROUNDS, say, SECONDS } from "#tests/bench/settings.ts";
import { median, quantile } from "#tests/bench/statistics.ts";
import { makeAccounts, makeHomes, registerApplication } from "#tests/bench/targets.ts";
import { startServer, type TestServer } from "#tests/harness/server.ts";

const PAGE_VISITS = 100;
const ACCOUNTS = 20_000;

/**
 * Measures whole journeys, the account page, the consent page and starts of this checkout, with rows that a
 * control server adds. Prints a table and the aims for each database.
 */
export async function benchJourneys(databases: DatabaseKind[]): Promise<void> {
  for (const database of databases) {
    const settings = await settingsFor(database);
    if (!settings) {
      console.log(`\n${NO_POSTGRES}\n`);
      continue;
    }
    say(`Journeys, ${DATABASE_NAMES[database]}`);
    const { server, start } = await startTwice(settings);
    const figures = await measure(server, start, database);
    await server.stop();
    console.log(
      `\n## Journeys, ${DATABASE_NAMES[database]}\n\n${toTable(figures)}\n\n${toAims(figures)}\n\n${describeRun()}\n`,
    );
  }
}

/** Returns the environment of a server with its own data folder, or null if there is no PostgreSQL. */
async function settingsFor(database: DatabaseKind): Promise<Record<string, string> | null> {
  const folder = mkdtempSync(join(tmpdir(), "legrand-connect-bench-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  if (database === "embedded") return { DATA_DIR: folder };
  const postgres = await startBenchPostgres();
  if (!postgres) return null;
  const secrets: NodeJS.ProcessEnv = { NODE_ENV: "production" };
  completeSecrets(secrets, folder, false);
  return {
    ...(secrets as Record<string, string>),
    DATA_DIR: folder,
    DATABASE_URL: await postgres.createDatabase("journeys"),
  };
}

/** Starts a server twice, first on an empty database. The second server keeps running. */
async function startTwice(
  settings: Record<string, string>,
): Promise<{ server: TestServer; start: Figures["start"] }> {
  const [former, first] = await timed(() => startServer(settings));
  await former.stop();
  const [server, second] = await timed(() => startServer(settings));
  atEnd(server.stop);
  process.env.TEST_CONTROL_PORT = String(server.controlPort);
  return { server, start: { first, second } };
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begin = performance.now();
  const result = await work();
  return [result, (performance.now() - begin) / 1000];
}

async function measure(
  server: TestServer,
  start: Figures["start"],
  database: DatabaseKind,
): Promise<Figures> {
  const target = await registerApplication(server);
  const nextEmail = await makeAccounts(ACCOUNTS);
  await makeHomes();
  // Statements are counted at the embedded database.
  const accountPage = database === "embedded" ? await accountPageCosts(target.issuer) : null;
  const journeys = Array.from({ length: CONNECTIONS }, () => () => journey(target, nextEmail()));
  const rates: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) rates.push(await rate(journeys, SECONDS));
  const times = await firstByteTimes(target, nextEmail(), PAGE_VISITS);
  return {
    accountPage,
    journeys: median(rates),
    start,
    firstByte: { median: median(times), p95: quantile(times, 0.95) },
    consentBytes: await transferredBytes(target, nextEmail()),
  };
}
