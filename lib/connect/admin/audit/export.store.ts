import "server-only";

import type { AuditFilter } from "#lib/connect/admin/audit/filter-schema.ts";
import { auditFilterSql } from "#lib/connect/admin/audit/filter.store.ts";
import type { ExportRows } from "#lib/connect/admin/exports/lines.store.ts";
import { expectRows } from "#lib/connect/admin/planner.store.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { Prisma } from "#lib/db/generated/client.ts";

const TEXTS = [
  "request_id",
  "actor_id",
  "actor",
  "action",
  "outcome",
  "target_type",
  "target_id",
  "target",
  "address",
  "detail",
];
const AT = Prisma.sql`to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const NEWEST_FIRST = Prisma.sql`e.at DESC, e.id DESC`;

/**
 * Describes the rows of an audit log export: the entries that match the filter, newest first. An entry that
 * is added during the export sorts before the first row, and so is not in the file.
 */
export function selectEntryRows(filter: AuditFilter): ExportRows {
  return {
    columns: {
      id: { kind: "word", value: Prisma.sql`e.id` },
      at: { kind: "word", value: AT },
      ...Object.fromEntries(TEXTS.map((name) => [name, { kind: "text", value: Prisma.raw(`e.${name}`) }])),
    },
    table: Prisma.sql`connect_audit_entry e`,
    where: auditFilterSql(filter),
    copied: Prisma.sql`ORDER BY ${NEWEST_FIRST}`,
    key: Prisma.sql`json_build_array(${AT}, e.id::text)::text`,
    order: NEWEST_FIRST,
    behind,
  };
}

/**
 * Condition for the rows after `key`: older entries, and entries of the same time that were added before it.
 */
function behind(key: string): Prisma.Sql {
  const [at, id] = JSON.parse(key) as [string, string];
  return Prisma.sql`(e.at, e.id) < (${new Date(at)}, ${id}::bigint)`;
}

/** Estimates how many entries match the filter. */
export async function estimateEntries(admin: AdminUser, filter: AuditFilter): Promise<number> {
  return (
    await expectRows(admin, [Prisma.sql`FROM connect_audit_entry e WHERE ${auditFilterSql(filter)}`])
  )[0]!;
}
