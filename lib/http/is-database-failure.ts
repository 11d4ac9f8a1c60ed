/**
 * What an error may say of its origin: Prisma's code or PostgreSQL's SQLSTATE, in the places where Prisma and
 * node-postgres put them.
 */
type Described = Error & { code?: unknown; meta?: { code?: unknown; driverAdapterError?: unknown } };

const PRISMA_CODE = /^P[1-6]\d{3}$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
/** Of Prisma: what no statement could do because there was no connection, or none in time. */
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
 * Classes and codes of PostgreSQL (its manual, Appendix A) that say the same: no connection, no right to
 * connect, no such database, a deadlock, no resources (disk, memory, connections), a lock or a statement that
 * took too long, a shutdown, a failing system; and a database that only reads (25006).
 */
const OUTAGE_STATES = /^(?:08|28|3D|40|53|57|58|55P03|25006|XX001|XX002)/;
/** node-postgres throws these without a code. */
const OUTAGE_SENTENCE =
  /^Connection terminated|^timeout exceeded when trying to connect|not queryable$|^Query read timeout|after calling end on the pool$|^Client was closed/;

/**
 * True if the database failed, or the way to it: unreachable, closed, out of disk, overloaded. The request
 * may be repeated later (503). False for a statement that could never succeed, such as a duplicate key or a
 * mistake in it (500). Judged by codes; by the names of Prisma's classes only where there is no code, since
 * each bundle has its own copy of them and `instanceof` would know one.
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
 * The SQLSTATE of an error of node-postgres, of PGlite, or of a driver adapter of Prisma's below one of
 * Prisma's; or null.
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
