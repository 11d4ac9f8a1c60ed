import { z } from "zod";

import { auditFilterQuery, parseAuditFilter, type AuditFilter } from "#lib/connect/admin/audit/filter-schema.ts";

/** How many entries a page can have. */
export const AUDIT_PAGE_SIZES = [25, 50, 100] as const;

const DEFAULT_SIZE = 50;

/** A place in the log: newest first, and by id where the time is the same. The entry need not be there. */
export type AuditPosition = { at: Date; id: string };

/** What is asked of the log. `from`: the page of older or newer entries than a place; null is the first page. */
export type AuditRequest = { filter: AuditFilter; size: number; from: { towards: "older" | "newer"; position: AuditPosition } | null };

const LIST_PARAMETERS = ["size", "older", "newer"];
// PostgreSQL knows no year 0 and none with a sign.
const moment = z.iso.datetime({ precision: 3 }).refine((value) => value > "0001").transform((value) => new Date(value));
const cursorSchema = z.tuple([moment, z.string().regex(/^\d{1,18}$/)]);
const sizeSchema = z.enum(AUDIT_PAGE_SIZES.map(String), `A page has ${AUDIT_PAGE_SIZES.join(", ")} entries.`).transform(Number).default(DEFAULT_SIZE);

/** The part of the log that an address asks for; where it cannot be meant, a sentence that says what is wrong. */
export function parseAuditRequest(query: URLSearchParams): { ok: true; request: AuditRequest } | { ok: false; sentence: string } {
  const filter = parseAuditFilter(query);
  if (!filter.ok) return filter;
  const twice = LIST_PARAMETERS.find((name) => query.getAll(name).length > 1);
  if (twice) return { ok: false, sentence: `The parameter ${twice} is there more than once.` };
  const size = sizeSchema.safeParse(query.get("size") || undefined);
  if (!size.success) return { ok: false, sentence: size.error.issues[0]!.message };
  const [older, newer] = [query.get("older"), query.get("newer")];
  if (older && newer) return { ok: false, sentence: "A page is older than a place or newer, not both." };
  const cursor = older || newer;
  const position = cursor ? parseAuditCursor(cursor) : null;
  if (cursor && !position) return { ok: false, sentence: "The place in the log that this address names cannot be read: the address was changed, or cut off." };
  return { ok: true, request: { filter: filter.filter, size: size.data, from: position && { towards: older ? "older" : "newer", position } } };
}

/** A place as it stands in an address. */
export function formatAuditCursor({ at, id }: AuditPosition): string {
  return `${at.toISOString()}~${id}`;
}

function parseAuditCursor(cursor: string): AuditPosition | null {
  const parsed = cursorSchema.safeParse(cursor.split("~"));
  return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : null;
}

/** The address of a page of the log: what is as by default is left out. Without a cursor it is the first page. */
export function auditListQuery({ filter, size }: Pick<AuditRequest, "filter" | "size">, from?: { towards: "older" | "newer"; cursor: string }): URLSearchParams {
  const query = auditFilterQuery(filter);
  if (size !== DEFAULT_SIZE) query.set("size", String(size));
  if (from) query.set(from.towards, from.cursor);
  return query;
}
