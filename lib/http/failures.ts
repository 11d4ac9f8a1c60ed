import { isDatabaseFailure } from "#lib/http/is-database-failure.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";

const LIMIT = 1_000;
// The copy of this module in Next's bundle writes; the server's own copy reads.
const noted = oncePerProcess("database-failures", () => new Set<string>());

/** Remembers that the database made rendering the page of this request fail. */
export function noteFailure(requestId: string, error: unknown): void {
  if (!isDatabaseFailure(error)) return;
  // Entries of abandoned requests are never read, and an outage of hours must not fill the memory.
  if (noted.size >= LIMIT) noted.delete(noted.values().next().value!);
  noted.add(requestId);
}

/** True if the database made this request fail. Removes the entry, so it can be asked only once. */
export function wasDatabaseFailure(requestId: string): boolean {
  return noted.delete(requestId);
}
