import { randomUUID } from "node:crypto";

import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { onEveryDatabase } from "../every-database.ts";
import type { AdminUser } from "#lib/connect/admin/admin-user.ts";
import type { AccountFilter } from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import { SHOWN_STATES } from "#lib/connect/linked-accounts/state-constants.ts";
import { countStates, estimateCount } from "#lib/connect/admin/linked-accounts/filter/store.ts";
import { parseListRequest, SORTS, type Direction, type ListRequest, type Sort } from "#lib/connect/admin/linked-accounts/list/list-schema.ts";
import { findSql, listAccounts, walkSql, type ListedRow } from "#lib/connect/admin/linked-accounts/list/store.ts";
import { positionOf } from "#lib/connect/admin/linked-accounts/list/view-list.ts";
import { describeState } from "#lib/connect/linked-accounts/describe-state.ts";
import type { Database } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

const AT = new Date("2026-11-23T12:00:00Z");
const DAY = 24 * 60 * 60 * 1000;
const ADMIN = { role: "auditor" } as AdminUser;
const USER = randomUUID();

const listRequest = (query: string): ListRequest => {
  const parsed = parseListRequest(new URLSearchParams(query));
  if (!parsed.ok) throw new Error(parsed.sentence);
  return parsed.request;
};
const read = async (request: ListRequest) => (await listAccounts(ADMIN, request, AT))!;

/** Rows whose values are often equal, so that the id has to decide; states of every kind. */
async function addAccounts(client: Database["client"], count: number, change: Partial<Record<"name" | "email" | "providerAccountId", string>> = {}): Promise<string[]> {
  const data = Array.from({ length: count }, () => {
    const n = Math.floor(Math.random() * 1_000);
    const disconnectedAt = n % 5 === 0 ? AT : null;
    return {
      id: randomUUID(), userId: USER, type: "oidc", provider: "legrand", providerAccountId: randomUUID(),
      name: n % 7 === 0 ? null : `Person ${n % 4}`, email: n % 9 === 0 ? null : `p${n % 6}@example.com`,
      requestedScopes: [], grantedScopes: n % 3 === 0 ? ["comfort.read"] : ["comfort.read", "light.read"],
      state: disconnectedAt ? "disconnected" as const : n % 8 === 0 ? "reconnect_needed" as const : "connected" as const,
      reconnectReason: n % 16 === 0 ? "scope_withdrawn" as const : null, trouble: n % 11 === 0 ? "unreachable" as const : null, disconnectedAt,
      connectedAt: new Date(AT.getTime() - (n % 10) * DAY), authorizedAt: new Date(AT.getTime() - (n % 12) * DAY),
      refreshTokenExpiresAt: disconnectedAt || n % 4 === 0 ? null : new Date(AT.getTime() + (n % 15) * DAY),
      accessTokenExpiresAt: n % 4 === 0 ? AT : null, ...change,
    };
  });
  await client.account.createMany({ data });
  return data.map(({ id }) => id);
}

/** Reads all pages in that direction, doing something between them; returns the ids in the order shown. */
async function readAll(request: ListRequest, towards: "after" | "before", start: ListedRow | null, between: () => Promise<void>): Promise<string[]> {
  const [ids, last] = [[] as string[], towards === "after" ? -1 : 0];
  for (let edge = start; ;) {
    const page = await read({ ...request, from: edge && { towards, position: positionOf(request.sort, edge) } });
    if (towards === "after") ids.push(...page.rows.map(({ id }) => id));
    else ids.unshift(...page.rows.map(({ id }) => id));
    if (!page.hasMore) return ids;
    edge = page.rows.at(last)!;
    await between();
  }
}

