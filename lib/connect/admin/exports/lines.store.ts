import "server-only";

import { canCopy, copyLines } from "#lib/connect/admin/exports/copy.store.ts";
import type { ExportBatch, ExportFormat } from "#lib/connect/admin/exports/export.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/**
 * A column of a file. A `text` comes from outside, and a `list` contains several such texts. A `word` is an
 * id, a time or one of our own words; it contains neither CSV special characters nor formulas.
 */
type ExportColumn = { kind: "word" | "text" | "list"; value: Prisma.Sql };

/**
 * The rows to export: their table, their condition, and a key to page through them. The key is a text that
 * identifies a row's position in `order`. `copied` is SQL that follows the condition if all rows are read in
 * one statement.
 */
export type ExportRows = {
  columns: Readonly<Record<string, ExportColumn>>;
  table: Prisma.Sql;
  where: Prisma.Sql;
  copied: Prisma.Sql;
  key: Prisma.Sql;
  order: Prisma.Sql;
  behind: (key: string) => Prisma.Sql;
};

/** Rows per statement, so that the cost of a statement and of its memory is shared by this many rows. */
export const BATCH_ROWS = 2_000;

/**
 * Reads the rows as lines of this format. The database writes the lines, so that no JavaScript objects are
 * made for a million rows. Uses COPY, in one snapshot, if a connection is available for it. Otherwise pages
 * by key and holds nothing between two statements.
 */
export function readLines(
  admin: AdminUser,
  rows: ExportRows,
  format: ExportFormat,
): AsyncGenerator<ExportBatch, void> {
  return canCopy()
    ? copyLines(admin, Prisma.sql`SELECT ${lineSql(rows, format)} ${fromSql(rows)} ${rows.copied}`)
    : readByKey(admin, rows, format);
}

/**
 * Pages through the rows by key. A row that does not move appears exactly once, even if other rows change
 * during the export.
 */
export async function* readByKey(
  _admin: AdminUser,
  rows: ExportRows,
  format: ExportFormat,
): AsyncGenerator<ExportBatch, void> {
  for (let after: string | null = null; ;) {
    const behind: Prisma.Sql = after === null ? Prisma.empty : Prisma.sql`AND ${rows.behind(after)}`;
    const [batch]: { lines: string | null; count: number; last: string | null }[] = await database()
      .$queryRaw`
      SELECT string_agg(line, E'\n') AS lines, count(*)::int AS count, (array_agg(key))[count(*)] AS last FROM (
        SELECT ${lineSql(rows, format)} AS line, ${rows.key} AS key ${fromSql(rows)} ${behind} ORDER BY ${rows.order} LIMIT ${BATCH_ROWS}::int) AS batch`;
    const { lines, count, last } = batch!;
    if (lines !== null) yield { bytes: Buffer.from(`${lines}\n`), count };
    if (count < BATCH_ROWS) return;
    after = last;
  }
}

function fromSql({ columns, table, where }: ExportRows): Prisma.Sql {
  const values = Object.entries(columns).map(
    ([name, { value }]) => Prisma.sql`${value} AS ${Prisma.raw(name)}`,
  );
  return Prisma.sql`FROM ${table} CROSS JOIN LATERAL (SELECT ${Prisma.join(values)}) AS file WHERE ${where}`;
}

function lineSql({ columns }: ExportRows, format: ExportFormat): Prisma.Sql {
  if (format === "ndjson") return Prisma.sql`row_to_json(file)::text`;
  const cells = Object.entries(columns).map(([name, { kind }]) => cellSql(Prisma.raw(`file.${name}`), kind));
  return Prisma.sql`concat(${Prisma.join(cells, ", ',', ")}, E'\r')`;
}

/**
 * Quotes a cell as in RFC 4180; lines end with its CRLF. Puts an apostrophe before a text that a spreadsheet
 * would take for a formula (OWASP, CSV injection).
 */
function cellSql(name: Prisma.Sql, kind: ExportColumn["kind"]): Prisma.Sql {
  if (kind === "word") return name;
  const text = kind === "list" ? Prisma.sql`array_to_string(${name}, ' ')` : Prisma.sql`${name}::text`;
  return Prisma.sql`CASE WHEN ${text} ~ E'^[-=+@\t\r＝＋－＠]|[",\r\n]'
    THEN concat('"', CASE WHEN ${text} ~ E'^[-=+@\t\r＝＋－＠]' THEN '''' END, replace(${text}, '"', '""'), '"') ELSE ${text} END`;
}
