import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { digest } from "#lib/crypto/digest.ts";
import { Connection } from "#tests/bench/http-client.ts";
import { settle } from "#tests/bench/journey.ts";
import type { Person } from "#tests/bench/load.ts";
import { authorizeUrl, readCode, redeemCode, refresh, type Target } from "#tests/bench/oauth-client.ts";
import { makeAccounts, registerApplication } from "#tests/bench/targets.ts";
import { query } from "#tests/harness/database.ts";
import { freePort, startServer, type TestServer } from "#tests/harness/server.ts";
import { readCount, type Finding } from "#tests/torture/finding.ts";

const WORKERS = 8;
/** How long the load lasts before a kill: long enough to be in full progress, short enough for many kills. */
const LOAD_MS = { least: 500, most: 2_500 };

/**
 * What the answers so far have promised: these tokens are stored, and these are spent. Both as digests, as
 * the database stores them.
 */
type Promised = { stored: string[]; spent: string[] };

/**
 * Kills the server with SIGKILL under load, TORTURE_KILLS times, on one embedded database. Every start has to
 * work, and everything that was answered has to be stored: a token pair that a client received, the code or
 * token that it spent for the pair, and every session.
 */
export async function killLoop(): Promise<Finding[]> {
  const kills = readCount("TORTURE_KILLS", 10);
  const settings = {
    DATA_DIR: mkdtempSync(join(tmpdir(), "legrand-connect-torture-")),
    PORT: String(await freePort()),
  };
  const promised: Promised = { stored: [], spent: [] };
  const starts: number[] = [];
  let server = await start(settings, starts);
  try {
    const target = await registerApplication(server);
    const nextEmail = await makeAccounts(WORKERS);
    const people = await Promise.all(Array.from({ length: WORKERS }, () => settle(target, nextEmail())));
    people.forEach(({ browser }) => browser.connection.close());
    let lost = 0;
    for (let kill = 1; kill <= kills; kill++) {
      await killUnderLoad(server, target, people, promised);
      server = await start(settings, starts);
      lost += await countLost(promised);
      console.log(
        `  kill ${kill}: ${promised.stored.length} answers so far, ${lost} lost, started again in ${starts.at(-1)!.toFixed(1)} s`,
      );
    }
    return [
      {
        rule: `${kills} × SIGKILL under load, embedded: nothing that was answered is lost`,
        found: `${promised.stored.length} answers, ${lost} lost`,
        held: lost === 0 && promised.stored.length > 0,
      },
      {
        rule: "every start after a kill works",
        found: `${starts.length - 1} of ${kills}, in ${Math.max(...starts).toFixed(1)} s at most`,
        held: starts.length - 1 === kills,
      },
    ];
  } finally {
    await server.stop();
    rmSync(settings.DATA_DIR, { recursive: true, force: true });
  }
}

async function start(settings: Record<string, string>, starts: number[]): Promise<TestServer> {
  const begin = performance.now();
  const server = await startServer(settings);
  starts.push((performance.now() - begin) / 1000);
  process.env.TEST_CONTROL_PORT = String(server.controlPort);
  return server;
}

async function killUnderLoad(
  server: TestServer,
  target: Target,
  people: Person[],
  promised: Promised,
): Promise<void> {
  const ended = once(server.process, "exit");
  let isKilled = false;
  const load = Promise.all(people.map((person) => work(target, person, promised, () => isKilled)));
  await sleep(LOAD_MS.least + Math.random() * (LOAD_MS.most - LOAD_MS.least));
  isKilled = true;
  server.process.kill("SIGKILL");
  await Promise.all([ended, load]);
}

/**
 * Repeats a code, its redemption and two refreshes, and records each answer. Ends with the server. Throws if
 * an answer before that is wrong.
 */
async function work(
  target: Target,
  { session }: Person,
  promised: Promised,
  isKilled: () => boolean,
): Promise<void> {
  const connection = new Connection();
  try {
    while (!isKilled()) {
      const code = readCode(
        await connection.send(authorizeUrl(target), { cookie: session, headers: { accept: "text/html" } }),
      );
      let token = note(promised, code, await redeemCode(connection, target, code));
      for (let one = 0; one < 2; one++)
        token = note(promised, token, await refresh(connection, target, token));
    }
  } catch (error) {
    if (!isKilled()) throw error;
  } finally {
    connection.close();
  }
}

function note(promised: Promised, spent: string, stored: string): string {
  promised.spent.push(digest(spent));
  promised.stored.push(digest(stored));
  return stored;
}

/** Returns how many of the promises the database does not keep. */
async function countLost({ stored, spent }: Promised): Promise<number> {
  const [row] = await query<{ stored: number; spent: number }>(
    `SELECT
    (SELECT count(*)::int FROM legrand_artifact WHERE digest = ANY($1::text[])) AS stored,
    (SELECT count(*)::int FROM legrand_artifact WHERE digest = ANY($2::text[]) AND consumed_at IS NOT NULL) AS spent`,
    stored,
    spent,
  );
  return stored.length - row!.stored + spent.length - row!.spent;
}
