import { z } from "zod";

import {
  auditFilterQuery,
  parseAuditFilter,
  type AuditFilter,
} from "#lib/connect/admin/audit/filter-schema.ts";
import { parsePageCursor, type PageCursor } from "#lib/page-cursor.ts";
import { findRepeated } from "#lib/connect/admin/query-schema.ts";

/** How many entries a page can have. */
export const AUDIT_PAGE_SIZES = [25, 50, 100] as const;

const DEFAULT_SIZE = 50;

/**
 * What is asked of the log. `from`: the page of older or newer entries than a place; null is the first page.
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
 * The part of the log that an address asks for; where it cannot be meant, a sentence that says what is wrong.
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
 * The address of a page of the log: what is as by default is left out. Without a cursor it is the first page.
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
