import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";

import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** How PostgreSQL is used by this process. */
export type PostgresSettings = {
  /** Address of the role that may change the schema, where it is another one. */
  migrationUrl?: string | undefined;
  poolSize: number;
  /** 0: no limit. */
  statementTimeoutMs: number;
};

/** A request that waits for a connection for so long is answered with 503. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Who waits for a lock for so long waits for something that went wrong. */
const LOCK_TIMEOUT_MS = 10_000;
/** A transaction whose process says nothing for so long holds its locks for nobody. */
const IDLE_TRANSACTION_TIMEOUT_MS = 60_000;
/** First number of the advisory locks of this application; the seed has 2. */
const LOCKS = 4711;
const START = 1;

/**
 * The pool of connections of this process. A connection that breaks, as all do when PostgreSQL restarts, is
 * dropped and another made for the next statement; what breaks while nobody uses it is logged, and is not the
 * end of the process.
 */
export function createPool(
  connectionString: string,
  { poolSize, statementTimeoutMs }: PostgresSettings,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "legrand-connect",
    keepAlive: true,
    // As parameters of the connection; a pooler that refuses them is used with 0.
    ...(statementTimeoutMs
      ? {
          statement_timeout: statementTimeoutMs,
          lock_timeout: LOCK_TIMEOUT_MS,
          idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
        }
      : {}),
  });
  pool.on("error", (error) => logError(currentRequestId(), "database connection", error));
  return pool;
}

/** Prisma's way to that pool, which is closed with it. */
export function adapterOfPool(pool: pg.Pool): PrismaPg {
  return new PrismaPg(pool, { disposeExternalPool: true });
}

/**
 * Runs `work` while no other process that starts does, however long that takes: Prisma's own lock gives up
 * after ten seconds, and a migration of a large table takes longer. Of a process that dies the lock goes with
 * its connection.
 */
export async function aloneOnPostgres<T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: "legrand-connect start",
  });
  // Whatever breaks it fails the statement that is under way.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1, $2)", [LOCKS, START]);
    return await work(client);
  } finally {
    await client.end();
  }
}
