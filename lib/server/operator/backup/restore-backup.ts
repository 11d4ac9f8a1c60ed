import { PrismaPg } from "@prisma/adapter-pg";
import type { Client } from "pg";
import { from } from "pg-copy-streams";
import { pipeline } from "node:stream/promises";

import { adapterOf } from "#lib/db/embedded.ts";
import type { EmbeddedConnection } from "#lib/db/embedded-database.ts";
import { explainPostgresFailure } from "#lib/db/explain-postgres-failure.ts";
import { listMigrationNames, migrate } from "#lib/db/migrate.ts";
import { fillNewEmbedded } from "#lib/db/open.ts";
import { aloneOnPostgres } from "#lib/db/postgres.ts";
import { BackupError, type BackupHeader } from "#lib/server/operator/backup/backup-format.ts";
import { quoted, type Query } from "#lib/server/operator/backup/list-tables.ts";
import {
  loadBackup,
  type BackupTarget,
  type RestoreSummary,
} from "#lib/server/operator/backup/load-backup.ts";
import { BackupReader } from "#lib/server/operator/backup/read-backup.ts";

/** Size of one load into the embedded database, which receives each statement as a whole. */
const PIECE_BYTES = 8 * 1024 * 1024;

/**
 * Restores a backup into a new embedded database in that folder. The database is migrated to the version of
 * the backup, loaded in one transaction, then migrated to this version. Throws `BackupError`,
 * `DatabaseExistsError` or `DataFolderInUseError`; then the folder is unchanged.
 */
export function restoreEmbedded(file: string, folder: string): Promise<RestoreSummary> {
  return withReader(file, async (reader, header) => {
    let summary: RestoreSummary | undefined;
    await fillNewEmbedded(folder, async (embedded) => {
      await migrate(adapterOf(embedded), header.migration);
      summary = await embedded.transaction((transaction) => loadBackup(reader, targetOf(transaction)));
      await migrate(adapterOf(embedded));
      await embedded.exec("ANALYZE");
    });
    return summary!;
  });
}

/**
 * Restores a backup into the PostgreSQL database at that address, in the same steps as `restoreEmbedded`. The
 * role has to own the schema. The database has to be empty: no tables, or only those of a failed restore,
 * without rows. Throws `BackupError`, or `StartError` if it cannot connect or lacks a right.
 */
export function restorePostgres(file: string, connectionString: string): Promise<RestoreSummary> {
  return withReader(file, (reader, header) =>
    aloneOnPostgres(connectionString, async (client) => {
      const query: Query = async <Row>(sql: string) => (await client.query(sql)).rows as Row[];
      await checkEmpty(query, header);
      await migrate(new PrismaPg({ connectionString }), header.migration);
      const summary = await inTransaction(client, () => loadBackup(reader, { query, copy: copyTo(client) }));
      await migrate(new PrismaPg({ connectionString }));
      await client.query("ANALYZE");
      return summary;
    }).catch((error: unknown) => {
      throw explainPostgresFailure(error, connectionString, "the address of the database");
    }),
  );
}

async function withReader<T>(
  file: string,
  work: (reader: BackupReader, header: BackupHeader) => Promise<T>,
): Promise<T> {
  const reader = new BackupReader(file);
  try {
    const header = await reader.readHeader();
    checkMigration(header);
    return await work(reader, header);
  } finally {
    await reader.close();
  }
}

function checkMigration({ migration }: BackupHeader): void {
  if (listMigrationNames().includes(migration)) return;
  throw new BackupError(
    `The backup was made by a newer version: this version does not know its last migration, ${migration}. Install that version, or a later one. Nothing was restored.`,
  );
}

async function checkEmpty(query: Query, { migration }: BackupHeader): Promise<void> {
  const tables = await query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1",
  );
  if (tables.length === 0) return;
  const notEmpty = new BackupError(
    "The database is not empty. Create an empty one, and name it with DATABASE_URL. Nothing was restored.",
  );
  if (!tables.some(({ name }) => name === "_prisma_migrations")) throw notEmpty;
  const others = tables.filter(({ name }) => name !== "_prisma_migrations");
  const [rows] = await query<{ any: boolean }>(
    `SELECT ${others.map(({ name }) => `EXISTS (SELECT FROM ${quoted(name)})`).join(" OR ") || "false"} AS any`,
  );
  const [later] = await query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM _prisma_migrations WHERE migration_name > '${migration.replaceAll("'", "''")}') AS any`,
  );
  if (rows!.any || later!.any) throw notEmpty;
}

async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

function copyTo(client: Client): BackupTarget["copy"] {
  return (statement, rows) => pipeline(rows, client.query(from(`${statement} FROM STDIN`)));
}

function targetOf(transaction: EmbeddedConnection): BackupTarget {
  return {
    query: async <Row>(sql: string) => (await transaction.query<Row>(sql)).rows,
    copy: async (statement, rows) => {
      for await (const piece of inPieces(rows))
        await transaction.query(`${statement} FROM '/dev/blob'`, [], { blob: new Blob([piece as BlobPart]) });
    },
  };
}

async function* inPieces(rows: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let [gathered, bytes] = [[] as Uint8Array[], 0];
  for await (const piece of rows) {
    gathered.push(piece);
    bytes += piece.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(gathered);
    [gathered, bytes] = [[], 0];
  }
  if (bytes) yield Buffer.concat(gathered);
}
