import type { Pool } from "pg";

import type { EmbeddedDatabase } from "#lib/db/embedded-database.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";

/**
 * The open database: the Prisma client, its backend (a pool of PostgreSQL, or the embedded database), and how
 * to close it.
 */
export type Database = {
  client: PrismaClient;
  pool?: Pool;
  embedded?: EmbeddedDatabase;
  close: () => Promise<void>;
};

/** The client inside a transaction, whose writes are applied all together or not at all. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

// Pages, routes and actions may each get their own copy of this module; the process has one database.
const shared = oncePerProcess<{ database?: Database }>("database", () => ({}));

/** Sets the opened database as the one that `database()` returns in this process. */
export function setDatabase(database: Database): void {
  shared.database = database;
}

/** Returns the open database of this process, or null if the start has not opened it yet. */
export function findDatabase(): Database | null {
  return shared.database ?? null;
}

/** True if the open database is the embedded one. */
export function isEmbedded(): boolean {
  return shared.database?.embedded !== undefined;
}

/**
 * Returns the Prisma client of this process. Throws if the start has not opened the database yet
 * (lib/db/open.ts).
 */
export function database(): PrismaClient {
  const open = shared.database;
  if (!open) throw new Error("The database is not open: start the application with npm start or npm run dev");
  return open.client;
}
