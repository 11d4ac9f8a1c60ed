import { randomUUID } from "node:crypto";

import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { onEveryDatabase } from "../every-database.ts";
import type { AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { SHOWN_STATES } from "#lib/connect/linked-accounts/state-constants.ts";
import { countStates, estimateCount } from "#lib/connect/admin/accounts/filter.store.ts";
import { countMatchingStates } from "#lib/connect/admin/accounts/state-counts.store.ts";
import {
  formatCursor,
  parseCursor,
  parseListRequest,
  SORTS,
  type Direction,
  type ListRequest,
  type Sort,
} from "#lib/connect/admin/accounts/list-schema.ts";
import { findSql, listAccounts, walkSql, type ListedRow } from "#lib/connect/admin/accounts/list.store.ts";
import { positionOf } from "#lib/connect/admin/accounts/view-list.ts";
import { describeState } from "#lib/connect/linked-accounts/describe-state.ts";
import type { Database } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { makeAdminProof } from "#tests/factories/make-proofs.ts";

const AT = new Date("2026-11-23T12:00:00Z");
const DAY = 24 * 60 * 60 * 1000;
const ADMIN = makeAdminProof();
const USER = randomUUID();

const listRequest = (query: string): ListRequest => {
  const parsed = parseListRequest(new URLSearchParams(query));
  if (!parsed.ok) throw new Error(parsed.sentence);
  return parsed.request;
};
const read = async (request: ListRequest) => (await listAccounts(ADMIN, request, AT))!;

/** Adds rows in every state. Many values are equal, so that the id decides the order. */
async function addAccounts(
  client: Database["client"],
  count: number,
  change: Partial<Record<"name" | "email" | "providerAccountId", string>> = {},
): Promise<string[]> {
  const data = Array.from({ length: count }, () => {
    const n = Math.floor(Math.random() * 1_000);
    const disconnectedAt = n % 5 === 0 ? AT : null;
    return {
      id: randomUUID(),
      userId: USER,
      type: "oidc",
      provider: "legrand",
      providerAccountId: randomUUID(),
      name: n % 7 === 0 ? null : `Person ${n % 4}`,
      email: n % 9 === 0 ? null : `p${n % 6}@example.com`,
      requestedScopes: [],
      grantedScopes: n % 3 === 0 ? ["comfort.read"] : ["comfort.read", "light.read"],
      state: disconnectedAt
        ? ("disconnected" as const)
        : n % 8 === 0
          ? ("reconnect_needed" as const)
          : ("connected" as const),
      reconnectReason: n % 16 === 0 ? ("scope_withdrawn" as const) : null,
      trouble: n % 11 === 0 ? ("unreachable" as const) : null,
      disconnectedAt,
      connectedAt: new Date(AT.getTime() - (n % 10) * DAY),
      authorizedAt: new Date(AT.getTime() - (n % 12) * DAY),
      refreshTokenExpiresAt: disconnectedAt || n % 4 === 0 ? null : new Date(AT.getTime() + (n % 15) * DAY),
      accessTokenExpiresAt: n % 4 === 0 ? AT : null,
      ...change,
    };
  });
  await client.account.createMany({ data });
  return data.map(({ id }) => id);
}

/** Reads all pages in one direction and runs `between` between them. Returns the ids in the order shown. */
async function readAll(
  request: ListRequest,
  towards: "after" | "before",
  start: ListedRow | null,
  between: () => Promise<void>,
): Promise<string[]> {
  const [ids, last] = [[] as string[], towards === "after" ? -1 : 0];
  for (let edge = start; ;) {
    const page = await read({
      ...request,
      from: edge && { towards, position: positionOf(request.sort, edge) },
    });
    if (towards === "after") ids.push(...page.rows.map(({ id }) => id));
    else ids.unshift(...page.rows.map(({ id }) => id));
    if (!page.hasMore) return ids;
    edge = page.rows.at(last)!;
    await between();
  }
}

describe("the list of linked accounts", () => {
  onEveryDatabase((db) => {
    beforeAll(async () => {
      await db.client.user.create({ data: { id: USER, name: "Owner" } });
    });
    beforeEach(async () => {
      await db.client.account.deleteMany();
    });

    test("never skips or repeats an account that is present throughout, while others come and go, in any order and direction", async () => {
      const filters = [
        "",
        "q=perso",
        "q=p",
        "scope=light.read",
        "state=connected",
        "state=disconnected&q=person",
        "connected_from=2026-11-15",
        "not_refreshed_since=2026-11-20",
      ];
      const orders = fc.record({
        sort: fc.constantFrom<Sort>(...SORTS),
        direction: fc.constantFrom<Direction>("ascending", "descending"),
        filter: fc.constantFrom(...filters),
        towards: fc.constantFrom("after" as const, "before" as const),
        edits: fc.array(fc.record({ add: fc.nat(4), remove: fc.nat(4) }), { minLength: 1, maxLength: 6 }),
      });
      await addAccounts(db.client, 90);
      await fc.assert(
        fc.asyncProperty(orders, async ({ sort, direction, filter, towards, edits }) => {
          const request: ListRequest = { ...listRequest(`${filter}&size=25`), sort, direction };
          const passing = await addAccounts(db.client, 24);
          const all = await readAll(request, "after", null, async () => {});
          const start =
            towards === "before"
              ? ((
                  await read({
                    ...request,
                    direction: direction === "ascending" ? "descending" : "ascending",
                  })
                ).rows[0] ?? null)
              : null;
          let turn = 0;
          const shown = await readAll(request, towards, start, async () => {
            const { add, remove } = edits[turn++ % edits.length]!;
            await addAccounts(db.client, add);
            await db.client.account.deleteMany({ where: { id: { in: passing.splice(0, remove) } } });
          });
          expect(new Set(shown).size).toBe(shown.length);
          const there = new Set(
            (await db.client.account.findMany({ select: { id: true } })).map(({ id }) => id),
          );
          const throughout = all.filter((id) => there.has(id) && id !== start?.id);
          expect(shown.filter((id) => throughout.includes(id))).toEqual(throughout);
        }),
        { numRuns: 10 },
      );
    }, 120_000);

    test("a cursor is a position and grants no access: the filter applies to everything beyond it", async () => {
      await addAccounts(db.client, 60);
      const request = listRequest("q=person+1&sort=person&direction=ascending&size=25");
      const page = await read({
        ...request,
        from: { towards: "after", position: { values: [""], id: "00000000-0000-4000-8000-000000000000" } },
      });
      expect(new Set(page.rows.map(({ name }) => name))).toEqual(new Set(["Person 1"]));
    });

    test.each([
      ["100%", "100% Rossi"],
      ["r_s", "Mar_Sol r_s"],
      ["\\", "\\ back"],
      ["a\\b", "xa\\bx"],
      ["'; DROP TABLE", "Bobby '; DROP TABLE x"],
      ["“quoted”", "Q “quoted”"],
      ['"d"', 'a "d" b'],
      ["%%%", "%%% first"],
      ["é t", "Zoé Tellier"],
      ["MARIE", "Anne-Marie"],
    ])("a search for %s matches it literally, and nothing else", async (q, name) => {
      await addAccounts(db.client, 30);
      const [id] = await addAccounts(db.client, 1, { name });
      const { rows } = await read(listRequest(new URLSearchParams({ q }).toString()));
      expect(rows.map((row) => row.id)).toEqual([id]);
    });

    // Stored text, typed text, and whether the search matches. The rule is the same for both texts and in
    // both databases (issue 11, 20).
    test.each([
      ["Émile Zola", "Émile", true],
      ["Émile Zola", "émile zola", true],
      ["Émile Zola", "EMILE", true],
      ["Émile Zola", "\u0045\u0301mile", true],
      ["E\u0301mile Zola", "émile", true],
      ["Emile Zola", "Émile", true],
      ["İpek Işık", "ipek", true],
      ["İpek Işık", "İPEK IŞIK", true],
      ["İpek Işık", "ışık", true],
      ["ISIL", "ışıl", true],
      ["Jürgen Groß", "gross", true],
      ["Jürgen Groß", "GROSS", true],
      ["Jürgen GROẞ", "groß", true],
      ["Jurgen Gross", "Groß", true],
      ["Γιώργος Παπάς", "γιωργοσ", true],
      ["Γιώργος Παπάς", "ΓΙΏΡΓΟΣ", true],
      ["ΓΙΩΡΓΟΣ ΠΑΠΑΣ", "παπάς", true],
      ["Анна Ёлкина", "ёлкина", true],
      ["Анна Ёлкина", "ЕЛКИНА", true],
      ["Анна Ёлкина", "кин", true],
      ["Анна Ёлкина", "ё", true],
      ["Анна Ёлкина", "Иванова", false],
      ["山田 太郎", "太郎", true],
      ["山田 太郎", "郎", true],
      ["山田 太郎", "太田", false],
      ["ﾔﾏﾀﾞ Ｔａｒｏ", "ヤマダ", true],
      ["ﾔﾏﾀﾞ Ｔａｒｏ", "taro", true],
      ["김민준", "민준", true],
      ["Łukasz Ødegård", "lukasz odegard", true],
      ["𠮷田", "𠮷", true],
      ["𠮷田", "吉", false],
      ["Anna 😀", "😀", true],
      ["100 % Rossi", "１００ ％", true],
      ["Anna", "\u0301", false],
      ["Anna", "\u0345\u0301", false],
      ["Nguyễn Văn An", "nguyen van", true],
      ["محمد", "مُحَمَّد", true],
      ["ბექა", "ბექა", true],
    ])(
      "with “%s” stored, a search for “%s” finds it: %s, in the list, its count and its states",
      async (name, q, isFound) => {
        const [id] = await addAccounts(db.client, 1, { name, email: "x@example.com" });
        await addAccounts(db.client, 5, { name: "Another Person", email: "other@example.org" });
        const expected = isFound ? [id] : [];
        for (const sort of ["connected", "person"])
          expect(
            (await read(listRequest(new URLSearchParams({ q, sort }).toString()))).rows.map((row) => row.id),
          ).toEqual(expected);
        const counts = await countMatchingStates(
          ADMIN,
          listRequest(new URLSearchParams({ q, state: "disconnected" }).toString()).filter,
          AT,
        );
        expect(Object.values(counts).reduce((sum, { amount }) => sum + amount, 0)).toBe(expected.length);
      },
    );

    test("one spelling contains another exactly if its search key contains the other key", async () => {
      const letters = fc.string({
        unit: fc.constantFrom("a", "b", "n", "z", " ", "%", "太", "郎", "ა", "к", "и", "😀", "\u{10FFFD}"),
        maxLength: 6,
      });
      const pairs = fc.sample(fc.tuple(letters, letters), 400);
      const different = await db.client.$queryRaw<unknown[]>`
        SELECT * FROM unnest(${pairs.map(([text]) => text)}::text[], ${pairs.map(([, part]) => part)}::text[]) AS pair (text, part)
        WHERE (strpos(text, part) > 0) <> (strpos(search_spelling(text), search_spelling(part)) > 0) OR search_spelling(text) ~ '[^\\x01-\\x7f]'`;
      expect(different).toEqual([]);
    });

    test("sorting by person or e-mail ignores case and accents, and consecutive pages leave no gap", async () => {
      const names = [
        "Émile Zola",
        "emile zulu",
        "E\u0301mile Zappa",
        "Zoë",
        "Ödön",
        "odin",
        "Ёлкина",
        "елкин",
        "太郎",
      ];
      for (const name of names) await addAccounts(db.client, 3, { name });
      const request: ListRequest = { ...listRequest("sort=person&direction=ascending"), size: 2 as 25 };
      const inOrder = await db.client.account.findMany({ select: { id: true, name: true } });
      const shown = (await readAll(request, "after", null, async () => {})).map(
        (id) => inOrder.find((row) => row.id === id)!.name,
      );
      expect([...new Set(shown)]).toEqual([
        "E\u0301mile Zappa",
        "Émile Zola",
        "emile zulu",
        "odin",
        "Ödön",
        "Zoë",
        "елкин",
        "Ёлкина",
        "太郎",
      ]);
      expect(shown).toHaveLength(names.length * 3);
    });

    test("stores, sorts and finds a name longer than an index row", async () => {
      const name = `${"長".repeat(3_000)} Ende`;
      const [id] = await addAccounts(db.client, 1, { name });
      const page = await read(listRequest("q=ende&sort=person"));
      expect(page.rows.map((row) => row.id)).toEqual([id]);
      expect(
        parseCursor(formatCursor("person", positionOf("person", page.rows[0]!)), "person"),
      ).not.toBeNull();
    });

    test("the counts above the list follow the search, and are exact if few accounts match", async () => {
      await addAccounts(db.client, 60, { name: "Ada Ångström" });
      await addAccounts(db.client, 60, { name: "Another Person" });
      const counts = await countMatchingStates(ADMIN, listRequest("q=angstrom&state=connected").filter, AT);
      for (const state of SHOWN_STATES) {
        const { rows } = await read({ ...listRequest(`q=angstrom&state=${state}`), size: 100 });
        expect(counts[state]).toEqual({ amount: rows.length, isExact: true, isAtLeast: false });
      }
    });

    test("a search of fewer than three characters matches the start of a name, an address or an id", async () => {
      await addAccounts(db.client, 20);
      const wanted = [
        ...(await addAccounts(db.client, 1, { name: "Zqora" })),
        ...(await addAccounts(db.client, 1, { email: "zq@example.com" })),
        ...(await addAccounts(db.client, 1, { providerAccountId: "zq-1" })),
      ];
      await addAccounts(db.client, 1, { name: "Anna Zqora" });
      const { rows } = await read(listRequest("q=Zq"));
      expect(rows.map(({ id }) => id).sort()).toEqual(wanted.sort());
    });

    test("a search of one or two letters matches the start of a Legrand id in any case, as one of three does", async () => {
      const [id] = await addAccounts(db.client, 1, { name: "-", email: "-", providerAccountId: "Qx-Home-7" });
      for (const q of ["q", "QX", "qX", "qx-h", "HOME"])
        expect((await read(listRequest(`q=${q}`))).rows.map((row) => row.id)).toEqual([id]);
    });

    test("each state in the filter and in the counts above the list is the state that people see", async () => {
      await addAccounts(db.client, 200);
      const { rows } = await read({ ...listRequest(""), size: 1_000 as 100 });
      const counts = await countStates(ADMIN, AT);
      for (const state of SHOWN_STATES) {
        const expected = rows.filter((row) => describeState(row, AT).state === state).map(({ id }) => id);
        const filtered = await read({ ...listRequest(`state=${state}`), size: 1_000 as 100 });
        expect(filtered.rows.map(({ id }) => id)).toEqual(expected);
        expect(counts[state]).toEqual({ amount: expected.length, isExact: true, isAtLeast: false });
        expect(
          (await estimateCount(ADMIN, { ...listRequest("").filter, state } satisfies AccountFilter, AT))
            .amount,
        ).toBe(expected.length);
      }
    });

    test("day filters: connected from and to include both days, not refreshed since excludes its own", async () => {
      await addAccounts(db.client, 100);
      const { rows } = await read({ ...listRequest(""), size: 1_000 as 100 });
      const idsOf = async (query: string) =>
        (await read({ ...listRequest(query), size: 1_000 as 100 })).rows.map(({ id }) => id);
      const dayOf = (at: Date) => at.toISOString().slice(0, 10);
      expect(await idsOf("connected_from=2026-11-18&connected_to=2026-11-20")).toEqual(
        rows
          .filter(
            ({ connectedAt }) => dayOf(connectedAt) >= "2026-11-18" && dayOf(connectedAt) <= "2026-11-20",
          )
          .map(({ id }) => id),
      );
      expect(await idsOf("not_refreshed_since=2026-11-18")).toEqual(
        rows.filter(({ renewedAt }) => dayOf(renewedAt) < "2026-11-18").map(({ id }) => id),
      );
    });

    test("reads the index of the order for any order and the trigram index for a search, and never scans the table", async () => {
      await addAccounts(db.client, 1_000);
      await db.client.$executeRaw`ANALYZE connect_account`;
      const planOf = (statement: Prisma.Sql) =>
        db.client.$transaction(async (transaction) => {
          await transaction.$queryRaw`SELECT set_config('enable_seqscan', 'off', true)`;
          return (await transaction.$queryRaw<{ "QUERY PLAN": string }[]>`EXPLAIN (COSTS OFF) ${statement}`)
            .map((row) => row["QUERY PLAN"])
            .join("\n");
        });
      for (const sort of SORTS) {
        const request = listRequest(`sort=${sort}&size=25`);
        const [first] = (await read(request)).rows;
        const deep: ListRequest = {
          ...request,
          direction: "ascending",
          from: { towards: "after", position: positionOf(sort, first!) },
        };
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
