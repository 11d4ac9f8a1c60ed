import { AUDIT_COLUMNS, estimateEntries, readAuditLines } from "#lib/connect/admin/audit/export/store.ts";
import { describeAuditFilter, parseAuditFilter } from "#lib/connect/admin/audit/filter-schema.ts";
import type { ExportSelection } from "#lib/connect/admin/exports/export-route.ts";
import { readByKey } from "#lib/connect/admin/exports/read-by-key.ts";

/** The entries of the audit log that the query's filter means. */
export async function selectEntries(query: URLSearchParams): Promise<ExportSelection> {
  const parsed = parseAuditFilter(query);
  if (!parsed.ok) return parsed;
  const { filter } = parsed;
  return {
    ok: true, filter: describeAuditFilter(filter), estimate: await estimateEntries(filter),
    source: { name: "audit-log", columns: AUDIT_COLUMNS, read: () => readByKey((after) => readAuditLines(filter, after)) },
  };
}
