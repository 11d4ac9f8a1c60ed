import "server-only";

import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

type Plan = { "Plan Rows": number; Plans?: Plan[] };

/**
 * Estimates how many rows each of these queries (from FROM on) finds, according to the database's planner.
 * Uses one statement and executes none of the queries.
 */
export async function expectRows(
  _admin: AdminUser,
  rows: readonly Prisma.Sql[],
  client: Pick<Transaction, "$queryRaw"> = database(),
): Promise<number[]> {
  const selects = rows.map((from) => Prisma.sql`(SELECT 1 ${from})`);
  const [row] = await client.$queryRaw<
    { "QUERY PLAN": { Plan: Plan }[] }[]
  >`EXPLAIN (FORMAT JSON) ${Prisma.join(selects, " UNION ALL ")}`;
  const { Plan: plan } = row!["QUERY PLAN"][0]!;
  return (rows.length === 1 ? [plan] : plan.Plans!).map((each) => each["Plan Rows"]);
}
