import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";

import { auditFilterQuery, parseAuditFilter } from "#lib/connect/admin/audit/filter-schema.ts";
import {
  auditListQuery,
  parseAuditRequest,
  type AuditRequest,
} from "#lib/connect/admin/audit/list-schema.ts";
import { formatPageCursor } from "#lib/page-cursor.ts";
import type { NewAuditEntry } from "#lib/connect/audit/audit-entry.ts";
import { makeAdminProof } from "#tests/factories/make-proofs.ts";
import { SECRETS } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

let log: typeof import("#lib/connect/audit/store.ts");
let list: typeof import("#lib/connect/admin/audit/list.store.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS);
  log = await import("#lib/connect/audit/store.ts");
  list = await import("#lib/connect/admin/audit/list.store.ts");
});

const admin = makeAdminProof();
const requestOf = (query: string): AuditRequest => {
  const parsed = parseAuditRequest(new URLSearchParams(query));
  if (!parsed.ok) throw new Error(parsed.sentence);
  return parsed.request;
};

test("a filter survives a round trip through its address", () => {
  const query = "actor=A+b&action=user.role&outcome=refused&target=x&request=y&from=2026-11-01&to=2026-11-23";
  const parsed = parseAuditFilter(new URLSearchParams(query));
  expect(parsed.ok && auditFilterQuery(parsed.filter).toString()).toBe(query);
  const request = requestOf(`${query}&size=25`);
  expect(
    auditListQuery(request, {
      towards: "older",
      cursor: formatPageCursor({ at: new Date(0), id: "7" }),
    }).toString(),
  ).toBe(`${query}&size=25&older=1970-01-01T00%3A00%3A00.000Z%7E7`);
});

onEveryDatabase((database) => {
  const entry = (more: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
    actorId: randomUUID(),
    actor: "ada@example.com",
    requestId: randomUUID().slice(0, 8),
    address: "192.0.2.1",
    targetType: "",
    targetId: null,
    target: "",
    action: "user.role",
    outcome: "done",
    ...more,
  });
  const find = async (query: string) => (await list.listAuditEntries(admin, requestOf(query))).rows;

  describe("the database refuses to change the audit log (issue 5, audit log)", () => {
    test.each([
      ["UPDATE", "UPDATE connect_audit_entry SET actor = 'another'"],
      ["an UPDATE of no row", "UPDATE connect_audit_entry SET actor = 'another' WHERE id = -1"],
      ["DELETE", "DELETE FROM connect_audit_entry"],
      ["TRUNCATE", "TRUNCATE connect_audit_entry"],
      ["TRUNCATE with others", "TRUNCATE connect_audit_entry, connect_export CASCADE"],
    ])("%s", async (_what, sql) => {
      await log.recordAudit(entry());
      const before = await database.client.auditEntry.count();
      // The statement is what the test varies.
      await expect(database.client.$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
      expect(await database.client.auditEntry.count()).toBe(before);
    });
  });

  test("the actor filter matches the start of a name in any case, literally, or a user id, and no pattern", async () => {
    const actor = `A_%\\${randomUUID()}@example.com`;
    const actorId = randomUUID();
    await log.recordAudit(entry({ actor, actorId }));
    const filter = (wanted: string) => find(new URLSearchParams({ actor: wanted }).toString());
    expect(await filter(actor.slice(0, 30).toLowerCase())).toHaveLength(1);
    expect(await filter(actorId)).toHaveLength(1);
    expect(await filter(actor.replace("_", "x"))).toEqual([]);
    expect(await filter(actor.slice(1))).toEqual([]);
  });

  test.each([
    ["Émile Zola", "émile"],
    ["E\u0301mile Zola", "EMILE Z"],
    ["Ёлкина", "ёл"],
    ["太郎", "太"],
    ["Groß", "GROSS"],
    ["ΣΊΣΥΦΟΣ", "σίσυφος"],
    ["İpek", "ipek"],
  ])("the actor “%s” is found by “%s” (issue 11, 20)", async (actor, typed) => {
    const requestId = randomUUID().slice(0, 8);
    await log.recordAudit(entry({ actor, requestId }));
    expect(await find(new URLSearchParams({ actor: typed, request: requestId }).toString())).toHaveLength(1);
    expect(await find(new URLSearchParams({ actor: "\u0301", request: requestId }).toString())).toEqual([]);
  });

  test("includes the last day of the filter and excludes the day after it", async () => {
    const requestId = randomUUID().slice(0, 8);
    await database.client.auditEntry.createMany({
      data: [
        "2026-01-01T23:59:59.999Z",
        "2026-01-02T00:00:00Z",
        "2026-01-02T23:59:59.999Z",
        "2026-01-03T00:00:00Z",
      ].map((at) => ({ ...entry({ requestId }), detail: {}, at: new Date(at) })),
    });
    expect(
      (await find(`request=${requestId}&from=2026-01-02&to=2026-01-02`)).map(({ at }) => at.toISOString()),
    ).toEqual(["2026-01-02T23:59:59.999Z", "2026-01-02T00:00:00.000Z"]);
  });

  test("pages leave no gap in both directions if many entries share a time, also while others are added", async () => {
    const [actorId, at] = [randomUUID(), new Date("2026-02-02T02:02:02.002Z")];
    await database.client.auditEntry.createMany({
      data: Array.from({ length: 60 }, (_, index) => ({ ...entry({ actorId }), detail: { index }, at })),
    });
    const page = async (from: string) =>
      list.listAuditEntries(admin, requestOf(`actor=${actorId}&size=25${from}`));
    const first = await page("");
    await log.recordAudit(entry({ actorId }));
    const second = await page(`&older=${formatPageCursor(first.rows.at(-1)!)}`);
    const third = await page(`&older=${formatPageCursor(second.rows.at(-1)!)}`);
    const seen = [...first.rows, ...second.rows, ...third.rows].map(({ detail }) => detail.index);
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => 59 - index));
    expect([first.hasMore, second.hasMore, third.hasMore]).toEqual([true, true, false]);
    expect((await page(`&newer=${formatPageCursor(third.rows[0]!)}`)).rows).toEqual(second.rows);
  });

  test("links a target for as long as it exists", async () => {
    const requestId = randomUUID().slice(0, 8);
    const { id } = await database.client.user.create({ data: { name: "Ada" } });
    for (const targetId of [id, randomUUID(), "no uuid"])
      await log.recordAudit(entry({ requestId, targetType: "user", targetId, target: "Ada" }));
    expect((await find(`request=${requestId}`)).map(({ targetExists }) => targetExists)).toEqual([
      false,
      false,
      true,
    ]);
  });
});
