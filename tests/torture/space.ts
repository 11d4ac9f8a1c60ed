import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { settle } from "#tests/bench/journey.ts";
import { refreshes, type Operation } from "#tests/bench/load.ts";
import { makeAccounts, registerApplication } from "#tests/bench/targets.ts";
import { query } from "#tests/harness/database.ts";
import { INSERT_EXPIRED_ARTIFACTS } from "#tests/harness/expired-artifacts.ts";
import { folderMegabytes } from "#tests/harness/folder-megabytes.ts";
import { startServer, type TestServer } from "#tests/harness/server.ts";
import { readCount, type Finding } from "#tests/torture/finding.ts";

const ROUNDS = 10;
/**
 * Few, so that each grant reaches its token limit (decision 32) in the first round. After that, rows are
 * deleted as fast as they are added.
 */
const CONNECTIONS = 2;
/** Rows in one statement. */
const BATCH = 1_000;
/** PostgreSQL keeps up to `max_wal_size` of its log, and the segments that it is writing. */
const LOG_MEGABYTES = 64 + 2 * 16;

/** Sizes in megabytes, after each round. */
type Sizes = { base: number; log: number };

const sizesOf = (dataDir: string): Sizes => ({
  base: folderMegabytes(join(dataDir, "database/base")),
  log: folderMegabytes(join(dataDir, "database/pg_wal")),
});

/**
 * Runs ten rounds of TORTURE_SWEPT_ROWS (400,000) swept rows and ten of TORTURE_REFRESHES (20,000) refreshes
 * on embedded databases. Their folders must not grow after the second round of each, while the server
 * reclaims their space every few seconds.
 */
export async function space(): Promise<Finding[]> {
  return [await inFolder(sweepInRounds), await inFolder(refreshInRounds)];
}

async function inFolder(work: (dataDir: string) => Promise<Finding>): Promise<Finding> {
  const dataDir = mkdtempSync(join(tmpdir(), "legrand-connect-torture-"));
  try {
    return await work(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Deletes like the sweep (lib/legrand/authorization-server/expired-artifacts.store.ts). */
const SWEEP =
  "DELETE FROM legrand_artifact WHERE digest IN (SELECT digest FROM legrand_artifact WHERE expires_at < now() - interval '1 day' ORDER BY expires_at LIMIT $1::int)";

async function sweepInRounds(dataDir: string): Promise<Finding> {
  const rows = readCount("TORTURE_SWEPT_ROWS", 400_000);
  return inRounds(`${rows} swept rows`, dataDir, async () => {
    for (let left = rows; left > 0; left -= BATCH)
      await query(INSERT_EXPIRED_ARTIFACTS, Math.min(left, BATCH));
    for (let left = rows; left > 0; left -= BATCH) await query(SWEEP, BATCH);
  });
}

async function refreshInRounds(dataDir: string): Promise<Finding> {
  const count = readCount("TORTURE_REFRESHES", 20_000);
  let operations: Operation[] | null = null;
  return inRounds(`${count} refreshes`, dataDir, async (server) => {
    operations ??= await begin(server);
    await Promise.all(operations.map((operation) => repeat(operation, count / CONNECTIONS)));
  });
}

async function begin(server: TestServer): Promise<Operation[]> {
  const target = await registerApplication(server);
  const nextEmail = await makeAccounts(CONNECTIONS);
  return refreshes(
    target,
    await Promise.all(Array.from({ length: CONNECTIONS }, () => settle(target, nextEmail()))),
  );
}

async function inRounds(
  what: string,
  dataDir: string,
  work: (server: TestServer) => Promise<void>,
): Promise<Finding> {
  const server = await startServer({ DATA_DIR: dataDir });
  process.env.TEST_CONTROL_PORT = String(server.controlPort);
  try {
    const sizes: Sizes[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      await work(server);
      sizes.push(note(what, round, dataDir));
    }
    return judge(`${ROUNDS} × ${what}, embedded: base and pg_wal do not grow`, sizes);
  } finally {
    await server.stop();
  }
}

async function repeat(operation: Operation, times: number): Promise<void> {
  for (let done = 0; done < times; done++) await operation();
}

function note(what: string, round: number, dataDir: string): Sizes {
  const sizes = sizesOf(dataDir);
  console.log(`  round ${round} of ${what}: base ${sizes.base} MB, pg_wal ${sizes.log} MB`);
  return sizes;
}

/** The first two rounds determine the size that one round needs. */
function judge(rule: string, sizes: Sizes[]): Finding {
  const [first, second, ...later] = sizes;
  const before = Math.max(first!.base, second!.base);
  const most: Sizes = {
    base: Math.max(...later.map(({ base }) => base)),
    log: Math.max(...later.map(({ log }) => log)),
  };
  const held = most.base <= before * 1.2 && most.log <= LOG_MEGABYTES;
  return {
    rule,
    found: `base ${before} MB after 2 rounds, ${most.base} MB at most later; pg_wal ${most.log} MB at most`,
    held,
  };
}
