import "server-only";

import type { AuditFilter } from "#lib/connect/admin/audit/filter-schema.ts";
import { auditFilterSql } from "#lib/connect/admin/audit/filter/store.ts";
import type { ExportBatch } from "#lib/connect/admin/exports/export.ts";
import { BATCH_ROWS } from "#lib/connect/admin/exports/read-by-key.ts";
import { expectRows } from "#lib/connect/admin/planner/store.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** What the file says of an entry, in its order. */
export const AUDIT_COLUMNS = [
  "id", "at", "request_id", "actor_id", "actor", "action", "outcome", "target_type", "target_id", "target", "address", "detail",
] as const;

/** The entries of the filter as lines of JSON, newest first: what is added meanwhile comes before the first one, and is not in the file. */
export async function readAuditLines(filter: AuditFilter, after: string | null): Promise<ExportBatch> {
  const [batch] = await database().$queryRaw<{ lines: string | null; count: number }[]>`
    SELECT string_agg(row_to_json(line)::text, E'\n') AS lines, count(*)::int AS count FROM (
      SELECT e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, e.request_id, e.actor_id, e.actor, e.action, e.outcome,
        e.target_type, e.target_id, e.target, e.address, e.detail
      FROM connect_audit_entry e WHERE ${afterSql(after)} AND ${auditFilterSql(filter)}
      ORDER BY e.at DESC, e.id DESC LIMIT ${BATCH_ROWS}::int
    ) AS line`;
  return { lines: batch!.lines ?? "", count: batch!.count };
}

/** `after` is the line of an entry: those that are older, and of the same moment those that were added before it. */
function afterSql(after: string | null): Prisma.Sql {
  if (after === null) return Prisma.sql`TRUE`;
  const { at, id } = JSON.parse(after) as { at: string; id: number };
  return Prisma.sql`(e.at, e.id) < (${new Date(at)}, ${id}::bigint)`;
}

/** About how many entries the filter means. */
export function estimateEntries(filter: AuditFilter): Promise<number> {
  return expectRows(Prisma.sql`FROM connect_audit_entry e WHERE ${auditFilterSql(filter)}`);
}
