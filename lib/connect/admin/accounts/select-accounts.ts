import { now } from "#lib/clock.ts";
import type { ExportSelection } from "#lib/connect/admin/exports/export-route.ts";
import { readLines } from "#lib/connect/admin/exports/lines.store.ts";
import { describeFilter } from "#lib/connect/admin/accounts/describe-filter.ts";
import { selectAccountRows } from "#lib/connect/admin/accounts/export.store.ts";
import { parseFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { estimateCount } from "#lib/connect/admin/accounts/filter.store.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";

/** From this many rows on, reading the whole table in its physical order is faster than sorting the rows. */
const MANY = 20_000;

/** Selects the linked accounts that match the query's filter, as of now. */
export async function selectAccounts(admin: AdminUser, query: URLSearchParams): Promise<ExportSelection> {
  const parsed = parseFilter(query);
  if (!parsed.ok) return parsed;
  const { filter } = parsed;
  const at = now();
  const { amount } = await estimateCount(admin, filter, at);
  const rows = selectAccountRows(filter, at, amount >= MANY);
  return {
    ok: true,
    filter: describeFilter(filter),
    estimate: amount,
    source: {
      name: "linked-accounts",
      columns: Object.keys(rows.columns),
      read: (format) => readLines(admin, rows, format),
    },
  };
}
