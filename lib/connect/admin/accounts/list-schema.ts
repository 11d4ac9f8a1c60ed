import { z } from "zod";

import { filterQuery, parseFilter, type AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { momentSchema } from "#lib/page-cursor.ts";
import { findRepeated } from "#lib/connect/admin/query-schema.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** The columns that the list can be sorted by, in display order. */
export const SORTS = [
  "person",
  "email",
  "legrand_id",
  "scopes",
  "state",
  "connected",
  "refreshed",
  "access_ends",
] as const;
/** A column that the list is sorted by, as in the URL. */
export type Sort = (typeof SORTS)[number];
/** The name of each column. */
export const SORT_WORDS: Record<Sort, string> = {
  person: "Person",
  email: "E-mail",
  legrand_id: "Legrand id",
  scopes: "Permissions",
  state: "State",
  connected: "Connected",
  refreshed: "Last refreshed",
  access_ends: "Access ends",
};
/** The sort direction. */
export type Direction = "ascending" | "descending";

/** Possible numbers of rows on a page. */
export const PAGE_SIZES = [25, 50, 100] as const;

/**
 * A cursor: the sort values of a row, and its id, which makes the cursor unique. It only marks a position.
 * The rows after or before it are those that match the filter, and its own row may no longer exist.
 */
export type Position = { values: (string | number)[]; id: string };

/**
 * A request for a page of the list. `from` says where the page starts: after or before a cursor, or null for
 * the first page.
 */
export type ListRequest = {
  filter: AccountFilter;
  sort: Sort;
  direction: Direction;
  size: (typeof PAGE_SIZES)[number];
  from: { towards: "after" | "before"; position: Position } | null;
};

/** The order and the page size of a list whose URL names none. */
export const DEFAULT_LIST = { sort: "connected", direction: "descending", size: 50 } as const;

const LIST_PARAMETERS = ["sort", "direction", "size", "after", "before"];
const CURSOR_LIMIT = 4_000;
const text = z
  .string()
  .max(1_000)
  .refine((value) => !value.includes("\0"));
const POSITIONS: Record<Sort, z.ZodType<(string | number)[]>> = {
  person: z.tuple([text]),
  email: z.tuple([text]),
  legrand_id: z.tuple([text]),
  scopes: z.tuple([z.int32()]),
  state: z.tuple([z.enum(["connected", "unavailable", "reconnect_needed", "disconnected"]), momentSchema]),
  connected: z.tuple([momentSchema]),
  refreshed: z.tuple([momentSchema]),
  access_ends: z.tuple([momentSchema]),
};
const pickSchema = z.object({
  sort: z.enum(SORTS, "Unknown sort order.").default(DEFAULT_LIST.sort),
  direction: z
    .enum(["ascending", "descending"], "An order is ascending or descending.")
    .default(DEFAULT_LIST.direction),
  size: z
    .enum(PAGE_SIZES.map(String), `A page has ${PAGE_SIZES.join(", ")} rows.`)
    .transform(Number)
    .default(DEFAULT_LIST.size),
});
const BAD_CURSOR = "This address does not name a page of the list: it was changed or cut off.";

/**
 * Parses the list that a URL asks for. Empty parameters count as absent. If the URL is invalid, returns a
 * sentence that says what is wrong.
 */
export function parseListRequest(
  query: URLSearchParams,
): { ok: true; request: ListRequest } | { ok: false; sentence: string } {
  const filter = parseFilter(query);
  if (!filter.ok) return filter;
  const repeated = findRepeated(query, LIST_PARAMETERS);
  if (repeated) return { ok: false, sentence: repeated };
  const given = (name: string) => query.get(name) || undefined;
  const picked = pickSchema.safeParse({
    sort: given("sort"),
    direction: given("direction"),
    size: given("size"),
  });
  if (!picked.success) return { ok: false, sentence: picked.error.issues[0]!.message };
  const [after, before] = [given("after"), given("before")];
  if (after && before) return { ok: false, sentence: "The parameters after and before cannot be combined." };
  const cursor = after ?? before;
  const position = cursor === undefined ? null : parseCursor(cursor, picked.data.sort);
  if (cursor !== undefined && !position) return { ok: false, sentence: BAD_CURSOR };
  const from = position && { towards: after ? ("after" as const) : ("before" as const), position };
  return { ok: true, request: { filter: filter.filter, ...picked.data, from } as ListRequest };
}

/** Encodes a cursor for a URL. It is opaque but not secret: changing it only leads to another position. */
export function formatCursor(sort: Sort, { values, id }: Position): string {
  return Buffer.from(JSON.stringify([sort, ...values, id])).toString("base64url");
}

/** Decodes a cursor for this sort order. Returns null if it is invalid. */
export function parseCursor(cursor: string, sort: Sort): Position | null {
  if (cursor.length > CURSOR_LIMIT || !/^[\w-]+$/.test(cursor)) return null;
  const parts = readJson(Buffer.from(cursor, "base64url"));
  if (!Array.isArray(parts) || parts[0] !== sort) return null;
  const values = POSITIONS[sort].safeParse(parts.slice(1, -1));
  const id: unknown = parts.at(-1);
  return values.success && isUuid(id) ? { values: values.data, id } : null;
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** Returns the query for a page of the list, without default values. Without `from` it is the first page. */
export function listQuery(
  { filter, sort, direction, size }: Omit<ListRequest, "from">,
  from?: { towards: "after" | "before"; cursor: string },
): URLSearchParams {
  const query = filterQuery(filter);
  if (sort !== DEFAULT_LIST.sort) query.set("sort", sort);
  if (direction !== DEFAULT_LIST.direction) query.set("direction", direction);
  if (size !== DEFAULT_LIST.size) query.set("size", String(size));
  if (from) query.set(from.towards, from.cursor);
  return query;
}

/** Returns the query of the requested page itself, without default values. */
export function pageQuery({ from, ...list }: ListRequest): URLSearchParams {
  return listQuery(
    list,
    from ? { towards: from.towards, cursor: formatCursor(list.sort, from.position) } : undefined,
  );
}
