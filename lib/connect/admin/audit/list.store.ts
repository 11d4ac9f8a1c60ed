import "server-only";

import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { auditFilterSql } from "#lib/connect/admin/audit/filter.store.ts";
import type { AuditRequest } from "#lib/connect/admin/audit/list-schema.ts";
import type { AuditAction, AuditOutcome, AuditTarget } from "#lib/connect/audit/audit-entry.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** An entry as stored in the audit log. `targetExists` is true if its target still exists. */
export type AuditRow = AuditTarget & {
  id: string;
  at: Date;
  requestId: string;
  actorId: string | null;
  actor: string;
  action: AuditAction;
  outcome: AuditOutcome;
  address: string;
  detail: Record<string, unknown>;
  targetExists: boolean;
};

/**
 * A page of the audit log, newest first. `hasMore` is true if there are more entries in the requested
 * direction.
 */
export type AuditPage = { rows: AuditRow[]; hasMore: boolean };

const UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

/** Reads a page of the audit log, in one query. */
export async function listAuditEntries(_admin: AdminUser, request: AuditRequest): Promise<AuditPage> {
  const rows = await database().$queryRaw<AuditRow[]>(auditPageSql(request));
  const shown = rows.slice(0, request.size);
  return {
    rows: request.from?.towards === "newer" ? shown.reverse() : shown,
    hasMore: rows.length > request.size,
  };
}

/**
 * Returns the SQL for a page, with one row more than the page shows. Exported for the benchmark, which checks
 * its query plan.
 */
export function auditPageSql({ filter, size, from }: AuditRequest): Prisma.Sql {
  const isNewer = from?.towards === "newer";
  const place = from && Prisma.sql`(${from.cursor.at}::timestamptz, ${from.cursor.id}::bigint)`;
  const beyond = place
    ? isNewer
      ? Prisma.sql`(e.at, e.id) > ${place}`
      : Prisma.sql`(e.at, e.id) < ${place}`
    : Prisma.sql`TRUE`;
  const order = (alias: string) =>
    Prisma.raw(isNewer ? `${alias}.at, ${alias}.id` : `${alias}.at DESC, ${alias}.id DESC`);
  return Prisma.sql`
    SELECT page.id::text, page.at, page.request_id AS "requestId", page.actor_id::text AS "actorId", page.actor, page.action, page.outcome,
      page.target_type AS "targetType", page.target_id AS "targetId", page.target, page.address, page.detail,
      coalesce(CASE WHEN page.target_id ~ ${UUID} THEN CASE page.target_type
        WHEN 'linked_account' THEN (SELECT true FROM connect_account a WHERE a.id = page.target_id::uuid)
        WHEN 'user' THEN (SELECT true FROM connect_user u WHERE u.id = page.target_id::uuid)
        WHEN 'bulk_revocation' THEN (SELECT true FROM connect_bulk_revocation b WHERE b.id = page.target_id::uuid)
      END END, false) AS "targetExists"
    FROM (
      SELECT * FROM connect_audit_entry e WHERE ${auditFilterSql(filter)} AND ${beyond} ORDER BY ${order("e")} LIMIT ${size + 1}
    ) page ORDER BY ${order("page")}`;
}
