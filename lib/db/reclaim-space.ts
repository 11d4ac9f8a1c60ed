import { hasRoom } from "#lib/db/disk-room.ts";
import type { EmbeddedConnection } from "#lib/db/embedded-database.ts";

/** A table is left alone if it has fewer dead rows than this, or if they are a smaller share of its rows. */
const DEAD_ROWS = 10_000;
const DEAD_SHARE = 0.1;
/** After a kill PostgreSQL has lost its counts of dead rows. A table of this size is then vacuumed once. */
const LARGE_BYTES = 16 * 1024 * 1024;
/**
 * Transaction ids are reused after two billion transactions. PostgreSQL's own limit, at which autovacuum
 * reacts, is 200 million.
 */
const OLDEST_TRANSACTION = 50_000_000;
/** One segment of the write-ahead log. */
const LOG_BYTES = 16 * 1024 * 1024;

const TABLES = `SELECT format('%I.%I', s.schemaname, s.relname) AS name FROM pg_stat_all_tables s JOIN pg_class c ON c.oid = s.relid
  WHERE c.relkind = 'r' AND (s.n_dead_tup >= greatest(${DEAD_ROWS}, ${DEAD_SHARE} * s.n_live_tup) OR age(c.relfrozenxid) > ${OLDEST_TRANSACTION}
    OR (s.last_vacuum IS NULL AND pg_table_size(c.oid) >= ${LARGE_BYTES}))`;

const LOG_SINCE_CHECKPOINT =
  "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()";

/**
 * Does for the embedded database in `folder` what PostgreSQL's background processes do, which PGlite lacks.
 * Vacuums tables with many dead rows, so that their space is reused. Makes a checkpoint when the write-ahead
 * log has grown by a segment, so that its former segments are reused.
 *
 * Other statements wait up to a second for each table. Does nothing while the disk is nearly full, because both
 * write before they free space. Returns the number of vacuumed tables. Throws PostgreSQL's error.
 */
export async function reclaimSpace(database: EmbeddedConnection, folder: string): Promise<number> {
  if (!hasRoom(folder)) return 0;
  // PostgreSQL reports its counts at most once a second, at the end of a statement.
  await database.query("SELECT pg_stat_force_next_flush()");
  const { rows } = await database.query<{ name: string }>(TABLES);
  for (const { name } of rows) await database.query(`VACUUM ${name}`);
  const {
    rows: [log],
  } = await database.query<{ bytes: number }>(LOG_SINCE_CHECKPOINT);
  if (log!.bytes >= LOG_BYTES) await database.query("CHECKPOINT");
  return rows.length;
}
