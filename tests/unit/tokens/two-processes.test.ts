import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { AccessTokenOutcome } from "#lib/connect/tokens/judge.ts";
import type { Database } from "#lib/db/client.ts";
import { openPostgres } from "#lib/db/open.ts";
import { startHostileCloud, type HostileCloud } from "#tests/factories/hostile-cloud.ts";
import { inSeconds, makeLinkedAccount, type WantedAccount } from "#tests/factories/make-linked-account.ts";
import { startTokenCaller, type TokenCaller } from "#tests/factories/start-token-caller.ts";
import { createMigratedDatabase } from "#tests/harness/postgres.ts";
import { SECRETS } from "#tests/unit/environment.ts";

const server = process.env.TEST_DATABASE_URL;

describe.skipIf(!server)(
  "two processes on one PostgreSQL database (TEST_DATABASE_URL)",
  { timeout: 60_000 },
  () => {
    let database: Database;
    let cloud: HostileCloud;
    let environment: Record<string, string>;
    let processes: [TokenCaller, TokenCaller];

    beforeAll(async () => {
      Object.assign(process.env, SECRETS);
      cloud = await startHostileCloud();
      const url = await createMigratedDatabase(server!, `unit_${randomBytes(6).toString("hex")}`);
      database = await openPostgres(url, (_sentence, work) => work());
      environment = { ...SECRETS, ...cloud.environment, DATABASE_URL: url };
      processes = await Promise.all([startTokenCaller(environment), startTokenCaller(environment)]);
    }, 180_000);
    afterAll(async () => {
      await Promise.all(processes.map((one) => one.kill()));
      await database.close();
      await cloud.stop();
    });
    beforeEach(() => {
      Object.assign(cloud, { overlaps: 1, next: [] });
      cloud.received.length = 0;
    });

    const makeAccount = (wanted: WantedAccount = {}) =>
      makeLinkedAccount(database.client, { plainRefreshToken: cloud.grant(), ...wanted });
    const rowOf = (id: string) => database.client.account.findUniqueOrThrow({ where: { id } });
    const tokensOf = (outcomes: AccessTokenOutcome[]) =>
      new Set(outcomes.map((outcome) => (outcome.ok ? outcome.accessToken : outcome.reason)));
    const askBoth = async (id: string, asked = {}) =>
      (await Promise.all(processes.map((one) => one.ask(id, 25, asked)))).flat();

    test("fifty callers cause one refresh, and all get its result (issue 4, 1)", async () => {
      for (let round = 0; round < 5; round++) {
        cloud.received.length = 0;
        const { id } = await makeAccount();
        const outcomes = await askBoth(id);
        expect(outcomes).toHaveLength(50);
        expect(outcomes.every(({ ok }) => ok)).toBe(true);
        expect(tokensOf(outcomes).size).toBe(1);
        expect(cloud.received).toHaveLength(1);
        expect(await rowOf(id)).toMatchObject({ tokenVersion: 2, refreshLeaseUntil: null });
      }
    });

    test("fifty callers with a refused token cause one refresh, even if Legrand takes its time", async () => {
      const { id } = await makeAccount({ accessTokenExpiresAt: inSeconds(3000) });
      const released = Promise.withResolvers<void>();
      cloud.next.push({ rotated: () => released.promise });
      const asking = askBoth(id, { rejected: 1 });
      await expect.poll(() => cloud.received.length).toBe(1);
      released.resolve();
      expect(tokensOf(await asking).size).toBe(1);
      expect(cloud.received).toHaveLength(1);
    });

    test("fifty callers receive one failure, and cause no second request", async () => {
      const { id } = await makeAccount();
      cloud.next.push({ answer: { status: 503, headers: { "retry-after": "300" }, body: "" } });
      expect(tokensOf(await askBoth(id))).toEqual(new Set(["unavailable"]));
      expect(cloud.received).toHaveLength(1);
      expect(await rowOf(id)).toMatchObject({ failedAttempts: 1, trouble: "server_error" });
    });

    test("fifty callers receive one revocation", async () => {
      const { id } = await makeAccount();
      cloud.next.push({ answer: { status: 400, body: JSON.stringify({ error: "invalid_grant" }) } });
      expect(tokensOf(await askBoth(id))).toEqual(new Set(["reconnect_needed"]));
      expect(cloud.received).toHaveLength(1);
    });

    /** Locks the row until `release` is called. */
    async function lockRow(id: string): Promise<() => Promise<void>> {
      const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const transaction = database.client.$transaction(
        async (inside) => {
          await inside.$queryRaw`SELECT id FROM connect_account WHERE id = ${id}::uuid FOR UPDATE`;
          locked.resolve();
          await released.promise;
        },
        { timeout: 30_000 },
      );
      await Promise.race([locked.promise, transaction]);
      return () => {
        released.resolve();
        return transaction;
      };
    }

    const countWaiting = async () => {
      // Counts only this database, because other tests use the same server.
      const [row] = await database.client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return row!.count;
    };

    /**
     * Kills a process after the answer arrived and before it is stored. The row is locked from the rotation
     * on, so that the store waits.
     */
    async function killBeforeStore(id: string, leaseMs: number): Promise<void> {
      const doomed = await startTokenCaller(environment, { leaseMs });
      let release: (() => Promise<void>) | undefined;
      cloud.next.push({
        rotated: async () => {
          release = await lockRow(id);
        },
      });
      doomed.ask(id, 1).catch(() => {});
      await expect.poll(async () => release && (await countWaiting()), { timeout: 20_000 }).toBe(1);
      await doomed.kill();
      await release!();
      expect(await rowOf(id)).toMatchObject({ tokenVersion: 1, refreshLeaseUntil: expect.any(Date) });
    }

    test("after a kill between the answer and the store, the others wait for the lease's end, and the overlap returns the same tokens", async () => {
      const { id } = await makeAccount();
      await killBeforeStore(id, 3_000);
      const outcomes = await askBoth(id);
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      expect(tokensOf(outcomes).size).toBe(1);
      expect(cloud.received).toHaveLength(2);
      expect(await rowOf(id)).toMatchObject({ state: "connected", tokenVersion: 2, refreshLeaseUntil: null });
    });

    test("without an overlap at the server, needs a reconnect after one more request", async () => {
      const { id } = await makeAccount();
      cloud.overlaps = 0;
      await killBeforeStore(id, 3_000);
      expect(tokensOf(await askBoth(id))).toEqual(new Set(["reconnect_needed"]));
      expect(tokensOf(await askBoth(id))).toEqual(new Set(["reconnect_needed"]));
      expect(cloud.received).toHaveLength(2);
      expect(await rowOf(id)).toMatchObject({
        state: "reconnect_needed",
        reconnectReason: "revoked",
        accessToken: null,
        refreshToken: null,
      });
    });
  },
);
