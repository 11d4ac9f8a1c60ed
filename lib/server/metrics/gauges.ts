import { Gauge, type Registry } from "prom-client";

import { database, findDatabase } from "#lib/db/client.ts";

/** Adds how many requests are being answered in this moment. */
export function addRequestsUnderWay(registry: Registry, count: () => number): void {
  new Gauge({ name: "http_requests_in_flight", help: "Requests that are being answered.", registers: [registry], collect() { this.set(count()); } });
}

type Numbers = { pending_revocations: number; states: Record<string, number> };

/** From the numbers that the database keeps (connect_tally): a handful of rows, however many accounts there are. */
const NUMBERS = `SELECT (SELECT count(*)::int FROM connect_pending_revocation) AS pending_revocations,
  (SELECT coalesce(jsonb_object_agg(key, amount), '{}') FROM (SELECT key, sum(amount)::int AS amount FROM connect_tally WHERE name = 'listed' GROUP BY key) AS t) AS states`;

/** Adds what the database says when it is asked for it: one statement at each look, whose time is a number too. Where it does not answer, `database_up` is 0. */
export function addDatabaseMetrics(registry: Registry): void {
  const registers = [registry];
  const seconds = new Gauge({ name: "database_answer_seconds", help: "How long the database took to answer the statement of this look.", registers });
  const revocations = new Gauge({ name: "connect_pending_revocations", help: "Tokens that Legrand has not been told to revoke yet.", registers });
  const accounts = new Gauge({ name: "connect_linked_accounts", help: "Linked accounts, by the state that is listed.", labelNames: ["state"], registers });
  new Gauge({
    name: "database_connections", help: "Connections of this process to PostgreSQL.", labelNames: ["state"], registers,
    collect() {
      const pool = findDatabase()?.pool;
      if (!pool) return;
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waited_for" }, pool.waitingCount);
    },
  });
  new Gauge({
    name: "database_up", help: "Whether the database answered.", registers,
    async collect() {
      const begin = performance.now();
      const numbers = await readNumbers();
      this.set(numbers ? 1 : 0);
      if (!numbers) return;
      seconds.set((performance.now() - begin) / 1000);
      revocations.set(numbers.pending_revocations);
      for (const [state, count] of Object.entries(numbers.states)) accounts.set({ state }, count);
    },
  });
}

async function readNumbers(): Promise<Numbers | null> {
  try {
    return (await database().$queryRawUnsafe<Numbers[]>(NUMBERS))[0]!;
  } catch {
    return null;
  }
}
