import { Gauge, type Registry } from "prom-client";

import { database, findDatabase } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** Adds the number of requests that are being answered now. */
export function addRequestsUnderWay(registry: Registry, count: () => number): void {
  new Gauge({
    name: "http_requests_in_flight",
    help: "Requests that are being answered.",
    registers: [registry],
    collect() {
      this.set(count());
    },
  });
}

type Numbers = { pending_revocations: number; states: Record<string, number> };

/**
 * Reads the totals that the database keeps (connect_tally). These are few rows, however many accounts there
 * are.
 */
const NUMBERS = Prisma.sql`SELECT (SELECT count(*)::int FROM connect_pending_revocation) AS pending_revocations,
  (SELECT coalesce(jsonb_object_agg(key, amount), '{}') FROM (SELECT key, sum(amount)::int AS amount FROM connect_tally WHERE name = 'listed' GROUP BY key) AS t) AS states`;

/**
 * Adds the metrics that come from the database. Each scrape runs one statement, and its duration is a metric
 * too. If the database does not answer, `database_up` is 0.
 */
export function addDatabaseMetrics(registry: Registry): void {
  const registers = [registry];
  // All gauges of one scrape share one query.
  let looking: Promise<Look> | null = null;
  const look = () =>
    (looking ??= lookAtDatabase().finally(() => {
      looking = null;
    }));
  new Gauge({
    name: "database_up",
    help: "Whether the database answered.",
    registers,
    async collect() {
      this.set((await look()).numbers ? 1 : 0);
    },
  });
  new Gauge({
    name: "database_answer_seconds",
    help: "How long the database took to answer the statement of this look.",
    registers,
    async collect() {
      this.set((await look()).seconds);
    },
  });
  new Gauge({
    name: "connect_pending_revocations",
    help: "Tokens that Legrand has not been told to revoke yet.",
    registers,
    async collect() {
      this.set((await look()).numbers?.pending_revocations ?? NaN);
    },
  });
  new Gauge({
    name: "connect_linked_accounts",
    help: "Linked accounts, by the state that is listed.",
    labelNames: ["state"],
    registers,
    async collect() {
      this.reset();
      for (const [state, count] of Object.entries((await look()).numbers?.states ?? {}))
        this.set({ state }, count);
    },
  });
  new Gauge({
    name: "database_connections",
    help: "Connections of this process to PostgreSQL.",
    labelNames: ["state"],
    registers,
    collect() {
      const pool = findDatabase()?.pool;
      if (!pool) return;
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waited_for" }, pool.waitingCount);
    },
  });
}

type Look = { numbers: Numbers | null; seconds: number };

/** Reads the numbers and measures how long that takes. Never rejects. */
async function lookAtDatabase(): Promise<Look> {
  const begin = performance.now();
  const numbers = await database()
    .$queryRaw<Numbers[]>(NUMBERS)
    .then(
      ([row]) => row!,
      () => null,
    );
  return { numbers, seconds: (performance.now() - begin) / 1000 };
}
