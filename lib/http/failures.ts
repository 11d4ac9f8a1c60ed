import { isDatabaseFailure } from "#lib/http/is-database-failure.ts";

// Written by the copy of this module in Next's bundle, read by the server's own.
const KEY = Symbol.for("legrand-connect.database-failures");
const LIMIT = 1_000;
const shared = globalThis as { [KEY]?: Set<string> };

/** Remembers that rendering the page of this request failed because of the database. */
export function noteFailure(requestId: string, error: unknown): void {
  if (!isDatabaseFailure(error)) return;
  const noted = (shared[KEY] ??= new Set());
  // A page that nobody waits for any more is not asked about: an outage of hours must not fill the memory.
  if (noted.size >= LIMIT) noted.delete(noted.values().next().value!);
  noted.add(requestId);
}

/** Whether the database made this request fail; asked once. */
export function wasDatabaseFailure(requestId: string): boolean {
  return shared[KEY]?.delete(requestId) ?? false;
}
