import "server-only";

import type { ExportRows } from "#lib/connect/admin/exports/lines.store.ts";
import type { AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { filterSql, soonSql } from "#lib/connect/admin/accounts/filter.store.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** Formats a UTC time like JavaScript (RFC 3339). */
const iso = (column: string) =>
  Prisma.sql`to_char(a.${Prisma.raw(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const word = (value: Prisma.Sql) => ({ kind: "word", value }) as const;
const text = (value: Prisma.Sql) => ({ kind: "text", value }) as const;
const list = (value: Prisma.Sql) => ({ kind: "list", value }) as const;

/**
 * Describes the rows of the export: the linked accounts that match the filter, by id. If there are so many
 * that this would take long (`areMany`), they are copied in their order on disk, or as an index finds them. A
 * million rows by a random key would be a million random reads.
 */
export function selectAccountRows(filter: AccountFilter, at: Date, areMany: boolean): ExportRows {
  return {
    columns: {
      id: word(Prisma.sql`a.id`),
      name: text(Prisma.sql`a.name`),
      email: text(Prisma.sql`a.email`),
      legrand_id: text(Prisma.sql`a.provider_account_id`),
      granted_scopes: list(Prisma.sql`a.granted_scopes`),
      requested_scopes: list(Prisma.sql`a.requested_scopes`),
      state: word(
        Prisma.sql`CASE WHEN a.listed_state = 'connected' AND ${soonSql(at)} THEN 'expires_soon' ELSE a.listed_state END`,
      ),
      reason:
        text(Prisma.sql`CASE a.listed_state WHEN 'reconnect_needed' THEN a.reconnect_reason::text WHEN 'unavailable' THEN a.trouble::text
        WHEN 'disconnected' THEN a.disconnect_reason END`),
      connected_at: word(iso("connected_at")),
      last_refreshed_at: word(iso("renewed_at")),
      access_ends_at: word(
        Prisma.sql`CASE WHEN a.access_ends_at < '9999-12-31' THEN ${iso("access_ends_at")} END`,
      ),
      disconnected_at: word(iso("disconnected_at")),
    },
    table: Prisma.sql`connect_account a`,
    where: filterSql(filter, at),
    copied: areMany ? Prisma.sql`AND a.ctid >= '(0,0)'` : Prisma.sql`ORDER BY a.id`,
    key: Prisma.sql`a.id::text`,
    order: Prisma.sql`a.id`,
    behind: (id) => Prisma.sql`a.id > ${id}::uuid`,
  };
}
