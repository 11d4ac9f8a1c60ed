import "server-only";

import { canCopy, copyLines } from "#lib/connect/admin/exports/copy/store.ts";
import type { ExportBatch, ExportFormat } from "#lib/connect/admin/exports/export.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/**
 * A column of a file. What somebody else has written is a `text`, several of them are a `list`; a `word` (an
 * id, a moment, a word of ours) has neither signs of CSV in it nor of a formula.
 */
type ExportColumn = { kind: "word" | "text" | "list"; value: Prisma.Sql };

/**
 * Rows to be exported: from which table, with which condition, and how they are read by a key (a text that
 * tells of a row where it stands in `order`).
 * `copied` stands behind the condition where all of them are read in one statement.
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

/** A statement, and what it makes of the memory, is paid once for so many rows. */
export const BATCH_ROWS = 2_000;

/**
 * The rows as lines of that format, which the database writes: nobody makes objects of a million rows. By
 * COPY, in one snapshot, where there is a connection for it; else by their key, holding nothing between two
 * statements.
 */
export function readLines(rows: ExportRows, format: ExportFormat): AsyncGenerator<ExportBatch, void> {
  return canCopy()
    ? copyLines(Prisma.sql`SELECT ${lineSql(rows, format)} ${fromSql(rows)} ${rows.copied}`)
    : readByKey(rows, format);
}

/** The same by their key: a row that stays where it is is there once, however others change meanwhile. */
export async function* readByKey(rows: ExportRows, format: ExportFormat): AsyncGenerator<ExportBatch, void> {
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
 * RFC 4180, with its CRLF. A text that a spreadsheet would take for a formula begins with an apostrophe
 * (OWASP, CSV injection).
 */
function cellSql(name: Prisma.Sql, kind: ExportColumn["kind"]): Prisma.Sql {
  if (kind === "word") return name;
  const text = kind === "list" ? Prisma.sql`array_to_string(${name}, ' ')` : Prisma.sql`${name}::text`;
  return Prisma.sql`CASE WHEN ${text} ~ E'^[-=+@\t\r＝＋－＠]|[",\r\n]'
    THEN concat('"', CASE WHEN ${text} ~ E'^[-=+@\t\r＝＋－＠]' THEN '''' END, replace(${text}, '"', '""'), '"') ELSE ${text} END`;
}
