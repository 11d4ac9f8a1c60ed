import { now } from "#lib/clock.ts";
import type { ExportSelection } from "#lib/connect/admin/exports/export-route.ts";
import { describeFilter } from "#lib/connect/admin/linked-accounts/describe-filter.ts";
import { ACCOUNT_COLUMNS, readAccountLines } from "#lib/connect/admin/linked-accounts/export/store.ts";
import { parseFilter } from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import { estimateCount } from "#lib/connect/admin/linked-accounts/filter/store.ts";

/** The linked accounts that the query's filter means, as they are from this moment on. */
export async function selectAccounts(query: URLSearchParams): Promise<ExportSelection> {
  const parsed = parseFilter(query);
  if (!parsed.ok) return parsed;
  const { filter } = parsed;
  const at = now();
  return {
    ok: true, filter: describeFilter(filter), estimate: (await estimateCount(filter, at)).amount,
    source: { name: "linked-accounts", columns: ACCOUNT_COLUMNS, nextBatch: (after) => readAccountLines(filter, at, after) },
  };
}
