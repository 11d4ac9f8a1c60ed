import { randomUUID } from "node:crypto";

import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { setDatabase } from "#lib/db/client.ts";
import { makeAdminProof } from "#tests/factories/make-proofs.ts";
import { keyLines, plansAsNotices, readPlan, wholeReads, type LoggedPlan } from "#tests/harness/plans.ts";
import { createDatabase } from "#tests/harness/postgres.ts";
import { SECRETS } from "#tests/unit/environment.ts";

const ACCOUNTS = 10_000;
const server = process.env.TEST_DATABASE_URL;
const admin = makeAdminProof();

describe.skipIf(!server)(
  `no page of the administration scans a whole big table, with ${ACCOUNTS} linked accounts (PostgreSQL, auto_explain)`,
  { timeout: 60_000 },
  () => {
    let pool: Pool;
    let plans: LoggedPlan[] = [];

    beforeAll(async () => {
      Object.assign(process.env, SECRETS);
      const name = `unit_${randomUUID()}`;
      const connectionString = await createDatabase(server!, name);
      const [{ openBulkPostgres }, { loadAccounts, tidyUp }, { PrismaClient }] = await Promise.all([
        import("#lib/server/load/open-bulk.ts"),
        import("#lib/server/load/load-accounts.ts"),
        import("#lib/db/generated/client.ts"),
      ]);
      const connection = await openBulkPostgres(connectionString, (_sentence, work) => work());
      await loadAccounts(connection, { accounts: ACCOUNTS, seed: 1, at: new Date(), say: () => {} });
      await tidyUp(connection);
      for (const statement of plansAsNotices(name)) await connection.query(statement);
      await connection.close();
      pool = new Pool({ connectionString, max: 1 });
      pool.on("connect", (client) =>
        client.on("notice", ({ message }) => {
          plans.push(...[readPlan(message ?? "")].filter((plan) => plan !== null));
        }),
      );
      const client = new PrismaClient({ adapter: new PrismaPg(pool) });
      setDatabase({ client, close: () => client.$disconnect() });
    }, 180_000);
    afterAll(() => pool.end());
    beforeEach(() => {
      plans = [];
    });

    async function expectIndexes(): Promise<void> {
      expect(plans.length).toBeGreaterThan(0);
      expect(
        plans.flatMap((plan) =>
          wholeReads(plan).map(
            ({ table, how }) => `${how} of ${table}: ${plan.query} ${keyLines(plan).join("; ")}`,
          ),
        ),
      ).toEqual([]);
    }

    test.each([
      "",
      "sort=person&direction=ascending",
      "sort=access_ends",
      "q=rossi",
      "q=nobody.has.this",
      "q=lu",
      "state=reconnect_needed",
      "state=expires_soon",
      "scope=lock.read",
      "state=unavailable&scope=plug.write",
      "connected_from=2026-01-01&connected_to=2026-01-02",
      "not_refreshed_since=2025-01-01",
    ])("linked accounts?%s", async (query) => {
      const [{ viewList }, { parseListRequest }] = await Promise.all([
        import("#lib/connect/admin/accounts/view-list.ts"),
        import("#lib/connect/admin/accounts/list-schema.ts"),
      ]);
      const parsed = parseListRequest(new URLSearchParams(query));
      expect(await viewList(admin, (parsed as Extract<typeof parsed, { ok: true }>).request)).not.toBeNull();
      await expectIndexes();
    });

    test("detects a statement that scans a whole table", async () => {
      await pool.query("SELECT count(*) FROM connect_account WHERE name = 'x'");
      await pool.query("SET enable_seqscan = off");
      await pool.query("SELECT name FROM connect_account WHERE ctid >= '(0,0)'");
      await pool.query("SELECT name FROM connect_account ORDER BY id");
      await pool.query("SELECT name FROM connect_account ORDER BY id LIMIT 1");
      await pool.query("RESET enable_seqscan");
      expect(plans.flatMap(wholeReads)).toEqual(
        ["Seq Scan", "Tid Range Scan", "Index Scan"].map((how) => ({ table: "connect_account", how })),
      );
    });

    test("one account, with its history", async () => {
      const store = await import("#lib/connect/admin/accounts/account.store.ts");
      const { readHistory } = await import("#lib/connect/admin/accounts/history.store.ts");
      const {
        rows: [row],
      } = await pool.query<{ id: string }>("SELECT id FROM connect_account ORDER BY id LIMIT 1");
      const account = await store.findInspectedAccount(admin, row!.id);
      await Promise.all([
        store.listOtherAccounts(admin, account!),
        store.countSessions(admin, account!),
        readHistory(admin, row!.id, null),
      ]);
      await expectIndexes();
    });

    test("the overview", async () => {
      const { readOverview } = await import("#lib/connect/admin/overview/read-overview.ts");
      await readOverview(admin, 365);
      await expectIndexes();
    });
  },
);
