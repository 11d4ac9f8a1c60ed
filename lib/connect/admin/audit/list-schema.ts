import { z } from "zod";

import {
  auditFilterQuery,
  parseAuditFilter,
  type AuditFilter,
} from "#lib/connect/admin/audit/filter-schema.ts";
import { parsePageCursor, type PageCursor } from "#lib/page-cursor.ts";
import { findRepeated } from "#lib/connect/admin/query-schema.ts";

/** Possible numbers of entries on a page. */
export const AUDIT_PAGE_SIZES = [25, 50, 100] as const;

const DEFAULT_SIZE = 50;

/**
 * A request for a page of the audit log. `from` says where the page starts: older or newer than a cursor, or
 * null for the first page.
 */
export type AuditRequest = {
  filter: AuditFilter;
  size: number;
  from: { towards: "older" | "newer"; cursor: PageCursor } | null;
};

const LIST_PARAMETERS = ["size", "older", "newer"];
const isEntryId = (id: string) => /^\d{1,18}$/.test(id);
const sizeSchema = z
  .enum(AUDIT_PAGE_SIZES.map(String), `A page has ${AUDIT_PAGE_SIZES.join(", ")} entries.`)
  .transform(Number)
  .default(DEFAULT_SIZE);

/**
 * Parses the page of the audit log that a URL asks for. If the URL is invalid, returns a sentence that says
 * what is wrong.
 */
export function parseAuditRequest(
  query: URLSearchParams,
): { ok: true; request: AuditRequest } | { ok: false; sentence: string } {
  const filter = parseAuditFilter(query);
  if (!filter.ok) return filter;
  const repeated = findRepeated(query, LIST_PARAMETERS);
  if (repeated) return { ok: false, sentence: repeated };
  const size = sizeSchema.safeParse(query.get("size") || undefined);
  if (!size.success) return { ok: false, sentence: size.error.issues[0]!.message };
  const [older, newer] = [query.get("older"), query.get("newer")];
  if (older && newer) return { ok: false, sentence: "The parameters older and newer cannot be combined." };
  const cursor = parsePageCursor(older || newer, isEntryId);
  if (cursor === undefined)
    return {
      ok: false,
      sentence: "This address does not name a page of the log: it was changed or cut off.",
    };
  return {
    ok: true,
    request: {
      filter: filter.filter,
      size: size.data,
      from: cursor && { towards: older ? "older" : "newer", cursor },
    },
  };
}

/**
 * Returns the query for a page of the audit log, without default values. Without a cursor it is the first
 * page.
 */
export function auditListQuery(
  { filter, size }: Pick<AuditRequest, "filter" | "size">,
  from?: { towards: "older" | "newer"; cursor: string },
): URLSearchParams {
  const query = auditFilterQuery(filter);
  if (size !== DEFAULT_SIZE) query.set("size", String(size));
  if (from) query.set(from.towards, from.cursor);
  return query;
}
