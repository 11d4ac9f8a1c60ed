import { BackupError, type BackupTable } from "#lib/server/operator/backup/backup-format.ts";
import { listTables, quoted, quotedList, type Query } from "#lib/server/operator/backup/list-tables.ts";
import type { BackupReader } from "#lib/server/operator/backup/read-backup.ts";

/** A database within one transaction, into which rows can be copied. */
export type BackupTarget = {
  query: Query;
  copy: (statement: string, rows: AsyncIterable<Uint8Array>) => Promise<void>;
};

/** The number of restored tables and rows. */
export type RestoreSummary = { tables: number; rows: number };

/**
 * Loads all rows of a backup into a migrated database without rows, within the transaction of the target.
 * Disables this project's triggers during the load: otherwise the numbers of each day would be counted twice,
 * and the audit log would refuse changes. That requires the owner of the tables, not a superuser; foreign
 * keys stay on. Throws `BackupError` if a table is unknown, or the file is damaged.
 */
export async function loadBackup(reader: BackupReader, target: BackupTarget): Promise<RestoreSummary> {
  const known = new Map((await listTables(target.query)).map((table) => [table.name, table]));
  await switchTriggers(target, known, "DISABLE");
  for (;;) {
    const next = await reader.readNext();
    if ("end" in next) {
      await resetSequences(target);
      await switchTriggers(target, known, "ENABLE");
      return next.end;
    }
    const { name, columns } = check(next.table, known);
    await target.copy(`COPY ${quoted(name)} (${quotedList(columns)})`, reader.readRows());
  }
}

function check(table: BackupTable, known: Map<string, BackupTable>): BackupTable {
  const columns = new Set(known.get(table.name)?.columns);
  if (table.columns.every((column) => columns.has(column))) return table;
  throw new BackupError(
    `The backup has a table that the database does not have in this form: ${table.name}. Nothing was restored.`,
  );
}

async function switchTriggers(
  { query }: BackupTarget,
  tables: Map<string, BackupTable>,
  how: "DISABLE" | "ENABLE",
): Promise<void> {
  for (const name of tables.keys()) await query(`ALTER TABLE ${quoted(name)} ${how} TRIGGER USER`);
}

/** Sets the next value of each sequence above the highest loaded value. */
async function resetSequences({ query }: BackupTarget): Promise<void> {
  const columns = await query<{
    table: string;
    column: string;
  }>(`SELECT c.relname AS table, a.attname AS column FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::text::regnamespace AND c.relkind = 'r' AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL`);
  for (const { table, column } of columns) {
    await query(
      `SELECT setval(pg_get_serial_sequence('${quoted(table)}', '${column}'), coalesce(max(${quoted(column)}), 0) + 1, false) FROM ${quoted(table)}`,
    );
  }
}
