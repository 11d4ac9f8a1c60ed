import { oncePerProcess } from "#lib/once-per-process.ts";

const LIMIT = 1_000;
// The copy of this module in Next's bundle writes; the server's own copy reads.
const noted = oncePerProcess("page-statuses", () => new Map<string, PageStatus>());

/**
 * Statuses that a page can have instead of 200: the request is malformed, the thing does not exist, it is
 * gone, or it cannot be done as asked.
 */
export type PageStatus = 400 | 404 | 410 | 422;

/** Remembers the status for the page of this request, at any point of its rendering. */
export function notePageStatus(requestId: string, status: PageStatus): void {
  // Entries of abandoned requests are never read.
  if (noted.size >= LIMIT) noted.delete(noted.keys().next().value!);
  noted.set(requestId, status);
}

/** Returns and removes the status that the page of this request asked for, or returns null. */
export function takePageStatus(requestId: string): PageStatus | null {
  const status = noted.get(requestId) ?? null;
  noted.delete(requestId);
  return status;
}
