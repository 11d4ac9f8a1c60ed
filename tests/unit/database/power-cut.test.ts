import { execFile } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { PGlite } from "@electric-sql/pglite";
import { amcheck } from "@electric-sql/pglite/contrib/amcheck";
import { describe, expect, onTestFinished, test } from "vitest";

import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";

const run = promisify(execFile);
const SECONDS = 180_000;

/**
 * Lets a process commit to a database until it is killed. Returns the keys that it acknowledged, the folder
 * of its database, and the contents of its disk.
 */
async function commitUntilKilled(
  mode: "wait" | "default",
): Promise<{ acknowledged: string[]; database: string; disk: string }> {
  const folder = temporaryFolder();
  await putMigratedDatabase(folder);
  const [database, disk] = [join(folder, "database"), join(folder, "disk")];
  cpSync(database, disk, { recursive: true });
  const killed = await run(process.execPath, ["tests/harness/commit-until-killed.ts", folder, mode], {
    env: {
      ...process.env,
      // Loads the file into the thread of the database too.
      NODE_OPTIONS: "--import ./tests/harness/forgetful-disk.ts",
      DATABASE_FOLDER: database,
      DISK_FOLDER: disk,
    },
  }).catch((error: unknown) => error as { signal: string; stdout: string });
  expect(killed).toMatchObject({ signal: "SIGKILL" });
  return {
    acknowledged: killed.stdout
      .trim()
      .split("\n")
      .map((line) => line.replace("acknowledged ", "")),
    database,
    disk,
  };
}

/** Returns the disk as if the system had written everything except the log before the power cut. */
function withOnlyTheLogOf(disk: string, database: string): string {
  rmSync(join(database, "pg_wal"), { recursive: true });
  cpSync(join(disk, "pg_wal"), join(database, "pg_wal"), { recursive: true });
  return database;
}

/** Returns the committed keys in the database of that folder, opened after PostgreSQL's own recovery. */
async function readKeys(folder: string): Promise<string[]> {
  const pglite = await PGlite.create({ dataDir: folder, extensions: { amcheck } });
  onTestFinished(() => pglite.close());
  // Throws if an index and its table disagree.
  await pglite.exec("CREATE EXTENSION amcheck");
  await pglite.exec(`SELECT bt_index_check(i.indexrelid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE a.amname = 'btree' AND i.indrelid IN ('legrand_artifact'::regclass, 'connect_tally'::regclass)`);
  const { rows } = await pglite.query<{ key: string }>(
    "SELECT key FROM connect_tally WHERE name = 'committed'",
  );
  return rows.map(({ key }) => key).sort();
}

// The test's disk reads from /proc which file a descriptor belongs to.
describe.skipIf(!existsSync("/proc/self/fd"))(
  "after a power cut the embedded database opens, and its indexes agree with its tables (decision 36)",
  { timeout: SECONDS },
  () => {
    test("DATABASE_SYNC=true: keeps everything that was acknowledged", async () => {
      const { acknowledged, database, disk } = await commitUntilKilled("wait");
      expect(acknowledged).toHaveLength(33);
      for (const folder of [disk, withOnlyTheLogOf(disk, database)])
        expect(await readKeys(folder)).toEqual(acknowledged.sort());
    });

    test("by default: loses only the latest commits", async () => {
      const { acknowledged, database, disk } = await commitUntilKilled("default");
      const early = acknowledged.slice(0, acknowledged.indexOf("checkpoint"));
      expect(early).toHaveLength(15);
      expect(await readKeys(withOnlyTheLogOf(disk, database))).toEqual(expect.arrayContaining(early));
    });
  },
);
