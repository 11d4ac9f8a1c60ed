import { z } from "zod";

import {
  filterQuery,
  parseFilter,
  type AccountFilter,
} from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import { momentSchema } from "#lib/page-cursor.ts";
import { findRepeated } from "#lib/connect/admin/query-schema.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** The columns that the list can be sorted by, as they stand in it. */
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
/** A column that the list is sorted by, as it stands in the address. */
export type Sort = (typeof SORTS)[number];
/** Which end comes first. */
export type Direction = "ascending" | "descending";

/** How many rows a page can have. */
export const PAGE_SIZES = [25, 50, 100] as const;

/**
 * A place in an order: the values of the row there, and its id, which makes every place another. It is a
 * place only: what is shown after or before it is what the filter lets through, and it need not be there any
 * more.
 */
export type Position = { values: (string | number)[]; id: string };

/** What is asked of the list. `from`: the page after or before a place; null is the first page. */
export type ListRequest = {
  filter: AccountFilter;
  sort: Sort;
  direction: Direction;
  size: (typeof PAGE_SIZES)[number];
  from: { towards: "after" | "before"; position: Position } | null;
};

const DEFAULT_LIST = { sort: "connected", direction: "descending", size: 50 } as const;

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
 * The list that an address asks for; where it cannot be meant, a sentence that says what is wrong. Parameters
 * that are empty count as absent.
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

/** A place as it stands in an address. Opaque, and nothing secret: who changes it is at another place. */
export function formatCursor(sort: Sort, { values, id }: Position): string {
  return Buffer.from(JSON.stringify([sort, ...values, id])).toString("base64url");
}

/** The place that a cursor names in that order, or null where it names none. */
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

/** The address of a list: what is as by default is left out. Without `from` it is the first page. */
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
