import { randomUUID } from "node:crypto";

import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Database } from "#lib/db/client.ts";
import { makeAdminProof } from "#tests/factories/make-proofs.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";
import { SECRETS } from "#tests/unit/environment.ts";

let accounts: typeof import("#lib/connect/linked-accounts/store.ts");
let overview: typeof import("#lib/connect/admin/overview/store.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS);
  accounts = await import("#lib/connect/linked-accounts/store.ts");
  overview = await import("#lib/connect/admin/overview/store.ts");
});

const PEOPLE = 3;
const ACCOUNTS = 5;

type Act = {
  what:
    | "connect"
    | "fail"
    | "recover"
    | "need_reconnect"
    | "lose_scope"
    | "disconnect"
    | "delete_users"
    | "compact";
  account: number;
  person: number;
};
const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom(
    "connect",
    "connect",
    "fail",
    "recover",
    "need_reconnect",
    "lose_scope",
    "disconnect",
    "disconnect",
    "delete_users",
    "compact",
  ),
  account: fc.nat(ACCOUNTS - 1),
  person: fc.nat(PEOPLE - 1),
});

onEveryDatabase((database) => {
  let people: (string | null)[] = [];
  const legrandIds = Array.from({ length: ACCOUNTS }, () => randomUUID());

  /** Returns the stored numbers of the overview and the list (`kept`), and a fresh count (`fresh`). */
  async function compare(client: Database["client"]) {
    const [kept] = await client.$queryRaw<{ states: Record<string, number>; linked: number }[]>`
      SELECT (SELECT coalesce(json_object_agg(key, total), '{}') FROM (SELECT key, sum(amount) AS total FROM connect_tally WHERE name = 'listed' GROUP BY key HAVING sum(amount) <> 0) AS t) AS states,
        (SELECT coalesce(sum(amount), 0)::int FROM connect_tally WHERE name = 'linked') AS linked`;
    const [fresh] = await client.$queryRaw<{ states: Record<string, number>; linked: number }[]>`
      SELECT (SELECT coalesce(json_object_agg(listed_state, total), '{}') FROM (SELECT listed_state, count(*) AS total FROM connect_account GROUP BY 1) AS t) AS states,
        (SELECT count(*)::int FROM connect_account WHERE state <> 'disconnected') AS linked`;
    return { kept, fresh };
  }

  const perform: Record<Act["what"], (act: Act) => Promise<unknown>> = {
    connect: async ({ account, person }) => {
      people[person] ??= (await database.client.user.create({ data: { name: "Giulia" } })).id;
      await accounts
        .saveConnection({
          userId: people[person],
          type: "oauth",
          provider: "legrand",
          providerAccountId: legrandIds[account]!,
          name: null,
          email: null,
          accessToken: "a",
          refreshToken: "r",
          tokenType: null,
          accessTokenExpiresAt: null,
          refreshTokenExpiresAt: null,
          requestedScopes: ["comfort.read"],
          grantedScopes: ["comfort.read"],
        })
        .catch(() => {
          people[person] = null;
        });
    },
    fail: ({ account }) => change(account, { trouble: "unreachable" }),
    recover: ({ account }) => change(account, { trouble: null, state: "connected", reconnectReason: null }),
    need_reconnect: ({ account }) =>
      change(account, { state: "reconnect_needed", reconnectReason: "revoked", trouble: null }),
    lose_scope: ({ account }) =>
      change(account, { state: "reconnect_needed", reconnectReason: "scope_withdrawn" }),
    disconnect: ({ account }) =>
      change(account, {
        state: "disconnected",
        disconnectedAt: new Date(),
        trouble: null,
        reconnectReason: null,
      }),
    delete_users: async ({ person }) => {
      const ids = people.slice(0, person + 1).filter((id) => id !== null);
      await database.client.user.deleteMany({ where: { id: { in: ids } } });
      people = people.map((id) => (id && ids.includes(id) ? null : id));
    },
    compact: () => overview.compactTally(),
  };

  const change = (account: number, data: object) =>
    database.client.account.updateMany({
      where: { providerAccountId: legrandIds[account]!, state: { not: "disconnected" } },
      data,
    });

  beforeEach(async () => {
    people = Array.from({ length: PEOPLE }, () => null);
    await database.client.user.deleteMany();
    await database.client.tally.deleteMany();
  });

  describe("the tallies equal a fresh count", () => {
    test("after any sequence of changes to linked accounts", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
          for (const one of acts) await perform[one.what](one);
          const { kept, fresh } = await compare(database.client);
          expect(kept).toEqual(fresh);
        }),
        { numRuns: 25 },
      );
    });

    test("after simultaneous changes while the tallies are compacted", async () => {
      const [one, other] = await Promise.all(
        [1, 2].map(() => database.client.user.create({ data: { name: "Marco" } })),
      );
      const make = (userId: string, count: number) =>
        database.client.account.createMany({
          data: Array.from({ length: count }, () => ({
            userId,
            type: "oauth",
            provider: "legrand",
            providerAccountId: randomUUID(),
          })),
        });
      await Promise.all([
        make(one!.id, 20),
        make(other!.id, 30),
        overview.compactTally(),
        make(other!.id, 10),
        overview.compactTally(),
      ]);
      await Promise.all([
        database.client.account.updateMany({ where: { userId: one!.id }, data: { trouble: "rate_limited" } }),
        database.client.account.updateMany({
          where: { userId: other!.id },
          data: { state: "disconnected", disconnectedAt: new Date() },
        }),
        overview.compactTally(),
        overview.compactTally(),
      ]);
      await Promise.all([
        database.client.user.deleteMany({ where: { id: other!.id } }),
        overview.compactTally(),
        make(one!.id, 5),
      ]);
      const { kept, fresh } = await compare(database.client);
      expect(kept).toEqual(fresh);
      expect(fresh!.states).toEqual({ connected: 5, unavailable: 20 });
    });

    test("after one statement deletes two people with several accounts each (ON DELETE CASCADE)", async () => {
      for (const account of [0, 1, 2, 3])
        await perform.connect({ what: "connect", account, person: account % 2 });
      await perform.disconnect({ what: "disconnect", account: 3, person: 0 });
      await perform.delete_users({ what: "delete_users", account: 0, person: 1 });
      expect(await compare(database.client)).toEqual({
        kept: { states: {}, linked: 0 },
        fresh: { states: {}, linked: 0 },
      });
    });
  });

  test("compacting changes no sum and leaves one row for each number", async () => {
    for (const account of [0, 1, 2]) await perform.connect({ what: "connect", account, person: 0 });
    await perform.fail({ what: "fail", account: 1, person: 0 });
    const { kept } = await compare(database.client);
    await overview.compactTally();
    expect((await compare(database.client)).kept).toEqual(kept);
    expect(
      await database.client
        .$queryRaw`SELECT day, name, key FROM connect_tally GROUP BY 1, 2, 3 HAVING count(*) > 1`,
    ).toEqual([]);
  });

  test("events stay in the tallies after their account is deleted", async () => {
    await perform.connect({ what: "connect", account: 0, person: 0 });
    await database.client.user.delete({ where: { id: people[0]! } });
    const rows = await overview.listDailyNumbers(
      makeAdminProof(),
      new Date(Date.now() - 24 * 60 * 60 * 1000),
    );
    expect(rows.filter(({ name }) => name === "connected").map(({ amount }) => amount)).toEqual([1]);
    expect(rows.filter(({ name }) => name === "linked")).toEqual([]);
  });

  test("sums up the numbers before the first day as one number of the day before it", async () => {
    const day = (text: string) => new Date(`${text}T00:00:00Z`);
    await database.client.tally.createMany({
      data: [
        { day: day("2026-01-01"), name: "linked", key: "", amount: 5 },
        { day: day("2026-02-01"), name: "linked", key: "", amount: -2 },
        { day: day("2026-03-02"), name: "linked", key: "", amount: 1 },
        { day: day("2026-02-01"), name: "denied", key: "", amount: 4 },
        { day: day("2026-03-02"), name: "denied", key: "", amount: 7 },
      ],
    });
    const rows = await overview.listDailyNumbers(makeAdminProof(), day("2026-03-02"));
    expect(rows.sort((a, b) => (a.day + a.name < b.day + b.name ? -1 : 1))).toEqual([
      { day: "2026-03-01", name: "linked", key: "", amount: 3 },
      { day: "2026-03-02", name: "denied", key: "", amount: 7 },
      { day: "2026-03-02", name: "linked", key: "", amount: 1 },
    ]);
  });
});
