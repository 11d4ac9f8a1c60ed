import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import pg from "pg";

import { StatementNames } from "#lib/db/statement-names.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** How this process uses PostgreSQL. */
export type PostgresSettings = {
  /** Address with the role that may change the schema, if it is another role. */
  migrationUrl?: string | undefined;
  poolSize: number;
  /** 0: no limit. */
  statementTimeoutMs: number;
  /** Whether hot statements get names, so that a session prepares each once. */
  preparesStatements: boolean;
};

/** A request that waits this long for a connection is answered with 503. */
const CONNECT_TIMEOUT_MS = 5_000;
/** A statement that waits this long for a lock fails, because the lock's holder is probably stuck. */
const LOCK_TIMEOUT_MS = 10_000;
/**
 * PostgreSQL ends a transaction that has been idle this long, because it holds locks for a process that is
 * probably gone.
 */
const IDLE_TRANSACTION_TIMEOUT_MS = 60_000;
/** First number of this application's advisory locks. The seed's second number is 2. */
const LOCKS = 4711;
const START = 1;

/**
 * Creates the connection pool of this process. A broken connection (when PostgreSQL restarts, all of them
 * break) is dropped, and the next statement gets a new one. An idle connection that breaks is logged and does
 * not end the process.
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
    // Sent as connection parameters. For a pooler that refuses them, set the timeout to 0.
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

/** Returns Prisma's adapter for that pool. Closing the adapter closes the pool. */
export function adapterOfPool(
  pool: pg.Pool,
  { preparesStatements }: Pick<PostgresSettings, "preparesStatements">,
): PrismaPg {
  if (!preparesStatements) return new PrismaPg(pool, { disposeExternalPool: true });
  const names = new StatementNames();
  const factory = new PrismaPg(pool, {
    disposeExternalPool: true,
    statementNameGenerator: ({ sql }) => names.nameOf(sql),
  });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => retryChangedPlans(await connect(), names);
  return factory;
}

/** SQLSTATE `feature_not_supported`: "cached plan must not change result type". */
const PLAN_CHANGED = "0A000";

/**
 * Makes the connection repeat a named statement once, under a new name, if a migration changed the types of
 * its result since a session prepared it. PostgreSQL refuses such a statement before it runs. Statements in a
 * transaction are not repeated, because the transaction has failed; none of them has a name.
 */
function retryChangedPlans<Connection extends SqlDriverAdapter>(
  connection: Connection,
  names: StatementNames,
): Connection {
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query) => {
    const { round } = names;
    try {
      return await queryRaw(query);
    } catch (error) {
      if (!isPlanChange(error) || !names.nameOf(query.sql)) throw error;
      names.renew(round);
      return queryRaw(query);
    }
  };
  return connection;
}

const isPlanChange = (error: unknown) =>
  error instanceof DriverAdapterError && error.cause.originalCode === PLAN_CHANGED;

/**
 * Runs `work` while no other starting process does the same, however long it takes. Prisma's own lock gives
 * up after ten seconds, but migrating a large table takes longer. If the process dies, the lock ends with its
 * connection.
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
  // An error of the connection also fails the statement in progress.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1, $2)", [LOCKS, START]);
    return await work(client);
  } finally {
    await client.end();
  }
}
