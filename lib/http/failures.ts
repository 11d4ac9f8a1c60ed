import { isDatabaseFailure } from "#lib/http/is-database-failure.ts";

// The copy of this module in Next's bundle writes; the server's own copy reads.
const KEY = Symbol.for("legrand-connect.database-failures");
const LIMIT = 1_000;
const shared = globalThis as { [KEY]?: Set<string> };

/** Remembers that the database made rendering the page of this request fail. */
export function noteFailure(requestId: string, error: unknown): void {
  if (!isDatabaseFailure(error)) return;
  const noted = (shared[KEY] ??= new Set());
  // Entries of abandoned requests are never read, and an outage of hours must not fill the memory.
  if (noted.size >= LIMIT) noted.delete(noted.values().next().value!);
  noted.add(requestId);
}

/** True if the database made this request fail. Removes the entry, so it can be asked only once. */
export function wasDatabaseFailure(requestId: string): boolean {
  return shared[KEY]?.delete(requestId) ?? false;
}
