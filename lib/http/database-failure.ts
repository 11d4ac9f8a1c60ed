import { oncePerProcess } from "#lib/once-per-process.ts";

/**
 * The parts of an error that show its origin: Prisma's code or PostgreSQL's SQLSTATE, where Prisma and
 * node-postgres put them.
 */
type Described = Error & { code?: unknown; meta?: { code?: unknown; driverAdapterError?: unknown } };

const PRISMA_CODE = /^P[1-6]\d{3}$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** Prisma's codes for a statement that failed because there was no connection, or none in time. */
const OUTAGE_CODES = new Set([
  "P1000",
  "P1001",
  "P1002",
  "P1003",
  "P1008",
  "P1010",
  "P1011",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
]);
/**
 * Classes and codes of PostgreSQL for an outage (its manual, Appendix A): no connection, no right to connect,
 * no such database, a deadlock, no resources (disk, memory, connections), a lock or statement timeout, a
 * shutdown, a failing system, and a read-only database (25006).
 */
const OUTAGE_STATES = /^(?:08|28|3D|40|53|57|58|55P03|25006|XX001|XX002)/;
/** node-postgres throws errors with these messages without a code. */
const OUTAGE_SENTENCE =
  /^Connection terminated|^timeout exceeded when trying to connect|not queryable$|^Query read timeout|after calling end on the pool$|^Client was closed/;

/**
 * True if the database or the connection to it failed: unreachable, closed, out of disk, overloaded. The
 * request may be repeated later (503). False for a statement that could never succeed, such as a duplicate
 * key or a programming error (500).
 *
 * Decides by codes. Uses the names of Prisma's classes only if there is no code: each bundle has its own copy
 * of these classes, and `instanceof` recognises only one.
 */
export function isDatabaseFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const state = sqlStateOf(error);
  if (state) return OUTAGE_STATES.test(state);
  const code = (error as Described).code;
  if (typeof code === "string" && PRISMA_CODE.test(code)) return OUTAGE_CODES.has(code);
  if (OUTAGE_SENTENCE.test(error.message)) return true;
  return (
    /^PrismaClient(?:Initialization|RustPanic|UnknownRequest)Error$|^DriverAdapterError$/.test(error.name) ||
    isDatabaseFailure(error.cause)
  );
}

/**
 * Returns the SQLSTATE of an error from node-postgres, from PGlite, or from a Prisma driver adapter wrapped
 * in a Prisma error; or null.
 */
function sqlStateOf(error: Error): string | null {
  const { code, meta } = error as Described;
  const adapted = meta?.driverAdapterError instanceof Error ? sqlStateOf(meta.driverAdapterError) : null;
  const cause = error.cause as { originalCode?: unknown } | undefined;
  const found = [adapted, cause?.originalCode, meta?.code, code].find(
    (one): one is string => typeof one === "string" && SQLSTATE.test(one) && !PRISMA_CODE.test(one),
  );
  return found ?? null;
}

const LIMIT = 1_000;
// The copy of this module in Next's bundle writes; the server's own copy reads.
const marked = oncePerProcess("database-failures", () => new Set<string>());

/**
 * Marks this request as failed because of the database, if that is where the error is from. The page for the
 * failure asks with `wasDatabaseFailure`.
 */
export function markDatabaseFailure(requestId: string, error: unknown): void {
  if (!isDatabaseFailure(error)) return;
  // Entries of abandoned requests are never read, and an outage of hours must not fill the memory.
  if (marked.size >= LIMIT) marked.delete(marked.values().next().value!);
  marked.add(requestId);
}

/** True if the database made this request fail. Removes the entry, so it can be asked only once. */
export function wasDatabaseFailure(requestId: string): boolean {
  return marked.delete(requestId);
}
