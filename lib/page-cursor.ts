import { z } from "zod";

import { isUuid } from "#lib/is-uuid.ts";

/**
 * The last row of a page in a list in the order of time: the next page begins behind it, whatever was added
 * or deleted meanwhile.
 */
export type PageCursor = { at: Date; id: string };

/**
 * A moment as JavaScript writes it (RFC 3339). PostgreSQL knows no year 0, and JavaScript's signs before
 * larger ones are unknown to it.
 */
export const momentSchema = z.iso.datetime({ precision: 3 }).refine((value) => value > "0001");

const cursorSchema = z.tuple([momentSchema.transform((value) => new Date(value)), z.string()]);

/** The cursor as it stands in an address. Opaque, and nothing secret: who changes it is at another place. */
export function formatPageCursor({ at, id }: PageCursor): string {
  return `${at.toISOString()}~${id}`;
}

/**
 * The cursor of an address; null where there is none (the first page), undefined for anything that we did not
 * write. `isId`: what a row of that list can have as its id.
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
 * One page of rows, read with one row more than it shows, and the cursor of the next page, if there is one.
 */
export function cutPage<Row>(
  rows: Row[],
  size: number,
  cursorOf: (row: Row) => PageCursor,
): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, size);
  return { rows: shown, next: rows.length > size ? formatPageCursor(cursorOf(shown.at(-1)!)) : null };
}
