import "server-only";

import type { ExportBatch } from "#lib/connect/admin/exports/export.ts";
import type { AccountFilter } from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import { filterSql, soonSql } from "#lib/connect/admin/linked-accounts/filter/store.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** A statement, and what it makes of the memory, is paid once for so many rows. */
const BATCH = 2_000;

/** What the file says of a linked account, in its order. */
export const ACCOUNT_COLUMNS = [
  "id", "name", "email", "legrand_id", "granted_scopes", "requested_scopes", "state", "reason", "connected_at", "last_refreshed_at", "access_ends_at", "disconnected_at",
] as const;

/**
 * The linked accounts of the filter as lines of JSON, by id: each account that stays in the filter is there once, however others change
 * meanwhile. The database writes the lines, and the whole batch is one value: nobody makes objects of a million rows.
 */
export async function readAccountLines(filter: AccountFilter, at: Date, after: string | null): Promise<ExportBatch> {
  const [batch] = await database().$queryRaw<{ lines: string | null; count: number }[]>`
    SELECT string_agg(row_to_json(line)::text, E'\n') AS lines, count(*)::int AS count FROM (
      SELECT a.id, a.name, a.email, a.provider_account_id AS legrand_id, a.granted_scopes, a.requested_scopes,
        CASE WHEN a.listed_state = 'connected' AND ${soonSql(at)} THEN 'expires_soon' ELSE a.listed_state END AS state,
        CASE a.listed_state WHEN 'reconnect_needed' THEN a.reconnect_reason::text WHEN 'unavailable' THEN a.trouble::text
          WHEN 'disconnected' THEN a.disconnect_reason END AS reason,
        ${iso("connected_at")}, ${iso("renewed_at", "last_refreshed_at")},
        CASE WHEN a.access_ends_at < '9999-12-31' THEN ${isoText("access_ends_at")} END AS access_ends_at, ${iso("disconnected_at")}
      FROM connect_account a
      WHERE ${after === null ? Prisma.sql`TRUE` : Prisma.sql`a.id > ${after}::uuid`} AND ${filterSql(filter, at)}
      ORDER BY a.id LIMIT ${BATCH}::int
    ) AS line`;
  const { lines, count } = batch!;
  return { lines: lines ?? "", count, last: lines !== null && count === BATCH ? lastId(lines) : null };
}

function lastId(lines: string): string {
  return (JSON.parse(lines.slice(lines.lastIndexOf("\n") + 1)) as { id: string }).id;
}

/** A moment in UTC as JavaScript writes it (RFC 3339). */
const isoText = (column: string) => Prisma.sql`to_char(a.${Prisma.raw(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const iso = (column: string, name = column) => Prisma.sql`${isoText(column)} AS ${Prisma.raw(name)}`;
