import { join } from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { setDatabase, type Database } from "#lib/db/client.ts";
import { openEmbedded } from "#lib/db/open.ts";
import { reclaimSpace } from "#lib/db/reclaim-space.ts";
import {
  sweepExpiredArtifacts,
  sweepExpiredReplays,
} from "#lib/legrand/authorization-server/expired-artifacts.store.ts";
import { insertExpiredArtifacts } from "#tests/harness/expired-artifacts.ts";
import { folderMegabytes } from "#tests/harness/folder-megabytes.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";

const ROWS = 15_000;

async function openNew(): Promise<{ folder: string; database: Database; reclaim: () => Promise<number> }> {
  const folder = temporaryFolder();
  await putMigratedDatabase(folder);
  const database = await openEmbedded(folder, (_sentence, work) => work());
  onTestFinished(() => database.close());
  setDatabase(database);
  return { folder, database, reclaim: () => reclaimSpace(database.embedded!, folder) };
}

async function fillAndSweep({ client }: Database): Promise<void> {
  await insertExpiredArtifacts(client, ROWS);
  expect(await sweepExpiredArtifacts()).toBe(ROWS);
}

/** Stores refresh responses that have ended, and deletes them. */
async function refreshAndSweep({ client }: Database): Promise<void> {
  await client.$executeRaw`INSERT INTO legrand_refresh_replay (digest, ciphertext, successor, scope, expires_at)
    SELECT encode(sha256(gen_random_uuid()::text::bytea), 'hex'), repeat(md5(i::text), 10), '', '', now() - interval '1 second'
    FROM generate_series(1, ${ROWS}::int) AS i`;
  expect(await sweepExpiredReplays()).toBe(ROWS);
}

describe(
  "the embedded database reuses the space of deleted rows and of its log (issue 10, 4)",
  { timeout: 60_000 },
  () => {
    test.each([
      ["artifacts", fillAndSweep],
      ["stored refresh responses", refreshAndSweep],
    ])("its folders stop growing after the second round of swept %s", async (_rows, fill) => {
      const { folder, database, reclaim } = await openNew();
      const round = async () => {
        await fill(database);
        await reclaim();
        return {
          base: folderMegabytes(join(folder, "database/base")),
          log: folderMegabytes(join(folder, "database/pg_wal")),
        };
      };
      const [, second] = [await round(), await round()];
      for (let more = 0; more < 3; more++) {
        const now = await round();
        expect(now.base).toBeLessThanOrEqual(second.base + 1);
        expect(now.log).toBeLessThanOrEqual(64);
      }
    });

    test("vacuums a large table once after a kill, which loses the counts of dead rows", async () => {
      const { database, reclaim } = await openNew();
      await insertExpiredArtifacts(database.client, 5 * ROWS);
      await database.client.$executeRaw`DELETE FROM legrand_artifact`;
      await database.client.$executeRaw`SELECT pg_stat_reset()::text`;
      expect(await reclaim()).toBe(1);
      expect(await reclaim()).toBe(0);
    });

    test("does not vacuum for a few dead rows", async () => {
      const { database, reclaim } = await openNew();
      await insertExpiredArtifacts(database.client, 100);
      await database.client.$executeRaw`DELETE FROM legrand_artifact`;
      expect(await reclaim()).toBe(0);
    });
  },
);
