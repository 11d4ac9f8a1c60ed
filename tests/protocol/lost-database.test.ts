import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { openEmbedded } from "#lib/db/open.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { endDatabase, query } from "#tests/harness/database.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";

const SECONDS = 60_000;
const CALLERS = 4;
const SENTENCE =
  "The embedded database ended unexpectedly, so this process ends too. What was committed is kept. Start it again.";

const folder = mkdtempSync(join(tmpdir(), "legrand-connect-"));
beforeAll(() => putMigratedDatabase(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const server = ownServer(() => ({ DATA_DIR: folder, STOP_DELAY_SECONDS: "2" }));

/** Sends requests that need the database, until the server stops listening. Adds the status of each. */
async function callUntilRefused(statuses: number[]): Promise<void> {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id: crypto.randomUUID() });
  for (;;) {
    const answer = await fetch(`${server().origin}/legrand/token`, { method: "POST", body }).catch(
      () => null,
    );
    if (!answer) return;
    await answer.text();
    statuses.push(answer.status);
  }
}

/** Commits one row after the other until that fails. Returns the names that were acknowledged. */
async function commitUntilLost(): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let count = 0; ; count++) {
    const name = `committed-${count}`;
    const done = await query(
      "INSERT INTO connect_user (id, name) VALUES (gen_random_uuid(), $1)",
      name,
    ).catch(() => null);
    if (!done) return acknowledged;
    acknowledged.push(name);
  }
}

test(
  "if the thread of the embedded database ends under load, everything that waits is answered by 503, /readyz too, and the process ends with 1, a sentence and no lock; nothing that was committed is lost (decision 54)",
  { timeout: SECONDS },
  async () => {
    const { origin, process: child } = server();
    let stderr = "";
    child.stderr!.on("data", (chunk: Buffer) => (stderr += String(chunk)));
    const ended = once(child, "exit");
    const callers = Array.from({ length: CALLERS }, (): number[] => []);
    const calls = Promise.all(callers.map(callUntilRefused));
    const commits = commitUntilLost();
    await expect
      .poll(async () => (await query("SELECT 1 FROM connect_user")).length, { timeout: SECONDS / 2 })
      .toBeGreaterThan(10);
    await expect.poll(() => callers.every(({ length }) => length > 0), { timeout: SECONDS / 2 }).toBe(true);
    await endDatabase();
    const readiness = await fetch(`${origin}/readyz`);
    expect([readiness.status, await readiness.json()]).toEqual([503, { ready: false, failed: "stopping" }]);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect(await ended).toEqual([1, null]);
    expect(stderr).toContain(`${SENTENCE}\n`);
    await calls;
    for (const statuses of callers) {
      const lostAt = statuses.indexOf(503);
      expect(lostAt).toBeGreaterThan(0);
      expect(new Set(statuses.slice(0, lostAt))).toEqual(new Set([401]));
      expect(new Set(statuses.slice(lostAt))).toEqual(new Set([503]));
    }
    expect(readdirSync(folder)).not.toContain("lock");
    const acknowledged = await commits;
    const again = await openEmbedded(folder, (_sentence, work) => work());
    const names = (await again.client.user.findMany({ select: { name: true } })).map(({ name }) => name);
    await again.close();
    expect(acknowledged.length).toBeGreaterThan(5);
    expect(names).toEqual(expect.arrayContaining(acknowledged));
  },
);
