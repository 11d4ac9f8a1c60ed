import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

/** The embedded database in that folder, or in memory, with the extensions that the migrations use: here they come with the package. */
export function createEmbedded(folder?: string, options: PGliteOptions = {}): Promise<PGlite> {
  return PGlite.create({ ...(folder ? { dataDir: folder } : {}), extensions: { pg_trgm }, ...options });
}

/** Prisma's way to it. The shadow database, which the migrations are tried in, has the same extensions; the adapter's own has none. */
export function adapterOf(pglite: PGlite): SqlMigrationAwareDriverAdapterFactory {
  // The two packages were made against different releases of the same interface.
  const factory = new PrismaPGlite(pglite) as unknown as SqlMigrationAwareDriverAdapterFactory;
  factory.connectToShadowDb = connectToShadow;
  return factory;
}

/** Closed with its connection: a database that is left open keeps its process from ending. */
async function connectToShadow(): Promise<SqlDriverAdapter> {
  const pglite = await createEmbedded();
  const connection = await adapterOf(pglite).connect();
  const dispose = connection.dispose.bind(connection);
  connection.dispose = async () => { await dispose(); if (!pglite.closed) await pglite.close(); };
  return connection;
}
