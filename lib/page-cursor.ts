import { z } from "zod";

import { isUuid } from "#lib/is-uuid.ts";

/**
 * The last row of a page in a list that is sorted by time. The next page begins after it, even if rows were
 * added or deleted in between.
 */
export type PageCursor = { at: Date; id: string };

/**
 * A moment as JavaScript writes it (RFC 3339). Excludes the years that PostgreSQL rejects: year 0, and years
 * that JavaScript writes with a sign.
 */
export const momentSchema = z.iso.datetime({ precision: 3 }).refine((value) => value > "0001");

const cursorSchema = z.tuple([momentSchema.transform((value) => new Date(value)), z.string()]);

/**
 * Formats the cursor for an address. It is opaque but not secret: changing it only moves the page to another
 * position.
 */
export function formatPageCursor({ at, id }: PageCursor): string {
  return `${at.toISOString()}~${id}`;
}

/**
 * Parses the cursor of an address. Returns null if the address has no cursor (the first page), or undefined
 * if the cursor is malformed. `isId` checks whether a row of that list can have this id.
 */
export function parsePageCursor(
  sent: string | null,
  isId: (id: string) => boolean = isUuid,
): PageCursor | null | undefined {
  if (!sent) return null;
  const parsed = cursorSchema.safeParse(sent.split("~"));
  return parsed.success && isId(parsed.data[1]) ? { at: parsed.data[0], id: parsed.data[1] } : undefined;
}

/**
 * Returns one page of rows and the cursor of the next page, or null if this is the last. `rows` was read with
 * one row more than the page shows.
 */
export function cutPage<Row>(
  rows: Row[],
  size: number,
  cursorOf: (row: Row) => PageCursor,
): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, size);
  return { rows: shown, next: rows.length > size ? formatPageCursor(cursorOf(shown.at(-1)!)) : null };
}
