import { setTimeout } from "node:timers/promises";

import { keyLines, LOG_PLANS, readPlans, scannedTables, STOP_LOGGING_PLANS } from "#tests/harness/plans.ts";
import type { TestPostgres } from "#tests/harness/postgres.ts";
import type { SizedServer } from "#tests/bench/admin/sized-server.ts";

/** How an address reads the big tables, and which of them it reads whole. */
export type CheckedPlan = { name: string; lines: string[]; scanned: { table: string; query: string }[] };

/** The server reads its settings anew, and what it logs arrives, within that time. */
const SETTLE_MS = 300;

/** Visits each of these with the plans logged; nothing is measured meanwhile. */
export async function checkPlans(postgres: TestPostgres, { database }: SizedServer, visits: readonly { name: string; visit: () => Promise<unknown> }[]): Promise<CheckedPlan[]> {
  for (const statement of LOG_PLANS) await database.query(statement);
  await setTimeout(SETTLE_MS);
  const checked: CheckedPlan[] = [];
  for (const { name, visit } of visits) {
    postgres.takeLog();
    await visit();
    await setTimeout(SETTLE_MS);
    const plans = readPlans(postgres.takeLog());
    checked.push({ name, lines: [...new Set(plans.flatMap(keyLines))], scanned: plans.flatMap((plan) => scannedTables(plan).map((table) => ({ table, query: plan.query }))) });
  }
  for (const statement of STOP_LOGGING_PLANS) await database.query(statement);
  await setTimeout(SETTLE_MS);
  return checked;
}
