import "server-only";

import { database, type Transaction } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/** About how many rows a statement finds: what the database's planner expects. Nothing is executed. `rows`: from FROM on. */
export async function expectRows(rows: Prisma.Sql, client: Pick<Transaction, "$queryRaw"> = database()): Promise<number> {
  const [row] = await client.$queryRaw<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }[]>`EXPLAIN (FORMAT JSON) SELECT 1 ${rows}`;
  return row!["QUERY PLAN"][0]!.Plan["Plan Rows"];
}
