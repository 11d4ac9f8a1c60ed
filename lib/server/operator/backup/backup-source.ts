import pg from "pg";
import { to } from "pg-copy-streams";

import type { EmbeddedConnection, EmbeddedDatabase } from "#lib/db/embedded-database.ts";
import { explainPostgresFailure } from "#lib/db/explain-postgres-failure.ts";
import type { BackupTable } from "#lib/server/operator/backup/backup-format.ts";
import { quoted, quotedList, type Query } from "#lib/server/operator/backup/list-tables.ts";

/**
 * A database in one snapshot: runs statements, and yields the rows of a table in COPY's text format, several
 * lines at a time.
 */
export type BackupSource = { query: Query; copy: (table: BackupTable) => AsyncIterable<Uint8Array> };

/** Fixes the text form of every value, whatever the database's settings are. */
const TEXT_FORMAT = [
  "DateStyle = 'ISO, YMD'",
  "TimeZone = 'UTC'",
  "IntervalStyle = 'postgres'",
  "bytea_output = 'hex'",
  "extra_float_digits = 1",
];
const SNAPSHOT = [
  "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
  ...TEXT_FORMAT.map((setting) => `SET LOCAL ${setting}`),
].join("; ");
/** 16 MB, because the embedded database returns the whole result of a statement at once. */
const BLOCKS_AT_ONCE = 2_048;

/**
 * Lets `work` read the embedded database in one snapshot. Its only connection is busy until `work` ends, so
 * other statements wait.
 */
export function readEmbedded<T>(
  embedded: EmbeddedDatabase,
  work: (source: BackupSource) => Promise<T>,
): Promise<T> {
  return embedded.transaction(async (transaction) => {
    await transaction.exec(SNAPSHOT);
    const query: Query = async <Row>(sql: string) => (await transaction.query<Row>(sql)).rows;
    return work({ query, copy: (table) => copyByBlocks(transaction, table) });
  });
}

async function* copyByBlocks(
  transaction: EmbeddedConnection,
  { name, columns }: BackupTable,
): AsyncGenerator<Uint8Array> {
  const [size] = (
    await transaction.query<{ blocks: number }>(
      "SELECT (pg_relation_size($1::text::regclass) / current_setting('block_size')::int)::int AS blocks",
      [quoted(name)],
    )
  ).rows;
  for (let from = 0; from < size!.blocks; from += BLOCKS_AT_ONCE) {
    const { blob } = await transaction.query(`COPY (SELECT ${quotedList(columns)} FROM ${quoted(name)}
      WHERE ctid >= '(${from},0)'::tid AND ctid < '(${from + BLOCKS_AT_ONCE},0)'::tid) TO '/dev/blob'`);
    if (blob) yield new Uint8Array(await blob.arrayBuffer());
  }
}

/**
 * Lets `work` read the PostgreSQL database at that address in one snapshot, on a separate connection that
 * blocks no other work. Throws `StartError` if it cannot connect.
 */
export async function readPostgres<T>(
  connectionString: string,
  work: (source: BackupSource) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString,
    keepAlive: true,
    application_name: "legrand-connect backup",
  });
  // A connection that breaks fails the statement in progress.
  client.on("error", () => {});
  await client.connect().catch((error: unknown) => {
    throw explainPostgresFailure(error, connectionString, "DATABASE_URL");
  });
  try {
    await client.query(
      `BEGIN; ${SNAPSHOT}; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`,
    );
    const query: Query = async <Row>(sql: string) => (await client.query(sql)).rows as Row[];
    return await work({
      query,
      copy: ({ name, columns }) =>
        client.query(to(`COPY ${quoted(name)} (${quotedList(columns)}) TO STDOUT`)),
    });
  } finally {
    await client.end();
  }
}
