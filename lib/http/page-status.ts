// Written by the copy of this module in Next's bundle, read by the server's own.
const KEY = Symbol.for("legrand-connect.page-statuses");
const LIMIT = 1_000;
const shared = globalThis as { [KEY]?: Map<string, PageStatus> };

/** What a page can say instead of 200: it cannot be meant, it is gone, it cannot be done as asked. */
export type PageStatus = 400 | 404 | 410 | 422;

/**
 * Remembers that the page of this request is to be answered with that status, however far its rendering is.
 */
export function notePageStatus(requestId: string, status: PageStatus): void {
  const noted = (shared[KEY] ??= new Map());
  // A page that nobody waits for any more is not asked about.
  if (noted.size >= LIMIT) noted.delete(noted.keys().next().value);
  noted.set(requestId, status);
}

/** The status that the page of this request asked for, or null; asked once. */
export function takePageStatus(requestId: string): PageStatus | null {
  const status = shared[KEY]?.get(requestId) ?? null;
  shared[KEY]?.delete(requestId);
  return status;
}
