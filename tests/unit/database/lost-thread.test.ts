import { readdirSync } from "node:fs";

import { describe, expect, onTestFinished, test } from "vitest";

import type { Database } from "#lib/db/client.ts";
import { openEmbedded, type Step } from "#lib/db/open.ts";
import { isDatabaseFailure } from "#lib/http/database-failure.ts";
import { countDatabaseThreads, endDatabaseThread } from "#tests/harness/database-thread.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";

const step: Step = (_sentence, work) => work();
const LOST =
  /The embedded database ended unexpectedly, so this process ends too\. What was committed is kept\./;

async function openNew(): Promise<{ folder: string; database: Database }> {
  const folder = temporaryFolder();
  await putMigratedDatabase(folder);
  const database = await openEmbedded(folder, step);
  onTestFinished(() => database.close());
  return { folder, database };
}

/** Creates users until that fails. Returns the names that were acknowledged, and the error. */
async function createUntilLost(
  { client }: Database,
  caller: number,
): Promise<{ acknowledged: string[]; error: unknown }> {
  const acknowledged: string[] = [];
  for (let count = 0; ; count++) {
    const name = `${caller}-${count}`;
    try {
      await client.user.create({ data: { name } });
      acknowledged.push(name);
    } catch (error) {
      return { acknowledged, error };
    }
  }
}

describe("when the thread of the embedded database ends by itself (decision 54)", { timeout: 60_000 }, () => {
  test("everything that waits is rejected, and what was acknowledged is there at the next start", async () => {
    const { folder, database } = await openNew();
    const callers = Promise.all(Array.from({ length: 16 }, (_, caller) => createUntilLost(database, caller)));
    await expect.poll(() => database.client.user.count()).toBeGreaterThan(50);
    await endDatabaseThread();
    const results = await callers;
    for (const { error } of results) expect(isDatabaseFailure(error)).toBe(true);
    expect((await database.embedded!.lost).problems).toEqual([expect.stringMatching(LOST)]);
    await database.close();
    expect([readdirSync(folder).includes("lock"), countDatabaseThreads()]).toEqual([false, 0]);
    const again = await openEmbedded(folder, step);
    onTestFinished(() => again.close());
    const names = (await again.client.user.findMany({ select: { name: true } })).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(results.flatMap(({ acknowledged }) => acknowledged)));
  });

  test("a transaction and what waits for its end are rejected too, and every later call at once", async () => {
    const { database } = await openNew();
    const embedded = database.embedded!;
    let enter = () => {};
    const entered = new Promise<void>((resolve) => (enter = resolve));
    const inTransaction = embedded.transaction(async (transaction) => {
      await transaction.query("SELECT 1");
      enter();
      // Holds the connection, and waits for nothing of the database.
      await embedded.lost;
      await transaction.query("SELECT 1");
    });
    await entered;
    const waiting = [embedded.query("SELECT 1"), embedded.transaction(() => Promise.resolve())];
    const rejections = Promise.allSettled([inTransaction, ...waiting]);
    await endDatabaseThread();
    for (const result of await rejections)
      expect(result).toMatchObject({ status: "rejected", reason: { code: "57P02" } });
    await expect(database.client.user.count()).rejects.toThrow(LOST);
    await expect(embedded.exec("SELECT 1")).rejects.toThrow(LOST);
  });

  test("a start in which it ends while it opens fails, and leaves the folder unlocked", async () => {
    const folder = temporaryFolder();
    await putMigratedDatabase(folder);
    const opening = openEmbedded(folder, step).catch((error: unknown) => error);
    await expect.poll(countDatabaseThreads).toBe(1);
    await endDatabaseThread();
    expect(await opening).toBeInstanceOf(Error);
    expect(readdirSync(folder)).not.toContain("lock");
  });

  test("no loss is reported for a database that was closed", async () => {
    const { database } = await openNew();
    let isLost = false;
    void database.embedded!.lost.then(() => (isLost = true));
    await database.close();
    expect([isLost, countDatabaseThreads()]).toEqual([false, 0]);
  });
});
