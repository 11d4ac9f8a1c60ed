import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

import { SyncedFiles } from "#lib/db/synced-files.ts";

/** Settings of the embedded database. */
export type EmbeddedSettings = {
  /**
   * Whether a commit is acknowledged only when it is on the disk. Otherwise it is on the disk within a
   * second.
   */
  waitsForDisk: boolean;
};

/** PostgreSQL's settings for an embedded database in a folder, as start parameters. */
export const SETTINGS = Object.entries({
  // WebAssembly takes PostgreSQL's default of 128 MB from the machine at once. The operating system caches
  // the files anyway.
  shared_buffers: "16MB",
  // PGlite reports only this kind of sync (lib/db/synced-files.ts).
  wal_sync_method: "fsync",
  // How much of the log a checkpoint keeps for reuse. lib/db/reclaim-space.ts makes the checkpoints.
  max_wal_size: "64MB",
  min_wal_size: "32MB",
}).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

/** The start parameters without `-F`, which would turn off every sync in PostgreSQL. */
const startParams = () => [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...SETTINGS,
];

/**
 * Opens the embedded database in that folder, or a new one in memory, with the extensions that the migrations
 * use. PGlite's package contains them.
 */
export async function createEmbedded(
  folder?: string,
  { waitsForDisk }: EmbeddedSettings = { waitsForDisk: false },
): Promise<PGlite> {
  const extensions = { pg_trgm };
  if (!folder) return PGlite.create({ extensions });
  const files = new SyncedFiles(folder);
  const pglite = await PGlite.create({ dataDir: folder, fs: files, extensions, startParams: startParams() });
  return afterSync(
    pglite,
    waitsForDisk
      ? () => files.log.finish()
      : () => {
          files.log.check();
        },
  );
}

/**
 * Holds back every result until `isSynced` agrees: the result of a commit, and of a statement that may have
 * read what another one has just committed. Within a transaction only its end waits.
 */
function afterSync(pglite: PGlite, isSynced: () => Promise<void> | void): PGlite {
  for (const name of ["query", "exec", "transaction"] as const) {
    const run = pglite[name].bind(pglite) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(pglite, {
      [name]: async (...args: unknown[]) => {
        const result = await run(...args);
        await isSynced();
        return result;
      },
    });
  }
  return pglite;
}

/**
 * Returns Prisma's adapter for the database. Its shadow database, in which migrations are tried, has the same
 * extensions; the adapter's own shadow database has none.
 */
export function adapterOf(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  // The two packages were built against different releases of the same interface.
  const factory = new PrismaPGlite(
    reportFailedCommits(pglite),
  ) as unknown as SqlMigrationAwareDriverAdapterFactory;
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    // The adapter's own version does not wait for the script, and loses its error.
    connection.executeScript = async (script) => {
      await pglite.exec(script);
    };
    return connection;
  };
  factory.connectToShadowDb = connectToShadow;
  return factory;
}

/**
 * Makes a failed COMMIT reach the caller. The adapter catches that error and acknowledges the transaction;
 * this `catch` also rethrows the error.
 */
function reportFailedCommits(pglite: PGlite): PGlite {
  const transaction: typeof pglite.transaction = (work) => {
    const done = pglite.transaction(work);
    done.catch = (onFailure) => {
      const failed = done.then(undefined, (error: unknown) => {
        void onFailure?.(error);
        throw error;
      });
      // The adapter handles the rejection only at the end of a transaction.
      failed.then(undefined, () => {});
      return failed;
    };
    return done;
  };
  return {
    query: pglite.query.bind(pglite),
    exec: pglite.exec.bind(pglite),
    transaction,
  } as unknown as PGlite;
}

/**
 * Opens a shadow database. It is closed together with its connection, because an open database keeps its
 * process from ending.
 */
async function connectToShadow(): Promise<SqlDriverAdapter> {
  const pglite = await createEmbedded();
  const connection = await adapterOf(pglite).connect();
  const dispose = connection.dispose.bind(connection);
  connection.dispose = async () => {
    await dispose();
    if (!pglite.closed) await pglite.close();
  };
  return connection;
}
