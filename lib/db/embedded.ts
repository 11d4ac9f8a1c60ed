import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

import { SyncedFiles } from "#lib/db/synced-files.ts";

/** How the embedded database is run. */
export type EmbeddedSettings = {
  /** Whether a commit is acknowledged only when it is on the disk; else it is there within a second. */
  waitsForDisk: boolean;
};

/** PostgreSQL's settings of an embedded database in a folder, as parameters of its start. */
export const SETTINGS = Object.entries({
  // PostgreSQL's 128 MB are taken from the machine at once by WebAssembly. Behind them the system caches the
  // files anyway.
  shared_buffers: "16MB",
  // PGlite reports only this kind of sync (lib/db/synced-files.ts).
  wal_sync_method: "fsync",
  // How much of the log a checkpoint keeps for later use. Checkpoints are made by lib/db/space.ts.
  max_wal_size: "64MB",
  min_wal_size: "32MB",
}).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

/** Without `-F`, by which PostgreSQL would ask for no sync at all. */
const startParams = () => [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...SETTINGS,
];

/**
 * Opens the embedded database in that folder, or a new one in memory, with the extensions that the migrations
 * use: here they come with the package.
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
 * Lets no result out before `isSynced` agrees: the result of a commit, and of a statement that may have read
 * what another one has just committed. What runs within a transaction waits at its end.
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
 * Returns Prisma's way to the database. The shadow database, which the migrations are tried in, has the same
 * extensions; the adapter's own has none.
 */
export function adapterOf(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  // The two packages were made against different releases of the same interface.
  const factory = new PrismaPGlite(
    reportFailedCommits(pglite),
  ) as unknown as SqlMigrationAwareDriverAdapterFactory;
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    // The adapter's own does not wait for the script, and loses its error.
    connection.executeScript = async (script) => {
      await pglite.exec(script);
    };
    return connection;
  };
  factory.connectToShadowDb = connectToShadow;
  return factory;
}

/**
 * The adapter catches the error of a COMMIT and acknowledges the transaction. This `catch` passes the error
 * on as well.
 */
function reportFailedCommits(pglite: PGlite): PGlite {
  const transaction: typeof pglite.transaction = (work) => {
    const done = pglite.transaction(work);
    done.catch = (onFailure) => {
      const failed = done.then(undefined, (error: unknown) => {
        void onFailure?.(error);
        throw error;
      });
      // The adapter looks at it at the end of a transaction only.
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

/** Closed with its connection: a database that is left open keeps its process from ending. */
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
