import { now } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import {
  describeAuditEntry,
  type DescribedAuditEntry,
} from "#lib/connect/admin/audit/describe-audit-entry.ts";
import type { AuditRequest } from "#lib/connect/admin/audit/list-schema.ts";
import { listAuditEntries } from "#lib/connect/admin/audit/list.store.ts";
import { formatPageCursor } from "#lib/page-cursor.ts";

/**
 * A page of the audit log in words. `older` and `newer` are the cursors of the adjacent pages; null at an
 * end.
 */
export type AuditView = {
  entries: DescribedAuditEntry[];
  older: string | null;
  newer: string | null;
  at: Date;
};

/** Returns the requested page of the audit log. */
export async function viewAudit(admin: AdminUser, request: AuditRequest): Promise<AuditView> {
  const { rows, hasMore } = await listAuditEntries(admin, request);
  const cursorAt = (row: (typeof rows)[number] | undefined) => (row ? formatPageCursor(row) : null);
  const isNewer = request.from?.towards === "newer";
  return {
    entries: rows.map(describeAuditEntry),
    older: isNewer || hasMore ? cursorAt(rows.at(-1)) : null,
    newer: (isNewer ? hasMore : request.from !== null) ? cursorAt(rows[0]) : null,
    at: now(),
  };
}
