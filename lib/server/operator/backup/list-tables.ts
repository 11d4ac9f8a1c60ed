import { BackupError, type BackupTable } from "#lib/server/operator/backup/backup-format.ts";

/** Runs one statement and returns its rows. */
export type Query = <Row>(sql: string) => Promise<Row[]>;

type Reference = { from: string; to: string };

/** Excludes `_prisma_migrations`, because the migrations of the restored database write it. */
const OURS =
  "c.relnamespace = current_schema()::text::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'";

/**
 * Lists the tables of the database with their stored columns (a generated column cannot be loaded). A table
 * comes after the tables that it refers to, so that rows can be loaded in this order with foreign keys on.
 * Throws if references form a circle.
 */
export async function listTables(query: Query): Promise<BackupTable[]> {
  const tables =
    await query<BackupTable>(`SELECT c.relname AS name, json_agg(a.attname ORDER BY a.attnum) AS columns FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' WHERE ${OURS} GROUP BY c.relname ORDER BY c.relname`);
  const references = await query<Reference>(`SELECT c.relname AS from, t.relname AS to FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND ${OURS}`);
  return inOrder(tables, references);
}

function inOrder(tables: BackupTable[], references: Reference[]): BackupTable[] {
  const ordered: BackupTable[] = [];
  const done = new Set<string>();
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      ({ name }) => !done.has(name) && references.every(({ from, to }) => from !== name || done.has(to)),
    );
    if (ready.length === 0)
      throw new BackupError(
        "The tables of the database refer to each other in a cycle, so their rows cannot be loaded table by table",
      );
    for (const table of ready) done.add(table.name);
    ordered.push(...ready);
  }
  return ordered;
}

/** Quotes an SQL identifier. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Quotes a list of SQL identifiers. */
export const quotedList = (names: readonly string[]) => names.map(quoted).join(", ");
