import { estimateEntries, selectEntryRows } from "#lib/connect/admin/audit/export.store.ts";
import { describeAuditFilter, parseAuditFilter } from "#lib/connect/admin/audit/filter-schema.ts";
import type { ExportSelection } from "#lib/connect/admin/exports/export-route.ts";
import { readLines } from "#lib/connect/admin/exports/lines.store.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";

/** Selects the audit log entries that match the filter in the query. */
export async function selectEntries(admin: AdminUser, query: URLSearchParams): Promise<ExportSelection> {
  const parsed = parseAuditFilter(query);
  if (!parsed.ok) return parsed;
  const { filter } = parsed;
  const rows = selectEntryRows(filter);
  return {
    ok: true,
    filter: describeAuditFilter(filter),
    estimate: await estimateEntries(admin, filter),
    source: {
      name: "audit-log",
      columns: Object.keys(rows.columns),
      read: (format) => readLines(admin, rows, format),
    },
  };
}
