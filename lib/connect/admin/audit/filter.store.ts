import "server-only";

import type { AuditFilter } from "#lib/connect/admin/audit/filter-schema.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { keyBeginsWith } from "#lib/db/search-sql.ts";
import { isUuid } from "#lib/is-uuid.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Returns the filter as a condition on `connect_audit_entry e`. Each part has an index that also provides the
 * order, newest first.
 */
export function auditFilterSql({
  actor,
  action,
  outcome,
  target,
  request,
  from,
  to,
}: AuditFilter): Prisma.Sql {
  const parts = [
    actor !== null && actorSql(actor),
    action !== null && Prisma.sql`e.action = ${action}`,
    outcome !== null && Prisma.sql`e.outcome = ${outcome}`,
    target !== null && Prisma.sql`e.target_id = ${target}`,
    request !== null && Prisma.sql`e.request_id = ${request}`,
    from !== null && Prisma.sql`e.at >= ${from}`,
    to !== null && Prisma.sql`e.at < ${new Date(to.getTime() + DAY_MS)}`,
  ].filter((part) => part !== false);
  return parts.length ? Prisma.join(parts, " AND ") : Prisma.sql`TRUE`;
}

function actorSql(actor: string): Prisma.Sql {
  return isUuid(actor)
    ? Prisma.sql`e.actor_id = ${actor}::uuid`
    : keyBeginsWith(Prisma.sql`e.actor_key`, actor);
}
