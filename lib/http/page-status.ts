// The copy of this module in Next's bundle writes; the server's own copy reads.
const KEY = Symbol.for("legrand-connect.page-statuses");
const LIMIT = 1_000;
const shared = globalThis as { [KEY]?: Map<string, PageStatus> };

/**
 * Statuses that a page can have instead of 200: the request is malformed, the thing does not exist, it is
 * gone, or it cannot be done as asked.
 */
export type PageStatus = 400 | 404 | 410 | 422;

/** Sets the status for the page of this request, at any point of its rendering. */
export function setPageStatus(requestId: string, status: PageStatus): void {
  const statuses = (shared[KEY] ??= new Map());
  // Entries of abandoned requests are never read.
  if (statuses.size >= LIMIT) statuses.delete(statuses.keys().next().value);
  statuses.set(requestId, status);
}

/** Returns and removes the status that the page of this request asked for, or returns null. */
export function takePageStatus(requestId: string): PageStatus | null {
  const status = shared[KEY]?.get(requestId) ?? null;
  shared[KEY]?.delete(requestId);
  return status;
}
