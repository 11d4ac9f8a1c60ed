/** The last row of a page: the next page begins behind it, whatever was added or deleted meanwhile. */
export type PageCursor = { at: Date; id: string };

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The cursor as it stands in an address. */
export function formatPageCursor({ at, id }: PageCursor): string {
  return `${at.toISOString()}~${id}`;
}

/** The cursor of an address, or null for anything that we did not write: that is the first page. */
export function parsePageCursor(value: string | null): PageCursor | null {
  const [, at, id] = CURSOR.exec(value ?? "") ?? [];
  const date = new Date(at ?? NaN);
  return id && !Number.isNaN(date.getTime()) ? { at: date, id } : null;
}

/** One page of rows, read with one row more than it shows, and the cursor of the next page, if there is one. */
export function cutPage<Row>(rows: Row[], size: number, cursorOf: (row: Row) => PageCursor): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, size);
  return { rows: shown, next: rows.length > size ? formatPageCursor(cursorOf(shown.at(-1)!)) : null };
}
