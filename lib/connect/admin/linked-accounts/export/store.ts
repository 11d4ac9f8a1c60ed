import "server-only";

import type { ExportBatch } from "#lib/connect/admin/exports/export.ts";
import { BATCH_ROWS } from "#lib/connect/admin/exports/read-by-key.ts";
import { openSnapshot } from "#lib/connect/admin/exports/snapshot/store.ts";
import type { AccountFilter } from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import { filterSql, soonSql } from "#lib/connect/admin/linked-accounts/filter/store.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** Blocks of 8 kB that are read at a time: about three thousand accounts. */
const BLOCKS = 200;

/** What the file says of a linked account, in its order. */
export const ACCOUNT_COLUMNS = [
  "id", "name", "email", "legrand_id", "granted_scopes", "requested_scopes", "state", "reason", "connected_at", "last_refreshed_at", "access_ends_at", "disconnected_at",
] as const;

/** The linked accounts of the filter behind that line, by id: each that stays in the filter is there once, however others change meanwhile. */
export function readAccountLines(filter: AccountFilter, at: Date, after: string | null): Promise<ExportBatch> {
  const behind = after === null ? Prisma.sql`TRUE` : Prisma.sql`a.id > ${(JSON.parse(after) as { id: string }).id}::uuid`;
  return readLines(at, Prisma.sql`${behind} AND ${filterSql(filter, at)} ORDER BY a.id LIMIT ${BATCH_ROWS}::int`, database());
}

/**
 * The same, all of them as they are in this moment, in the order in which they lie on the disk: a million rows by a random key are a
 * million jumps. One snapshot, so that an account that changes, and so moves, is neither missed nor met twice. For PostgreSQL.
 */
export async function* walkAccounts(filter: AccountFilter, at: Date): AsyncGenerator<ExportBatch, void> {
  const { snapshot, close } = await openSnapshot();
  try {
    const [size] = await snapshot.$queryRaw<{ blocks: number }[]>`
      SELECT (pg_relation_size('connect_account') / current_setting('block_size')::int)::int AS blocks`;
    for (let block = 0; block < size!.blocks; block += BLOCKS) {
      const [from, to] = [`(${block},0)`, `(${block + BLOCKS},0)`];
      yield await readLines(at, Prisma.sql`a.ctid >= ${from}::tid AND a.ctid < ${to}::tid AND ${filterSql(filter, at)}`, snapshot);
    }
  } finally {
    await close();
  }
}

/** The database writes the lines, and all of them are one value: nobody makes objects of a million rows. */
async function readLines(at: Date, which: Prisma.Sql, transaction: Transaction): Promise<ExportBatch> {
  const [batch] = await transaction.$queryRaw<{ lines: string | null; count: number }[]>`
    SELECT string_agg(row_to_json(line)::text, E'\n') AS lines, count(*)::int AS count FROM (
      SELECT a.id, a.name, a.email, a.provider_account_id AS legrand_id, a.granted_scopes, a.requested_scopes,
        CASE WHEN a.listed_state = 'connected' AND ${soonSql(at)} THEN 'expires_soon' ELSE a.listed_state END AS state,
        CASE a.listed_state WHEN 'reconnect_needed' THEN a.reconnect_reason::text WHEN 'unavailable' THEN a.trouble::text
          WHEN 'disconnected' THEN a.disconnect_reason END AS reason,
        ${iso("connected_at")}, ${iso("renewed_at", "last_refreshed_at")},
        CASE WHEN a.access_ends_at < '9999-12-31' THEN ${isoText("access_ends_at")} END AS access_ends_at, ${iso("disconnected_at")}
      FROM connect_account a WHERE ${which}
    ) AS line`;
  return { lines: batch!.lines ?? "", count: batch!.count };
}

/** A moment in UTC as JavaScript writes it (RFC 3339). */
const isoText = (column: string) => Prisma.sql`to_char(a.${Prisma.raw(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const iso = (column: string, name = column) => Prisma.sql`${isoText(column)} AS ${Prisma.raw(name)}`;
