import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import type { Administrator } from "#lib/connect/users/admin-user.ts";
import { parseSelection, selectionQuery } from "#lib/connect/admin/actions/parse-selection.ts";
import { NO_FILTER } from "#lib/connect/admin/accounts/filter-schema.ts";
import { makeAdministratorProof, makeAdminProof } from "#tests/factories/make-proofs.ts";
import { inSeconds, makeLinkedAccount } from "#tests/factories/make-linked-account.ts";
import { SECRETS } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

// This file stubs `fetch` as the cloud. tests/unit/cloud tests the connections to a real one.
vi.mock("#lib/connect/cloud/cloud-fetch.ts", () => ({
  cloudFetch: (...request: Parameters<typeof fetch>) => fetch(...request),
}));

const CLOUD = "https://cloud.example";
let start: typeof import("#lib/connect/admin/actions/start-bulk.store.ts");
let store: typeof import("#lib/connect/admin/actions/bulk.store.ts");
let work: typeof import("#lib/connect/admin/actions/work-on-bulk.store.ts");
let worker: typeof import("#lib/connect/admin/actions/work-on-bulk-revocations.ts");
let revoke: typeof import("#lib/connect/admin/actions/revoke-linked-account.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS, {
    LEGRAND_AUTHORIZE_URL: `${CLOUD}/authorize`,
    LEGRAND_TOKEN_URL: `${CLOUD}/token`,
    LEGRAND_API_URL: `${CLOUD}/api`,
  });
  start = await import("#lib/connect/admin/actions/start-bulk.store.ts");
  store = await import("#lib/connect/admin/actions/bulk.store.ts");
  work = await import("#lib/connect/admin/actions/work-on-bulk.store.ts");
  worker = await import("#lib/connect/admin/actions/work-on-bulk-revocations.ts");
  revoke = await import("#lib/connect/admin/actions/revoke-linked-account.ts");
});

const ORIGIN = { actorId: null, actor: "admin@example.com", requestId: "test", address: "::1" };

describe("a selection", () => {
  const at = new Date("2026-11-23T10:00:00.000Z");
  const parse = (query: string) => parseSelection(new URLSearchParams(query), at);

  test("is the page's accounts, each once, or with all=1 the filter at that moment, and survives a round trip through its query", () => {
    const ids = [randomUUID(), randomUUID()];
    expect(parse(`id=${ids[0]}&id=${ids[1]}&id=${ids[0]}`)).toMatchObject({
      ok: true,
      selection: { kind: "ids", ids, at },
    });
    const all = parse("all=1&state=unavailable&id=ignored");
    expect(all).toMatchObject({
      ok: true,
      selection: { kind: "all", at, filter: { ...NO_FILTER, state: "unavailable" } },
    });
    for (const one of [parse(`id=${ids[0]}`), all])
      expect(one.ok && parse(selectionQuery(one.selection!).toString())).toMatchObject({
        selection: one.ok && one.selection,
      });
    expect(parse("state=&q=")).toMatchObject({ ok: true, selection: null });
  });

  test.each([
    ["an id that is no UUID", "id=1"],
    ["another word than 1", "all=yes"],
    ["all twice", "all=1&all=1"],
    ["a moment to come", "all=1&at=2999-01-01T00:00:00.000Z"],
    ["no moment", "all=1&at=today"],
    ["a state that there is not", "all=1&state=broken"],
    ["a moment that the database does not know", "all=1&at=-000001-01-01T00:00:00.000Z"],
    ["a moment to come, beside ids", `id=${randomUUID()}&at=2999-01-01T00:00:00.000Z`],
    ["more than a page's", Array.from({ length: 101 }, () => `id=${randomUUID()}`).join("&")],
  ])("with %s is refused with a sentence", (_what, query) => {
    expect(parse(query)).toEqual({ ok: false, sentence: expect.stringMatching(/\.$/) });
  });
});

