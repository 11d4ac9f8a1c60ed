import { setTimeout } from "node:timers/promises";

import {
  keyLines,
  LOG_PLANS,
  readPlans,
  STOP_LOGGING_PLANS,
  wholeReads,
  type WholeRead,
} from "#tests/harness/plans.ts";
import type { TestPostgres } from "#tests/harness/postgres.ts";
import type { SizedServer } from "#tests/bench/admin/sized-server.ts";

/**
 * How an address reads the big tables, and which of them it reads whole. `isAll` is true if the address shows
 * every row.
 */
export type CheckedPlan = {
  name: string;
  isAll: boolean;
  lines: string[];
  scanned: (WholeRead & { query: string })[];
};

/**
 * Returns whether an address reads a big table whole without showing all of it, or reads one with a
 * sequential scan.
 */
export const isRefused = ({ isAll, scanned }: CheckedPlan): boolean =>
  scanned.some(({ how }) => !isAll || how === "Seq Scan");

/** Time for the server to reload its settings, and for its log to arrive. */
const SETTLE_MS = 300;

/** Visits each address with the plans logged. Nothing is measured during these visits. */
export async function checkPlans(
  postgres: TestPostgres,
  { database }: SizedServer,
  visits: readonly { name: string; isAll: boolean; visit: () => Promise<unknown> }[],
): Promise<CheckedPlan[]> {
  for (const statement of LOG_PLANS) await database.query(statement);
  await setTimeout(SETTLE_MS);
  const checked: CheckedPlan[] = [];
  for (const { name, isAll, visit } of visits) {
    postgres.takeLog();
    await visit();
    await setTimeout(SETTLE_MS);
    const plans = readPlans(postgres.takeLog());
    const scanned = plans.flatMap((plan) => wholeReads(plan).map((read) => ({ ...read, query: plan.query })));
    checked.push({ name, isAll, lines: [...new Set(plans.flatMap(keyLines))], scanned });
  }
  for (const statement of STOP_LOGGING_PLANS) await database.query(statement);
  await setTimeout(SETTLE_MS);
  return checked;
}
