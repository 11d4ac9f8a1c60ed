import type { PGlite } from "@electric-sql/pglite";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

import {
  EmbeddedDatabase,
  type EmbeddedConnection,
  type EmbeddedTransaction,
} from "#lib/db/embedded-database.ts";
import type { EmbeddedSource } from "#lib/db/embedded-message.ts";

/**
 * Opens the embedded database in that folder, or a new one in memory, in a worker thread of its own. By
 * default a commit does not wait for the disk.
 */
export function createEmbedded(
  folder?: string,
  settings: Partial<Omit<EmbeddedSource, "folder">> = {},
): Promise<EmbeddedDatabase> {
  return EmbeddedDatabase.open({ folder, waitsForDisk: false, watchesRoom: false, ...settings });
}

/**
 * Returns Prisma's adapter for the database. Its shadow database, in which migrations are tried, has the same
 * extensions; the adapter's own shadow database has none.
 */
export function adapterOf(database: EmbeddedDatabase): SqlMigrationAwareDriverAdapterFactory {
  // The two packages were built against different releases of the same interface.
  const factory = new PrismaPGlite(asPGlite(database)) as unknown as SqlMigrationAwareDriverAdapterFactory;
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    // The adapter's own version does not wait for the script, and loses its error.
    connection.executeScript = async (script) => {
      await database.exec(script);
    };
    return connection;
  };
  factory.connectToShadowDb = connectToShadow;
  return factory;
}

/** Returns the part of PGlite's interface that the adapter calls. The parsers that it passes are in the thread. */
function asPGlite(database: EmbeddedDatabase): PGlite {
  const transaction = (work: (inside: EmbeddedTransaction) => Promise<unknown>) =>
    reportFailure(database.transaction((inside) => work({ ...inside, query: queryOf(inside) })));
  return { query: queryOf(database), exec: database.exec, transaction } as unknown as PGlite;
}

const queryOf =
  (connection: EmbeddedConnection): EmbeddedConnection["query"] =>
  (sql, values) =>
    connection.query(sql, values, { isForPrisma: true });

/**
 * Makes a failed COMMIT reach the caller. The adapter catches that error and acknowledges the transaction;
 * this `catch` also rethrows the error.
 */
function reportFailure<T>(done: Promise<T>): Promise<T> {
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
}

/**
 * Opens a shadow database. It is closed together with its connection, because an open database keeps its
 * process from ending.
 */
async function connectToShadow(): Promise<SqlDriverAdapter> {
  const database = await createEmbedded();
  const connection = await adapterOf(database).connect();
  const dispose = connection.dispose.bind(connection);
  connection.dispose = async () => {
    await dispose();
    await database.close();
  };
  return connection;
}