onEveryDatabase((database) => {
  afterEach(async () => {
    vi.unstubAllGlobals();
    // One of the tests puts the process into its stopping state.
    delete (globalThis as Record<symbol, unknown>)[Symbol.for("legrand-connect.work-under-way")];
    await database.client.pendingRevocation.deleteMany();
  });

  /** Stubs a Legrand that accepts revocations and counts them in `told`. `during` runs before each answer. */
  function legrandAnswers(during: () => Promise<unknown> = () => Promise.resolve()): { told: number } {
    const seen = { told: 0 };
    vi.stubGlobal("fetch", async (address: string) => {
      if (address.includes("/.well-known/"))
        return Response.json({ token_endpoint: `${CLOUD}/token`, revocation_endpoint: `${CLOUD}/revoke` });
      seen.told++;
      await during();
      return Response.json({});
    });
    return seen;
  }

  async function makeAdministrator(): Promise<Administrator> {
    const { id } = await database.client.user.create({
      data: { name: "Adriana", email: "admin@example.com", role: "administrator" },
    });
    return makeAdministratorProof({ userId: id, name: "Adriana", label: "admin@example.com" });
  }

  async function makeBulk(
    amount: number,
    wanted: Partial<Parameters<typeof start.startBulkRevocation>[0]> = {},
  ) {
    const [admin, name] = [wanted.admin ?? (await makeAdministrator()), randomUUID()];
    const accounts = [];
    for (let i = 0; i < amount; i++)
      accounts.push(
        await makeLinkedAccount(database.client, { name, state: "connected", connectedAt: inSeconds(-60) }),
      );
    const ids = accounts.map(({ id }) => id);
    const request = {
      id: randomUUID(),
      admin,
      origin: ORIGIN,
      reason: "Please give your access again.",
      selection: { kind: "ids" as const, ids, at: new Date() },
      words: `${amount} selected accounts`,
      confirmed: amount,
      ...wanted,
    };
    return { request, admin, name, ids, id: request.id, started: await start.startBulkRevocation(request) };
  }

  const find = (id: string) => store.findBulkRevocation(makeAdminProof(), id);
  const connected = (ids: string[]) =>
    database.client.account.count({ where: { id: { in: ids }, state: "connected" } });
  const entries = (targetId: string, action: string) =>
    database.client.auditEntry.count({ where: { targetId, action, outcome: "done" } });

  test("revokes each account of its list, notifies Legrand, and writes audit entries at its start and its end", async () => {
    const legrand = legrandAnswers();
    const { id, ids, started } = await makeBulk(7);
    expect(started).toEqual({ ok: true });
    await worker.workOnBulkRevocations();
    expect(await find(id)).toMatchObject({
      state: "done",
      total: 7,
      revoked: 7,
      skipped: 0,
      failed: 0,
      left: 0,
      isWorkedOn: false,
    });
    expect(await connected(ids)).toBe(0);
    expect(legrand.told).toBe(14);
    expect([
      await entries(id, "bulk_revocation.start"),
      await entries(id, "bulk_revocation.end"),
      await entries(ids[0]!, "linked_account.revoke"),
    ]).toEqual([1, 1, 1]);
    expect(await database.client.bulkRevocationItem.count({ where: { bulkId: id } })).toBe(0);
  });

  test("submitting the same form twice at once makes one bulk revocation", async () => {
    const { request, id } = await makeBulk(2);
    expect(
      await Promise.all([start.startBulkRevocation(request), start.startBulkRevocation(request)]),
    ).toEqual([{ ok: true }, { ok: true }]);
    expect(await entries(id, "bulk_revocation.start")).toBe(1);
    expect(await database.client.bulkRevocationItem.count({ where: { bulkId: id } })).toBe(2);
  });

  test("revokes exactly what was confirmed: starts nothing if more accounts match than were shown, and skips later matches", async () => {
    const { name, ids, request } = await makeBulk(2);
    const at = new Date();
    const selection = { kind: "all" as const, filter: { ...NO_FILTER, q: name }, at };
    expect(await start.countSelected(makeAdminProof(), selection)).toEqual({ amount: 2, isExact: true });
    const again = { ...request, selection, id: randomUUID() };
    expect(await start.startBulkRevocation({ ...again, confirmed: 1 })).toEqual({
      ok: false,
      reason: "more",
    });
    expect(await find(again.id)).toBeNull();
    expect(await database.client.auditEntry.findMany({ where: { targetId: again.id } })).toMatchObject([
      { action: "bulk_revocation.start", outcome: "refused", detail: { reason: "more" } },
    ]);
    await makeLinkedAccount(database.client, { name, connectedAt: new Date(at.getTime() + 60_000) });
    expect(await start.startBulkRevocation({ ...again, confirmed: 2 })).toEqual({ ok: true });
    expect(
      (await database.client.bulkRevocationItem.findMany({ where: { bulkId: again.id } }))
        .map(({ accountId }) => accountId)
        .sort(),
    ).toEqual([...ids].sort());
  });

  test("leaves out disconnected accounts, and starts nothing if all of them are", async () => {
    legrandAnswers();
    const { request, ids } = await makeBulk(2);
    await database.client.account.updateMany({ where: { id: { in: ids } }, data: { state: "disconnected" } });
    expect(await start.startBulkRevocation({ ...request, id: randomUUID() })).toEqual({
      ok: false,
      reason: "none",
    });
    await worker.workOnBulkRevocations();
    expect(await find(request.id)).toMatchObject({ state: "done", revoked: 0, skipped: 2 });
  });

  test("skips an account that any user reconnected after the confirmation, because the end of the new connection was not confirmed (decision 26)", async () => {
    legrandAnswers();
    const { id, ids, request } = await makeBulk(3);
    const newcomer = await database.client.user.create({ data: { name: "Marco" } });
    const again = (at: Date) =>
      database.client.account.update({
        where: { id: ids[0]! },
        data: { userId: newcomer.id, connectedAt: at },
      });
    await again(inSeconds(1));
    await work.claimBulkRevocation();
    await work.settleItem(id, ids[1]!, { result: "failed", failure: "Something failed on our side." });
    await work.endDeadBulkLeases();
    await worker.workOnBulkRevocations();
    expect(await find(id)).toMatchObject({ state: "done", revoked: 1, skipped: 1, failed: 1 });
    expect(await connected([ids[0]!])).toBe(1);
    // Neither a retry of the failed ones nor a form that was opened before revokes them.
    await database.client.account.update({ where: { id: ids[1]! }, data: { connectedAt: inSeconds(1) } });
    for (const selection of [{ kind: "failed" as const, bulkId: id }, request.selection]) {
      expect(
        await start.startBulkRevocation({ ...request, id: randomUUID(), selection, confirmed: null }),
      ).toEqual({ ok: false, reason: "none" });
    }
  });

  test("does not start for a caller whose role was just taken (holdRole)", async () => {
    const admin = await makeAdministrator();
    await database.client.user.update({ where: { id: admin.userId }, data: { role: "auditor" } });
    await expect(makeBulk(1, { admin })).rejects.toThrow("This person has lost the administrator role");
  });

  test("is claimed by one of two processes; the other one gets nothing until the lease ends", async () => {
    const { id } = await makeBulk(1);
    const claims = await Promise.all([work.claimBulkRevocation(), work.claimBulkRevocation()]);
    expect(claims.filter((claim) => claim?.id === id)).toHaveLength(1);
    expect(await work.claimBulkRevocation()).toBeNull();
    await database.client.bulkRevocation.update({ where: { id }, data: { leaseUntil: new Date(0) } });
    expect(await work.claimBulkRevocation()).toMatchObject({ id });
    await work.finishBulkRevocation(id, new Date());
  });

  test("continues after a kill in the middle, and revokes and counts each account once", async () => {
    legrandAnswers();
    const { id, ids, request } = await makeBulk(3);
    await work.claimBulkRevocation();
    // The account is revoked, and the process is killed before it can record that.
    await revoke.revokeLinkedAccount({
      accountId: ids[0]!,
      reason: request.reason,
      origin: ORIGIN,
      holder: { bulkId: id, confirmedAt: new Date() },
    });
    await worker.workOnBulkRevocations();
    expect(await find(id)).toMatchObject({ revoked: 0, isWorkedOn: true });
    await work.endDeadBulkLeases();
    await worker.workOnBulkRevocations();
    expect(await find(id)).toMatchObject({ state: "done", revoked: 3, skipped: 0, failed: 0 });
    for (const accountId of ids) expect(await entries(accountId, "linked_account.revoke")).toBe(1);
  });

  test("counts each account once if two processes work on it, as after a pause longer than the lease", async () => {
    const { id, ids } = await makeBulk(1);
    await Promise.all([1, 2, 3].map(() => work.settleItem(id, ids[0]!, { result: "revoked" })));
    expect(await find(id)).toMatchObject({ revoked: 1, left: 0 });
    await work.finishBulkRevocation(id, new Date());
  });

  test("when stopped, ends between two accounts; the others stay connected, and the audit log says how many", async () => {
    const { id, ids, admin } = await makeBulk(12);
    legrandAnswers(() => store.stopBulkRevocation(admin, ORIGIN, id));
    await worker.workOnBulkRevocations();
    const bulk = await find(id);
    expect(bulk).toMatchObject({ state: "stopped", failed: 0 });
    expect(bulk!.revoked).toBeLessThanOrEqual(8);
    expect(await connected(ids)).toBe(bulk!.left);
    expect([await entries(id, "bulk_revocation.stop"), await entries(id, "bulk_revocation.end")]).toEqual([
      1, 1,
    ]);
    expect(await store.stopBulkRevocation(admin, ORIGIN, id)).toBe(false);
  });

  test("when stopped before its turn, ends at once", async () => {
    const { id, ids, admin } = await makeBulk(2);
    expect(await store.stopBulkRevocation(admin, ORIGIN, id)).toBe(true);
    expect(await find(id)).toMatchObject({ state: "stopped", left: 2 });
    expect(await connected(ids)).toBe(2);
  });

  test("stops when its starter is no longer an administrator, and the audit log says why (decision 26)", async () => {
    const { id, ids, admin } = await makeBulk(12);
    legrandAnswers(() =>
      database.client.user.updateMany({ where: { id: admin.userId }, data: { role: null } }),
    );
    await worker.workOnBulkRevocations();
    const bulk = await find(id);
    expect(bulk!.state).toBe("stopped");
    expect(await connected(ids)).toBe(bulk!.left);
    const end = await database.client.auditEntry.findFirstOrThrow({
      where: { targetId: id, action: "bulk_revocation.end" },
    });
    expect(end.detail).toMatchObject({ reason: "role_taken", left: bulk!.left });
  });

  test("a stopping process finishes the accounts in progress and releases the lease", async () => {
    const { beginToStop } = await import("#lib/work-under-way.ts");
    const { id, ids } = await makeBulk(12);
    legrandAnswers(() => {
      beginToStop();
      return Promise.resolve();
    });
    await worker.workOnBulkRevocations();
    const bulk = await find(id);
    expect(bulk).toMatchObject({ state: "running", isWorkedOn: false });
    expect(bulk!.left).toBe(await connected(ids));
    expect(bulk!.left).toBeGreaterThan(0);
    delete (globalThis as Record<symbol, unknown>)[Symbol.for("legrand-connect.work-under-way")];
    legrandAnswers();
    await worker.workOnBulkRevocations();
    expect(await find(id)).toMatchObject({ state: "done", revoked: 12 });
  });

  test("lists each failed account with a sentence, leaves it connected, and can retry it in a new bulk revocation", async () => {
    legrandAnswers();
    const { id, ids, request } = await makeBulk(2);
    await work.claimBulkRevocation();
    await work.settleItem(id, ids[0]!, { result: "failed", failure: "Something failed on our side." });
    await work.endDeadBulkLeases();
    await worker.workOnBulkRevocations();
    expect(await find(id)).toMatchObject({ state: "done", revoked: 1, failed: 1 });
    expect((await store.listBulkFailures(makeAdminProof(), id, null)).rows).toEqual([
      { accountId: ids[0], failure: "Something failed on our side.", name: expect.any(String) },
    ]);
    const again = {
      ...request,
      id: randomUUID(),
      selection: { kind: "failed" as const, bulkId: id },
      confirmed: null,
    };
    expect(await start.startBulkRevocation(again)).toEqual({ ok: true });
    await worker.workOnBulkRevocations();
    expect(await find(again.id)).toMatchObject({ state: "done", total: 1, revoked: 1 });
    expect(await start.startBulkRevocation({ ...again, id: randomUUID() })).toEqual({
      ok: false,
      reason: "none",
    });
  });
});
