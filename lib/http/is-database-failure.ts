/**
 * Whether an error came out of the database or the way to it: unreachable, closed, out of disk. Told by name: Prisma's
 * classes exist once in each bundle, and `instanceof` knows only its own.
 */
export function isDatabaseFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /^(PrismaClient|DriverAdapter)/.test(error.name) || isDatabaseFailure(error.cause);
}
