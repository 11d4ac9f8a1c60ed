import { Prisma } from "#lib/db/generated/client.ts";

/** True if `statement_timeout` ended the statement (PostgreSQL, query_canceled). */
export function isStatementTimeout(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    JSON.stringify(error.meta ?? {}).includes("57014")
  );
}