describe("the list of linked accounts", () => {
  onEveryDatabase((db) => {
    beforeAll(async () => { await db.client.user.create({ data: { id: USER, name: "Owner" } }); });
    beforeEach(async () => { await db.client.account.deleteMany(); });

    test("no account that is there throughout is skipped or shown twice, while others come and go, in any order and both ways", async () => {
      const filters = ["", "q=perso", "q=p", "scope=light.read", "state=connected", "state=disconnected&q=person", "connected_from=2026-11-15", "not_refreshed_since=2026-11-20"];
      const orders = fc.record({
        sort: fc.constantFrom<Sort>(...SORTS), direction: fc.constantFrom<Direction>("ascending", "descending"), filter: fc.constantFrom(...filters),
        towards: fc.constantFrom("after" as const, "before" as const), edits: fc.array(fc.record({ add: fc.nat(4), remove: fc.nat(4) }), { minLength: 1, maxLength: 6 }),
      });
      await addAccounts(db.client, 90);
      await fc.assert(fc.asyncProperty(orders, async ({ sort, direction, filter, towards, edits }) => {
        const request: ListRequest = { ...listRequest(`${filter}&size=25`), sort, direction };
        const passing = await addAccounts(db.client, 24);
        const all = await readAll(request, "after", null, async () => {});
        const start = towards === "before" ? (await read({ ...request, direction: direction === "ascending" ? "descending" : "ascending" })).rows[0] ?? null : null;
        let turn = 0;
        const shown = await readAll(request, towards, start, async () => {
          const { add, remove } = edits[turn++ % edits.length]!;
          await addAccounts(db.client, add);
          await db.client.account.deleteMany({ where: { id: { in: passing.splice(0, remove) } } });
        });
        expect(new Set(shown).size).toBe(shown.length);
        const there = new Set((await db.client.account.findMany({ select: { id: true } })).map(({ id }) => id));
        const throughout = all.filter((id) => there.has(id) && id !== start?.id);
        expect(shown.filter((id) => throughout.includes(id))).toEqual(throughout);
      }), { numRuns: 10 });
    }, 120_000);

    test("a cursor is a place, and no key: what lies beyond it is shown only as far as the filter goes", async () => {
      await addAccounts(db.client, 60);
      const request = listRequest("q=person+1&sort=person&direction=ascending&size=25");
      const page = await read({ ...request, from: { towards: "after", position: { values: [""], id: "00000000-0000-4000-8000-000000000000" } } });
      expect(new Set(page.rows.map(({ name }) => name))).toEqual(new Set(["Person 1"]));
    });

    test.each([
      ["100%", "100% Rossi"], ["r_s", "Mar_Sol r_s"], ["\\", "\\ back"], ["a\\b", "xa\\bx"], ["'; DROP TABLE", "Bobby '; DROP TABLE x"], ["“quoted”", "Q “quoted”"], ["\"d\"", "a \"d\" b"],
      ["%%%", "%%% first"], ["é t", "Zoé Tellier"], ["MARIE", "Anne-Marie"],
    ])("a search for %s finds it as typed, and nothing else", async (q, name) => {
      await addAccounts(db.client, 30);
      const [id] = await addAccounts(db.client, 1, { name });
      const { rows } = await read(listRequest(new URLSearchParams({ q }).toString()));
      expect(rows.map((row) => row.id)).toEqual([id]);
    });

    test("fewer than three characters find the beginning of a name, an address or an id", async () => {
      await addAccounts(db.client, 20);
      const wanted = [...await addAccounts(db.client, 1, { name: "Zqora" }), ...await addAccounts(db.client, 1, { email: "zq@example.com" }), ...await addAccounts(db.client, 1, { providerAccountId: "zq-1" })];
      await addAccounts(db.client, 1, { name: "Anna Zqora" });
      const { rows } = await read(listRequest("q=Zq"));
      expect(rows.map(({ id }) => id).sort()).toEqual(wanted.sort());
    });

    test("each state in the filter is the state that people see, and the numbers above the list are theirs", async () => {
      await addAccounts(db.client, 200);
      const { rows } = await read({ ...listRequest(""), size: 1_000 as 100 });
      const counts = await countStates(AT);
      for (const state of SHOWN_STATES) {
        const expected = rows.filter((row) => describeState(row, AT).state === state).map(({ id }) => id);
        const filtered = await read({ ...listRequest(`state=${state}`), size: 1_000 as 100 });
        expect(filtered.rows.map(({ id }) => id)).toEqual(expected);
        expect(counts[state]).toEqual({ amount: expected.length, isExact: true, isAtLeast: false });
        expect((await estimateCount({ ...listRequest("").filter, state } satisfies AccountFilter, AT)).amount).toBe(expected.length);
      }
    });

    test("days: connected from and to include both, not refreshed since excludes its own", async () => {
      await addAccounts(db.client, 100);
      const { rows } = await read({ ...listRequest(""), size: 1_000 as 100 });
      const idsOf = async (query: string) => (await read({ ...listRequest(query), size: 1_000 as 100 })).rows.map(({ id }) => id);
      const dayOf = (at: Date) => at.toISOString().slice(0, 10);
      expect(await idsOf("connected_from=2026-11-18&connected_to=2026-11-20")).toEqual(rows.filter(({ connectedAt }) => dayOf(connectedAt) >= "2026-11-18" && dayOf(connectedAt) <= "2026-11-20").map(({ id }) => id));
      expect(await idsOf("not_refreshed_since=2026-11-18")).toEqual(rows.filter(({ renewedAt }) => dayOf(renewedAt) < "2026-11-18").map(({ id }) => id));
    });

    test("whatever the order, the plan reads an index in it; a search reads the index of parts; neither reads the table", async () => {
      await addAccounts(db.client, 1_000);
      await db.client.$executeRaw`ANALYZE connect_account`;
      const planOf = (statement: Prisma.Sql) => db.client.$transaction(async (transaction) => {
        await transaction.$queryRaw`SELECT set_config('enable_seqscan', 'off', true)`;
        return (await transaction.$queryRaw<{ "QUERY PLAN": string }[]>`EXPLAIN (COSTS OFF) ${statement}`).map((row) => row["QUERY PLAN"]).join("\n");
      });
      for (const sort of SORTS) {
        const request = listRequest(`sort=${sort}&size=25`);
        const [first] = (await read(request)).rows;
        const deep: ListRequest = { ...request, direction: "ascending", from: { towards: "after", position: positionOf(sort, first!) } };
        for (const statement of [walkSql(request, AT, 26), walkSql(deep, AT, 26)]) {
          const plan = await planOf(statement);
          expect(plan).toMatch(/Index (Only )?Scan/);
          expect(plan).not.toContain("Seq Scan on connect_account");
        }
        const search = await planOf(findSql(listRequest(`sort=${sort}&q=zoran`), AT));
        expect(search).toContain("connect_account_search_text_idx");
        expect(search).not.toContain("Seq Scan on connect_account");
      }
    });
  });
});
