import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";

import type { AdminUser } from "#lib/connect/admin/admin-user.ts";
import type { ExportBatch, ExportFormat } from "#lib/connect/admin/exports/export.ts";
import { csvHead, csvRows } from "#lib/connect/admin/exports/write-csv.ts";
import { NO_FILTER } from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import { readCsv } from "#tests/factories/read-csv.ts";
import { makeLinkedAccount } from "#tests/factories/make-linked-account.ts";
import { SECRETS } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

let exports: typeof import("#lib/connect/admin/exports/store.ts");
let writing: typeof import("#lib/connect/admin/exports/write-export.ts");
let accounts: typeof import("#lib/connect/admin/linked-accounts/export/store.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS);
  exports = await import("#lib/connect/admin/exports/store.ts");
  writing = await import("#lib/connect/admin/exports/write-export.ts");
  accounts = await import("#lib/connect/admin/linked-accounts/export/store.ts");
});

async function listAll<T>(from: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
}

const linesOf = (rows: object[]): ExportBatch => ({ lines: rows.map((row) => JSON.stringify(row)).join("\n"), count: rows.length });

describe("CSV", () => {
  // A small generator with a seed: a failure can be repeated.
  function* texts(amount: number): Generator<string> {
    const pieces = ["=", "+", "-", "@", "\t", "\r", "\n", '"', ",", ";", "'", " ", "a", "é", "＝", "＋", "－", "＠", "\u2028", "💡", "=1+1", '=HYPERLINK("x")', "\r\n", "\\"];
    let seed = 20261123;
    const next = (below: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
    for (let i = 0; i < amount; i++) yield Array.from({ length: next(6) }, () => pieces[next(pieces.length)]!).join("");
  }

  test("whatever a name is, the file has it back, and no spreadsheet takes it for a formula (OWASP, CSV injection; RFC 4180)", () => {
    const names = [...texts(3_000)];
    const file = csvHead(["id", "name"]) + csvRows(linesOf(names.map((name, id) => ({ id, name }))), ["id", "name"]);
    const [head, ...rows] = readCsv(file);
    expect(head).toEqual(["id", "name"]);
    expect(rows).toHaveLength(names.length);
    rows.forEach(([id, cell], index) => {
      expect(id).toBe(String(index));
      expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
      expect([names[index], `'${names[index]}`]).toContain(cell);
    });
  });

  test("begins with a byte order mark, ends its lines with CRLF, and leaves dates and ids as they are; lists are separated by spaces", () => {
    const row = { id: "0192", at: "2026-11-23T10:00:00.000Z", scopes: ["a", "b"], none: null, detail: { a: 1 } };
    expect(csvHead(Object.keys(row)) + csvRows(linesOf([row]), Object.keys(row)))
      .toBe('\uFEFFid,at,scopes,none,detail\r\n0192,2026-11-23T10:00:00.000Z,a b,,"{""a"":1}"\r\n');
  });
});

onEveryDatabase((database) => {
  async function begin(format: ExportFormat = "ndjson") {
    const { id: userId } = await database.client.user.create({ data: { role: "auditor", email: "auditor@example.com" } });
    const origin = { actorId: userId, actor: "auditor@example.com", requestId: "test", address: "::1" };
    const request = { id: randomUUID(), admin: { userId } as AdminUser, origin, action: "linked_account.export" as const, format, filter: "all", estimate: 3 };
    return { ...request, id: await exports.startExport(request) };
  }
  const read = async function* (...batches: object[][]) { for (const rows of batches) yield await Promise.resolve(linesOf(rows)); };
  const source = (...batches: object[][]) => ({ name: "test", columns: ["n"], read: () => read(...batches) });
  const endsOf = async (targetId: string) => (await database.client.auditEntry.findMany({ where: { targetId }, orderBy: { id: "asc" } })).map(({ outcome, detail }) => ({ outcome, ...(detail as object) }));

  test("an export is in the audit log when it begins and when it ends, with its rows; its progress can be asked for", async () => {
    const request = await begin();
    let text = "";
    for await (const piece of writing.writeExport(request, source([{ n: 1 }, { n: 2 }], [], [{ n: 3 }]))) text += piece;
    expect(text).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
    expect(await exports.findExport(request.admin, request.id)).toEqual({ rows: 3, estimate: 3, state: "done" });
    expect(await endsOf(request.id)).toEqual([
      { outcome: "done", phase: "start", format: "ndjson", filter: "all" }, { outcome: "done", phase: "end", format: "ndjson", rows: 3, end: "whole" },
    ]);
  });

  test("an id that is taken is not given twice: the same address opened again is an export of its own", async () => {
    const first = await begin();
    expect(await exports.startExport(first)).not.toBe(first.id);
  });

  test("a reader who goes away ends the reading, and the export is broken off", async () => {
    const request = await begin();
    const ended = vi.fn();
    const endless = async function* () { try { for (;;) yield await Promise.resolve(linesOf([{ n: 1 }])); } finally { ended(); } };
    const text = writing.writeExport(request, { ...source(), read: endless });
    await text.next();
    await text.return();
    expect(ended).toHaveBeenCalledOnce();
    expect(await exports.findExport(request.admin, request.id)).toMatchObject({ state: "broken_off", rows: 1 });
    expect((await endsOf(request.id)).at(-1)).toMatchObject({ end: "reader_gone" });
  });

  test("an error in the middle, and a role that was taken in the middle, end it with an error, not with a file that looks whole", async () => {
    const failing = await begin();
    const broken = async function* () { yield linesOf([{ n: 1 }]); await Promise.reject(new Error("The disk is gone")); };
    await expect(listAll(writing.writeExport(failing, { ...source(), read: broken }))).rejects.toThrow("The disk is gone");
    expect((await endsOf(failing.id)).at(-1)).toMatchObject({ outcome: "failed", end: "failed" });

    const request = await begin();
    const many = Array.from({ length: 2_000 }, () => ({ n: 1 }));
    const text = writing.writeExport(request, source([{ n: 1 }], many, many));
    await text.next();
    await database.client.user.update({ where: { id: request.admin.userId }, data: { role: null } });
    await expect(text.next()).rejects.toThrow("The role was taken");
    expect((await endsOf(request.id)).at(-1)).toMatchObject({ outcome: "refused", end: "role_taken", rows: 1 });
  });

  test("an account is a line with its times in UTC and its scopes as a list, and never a token; the walk over the disk has the same lines", async () => {
    const name = randomUUID();
    const made = await makeLinkedAccount(database.client, { name, email: null, connectedAt: new Date("2026-01-02T03:04:05.006Z"), refreshTokenExpiresAt: new Date(Date.now() + 1_000) });
    await makeLinkedAccount(database.client, { name, state: "reconnect_needed", reconnectReason: "revoked" });
    const filter = { ...NO_FILTER, q: name };
    const { lines, count } = await accounts.readAccountLines(filter, new Date(), null);
    expect(count).toBe(2);
    expect(lines).not.toContain("token");
    const rows = lines.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(Object.keys(rows[0]!)).toEqual([...accounts.ACCOUNT_COLUMNS]);
    expect(rows.find(({ id }) => id === made.id)).toMatchObject({
      name, email: null, legrand_id: made.providerAccountId, granted_scopes: ["topology.read", "comfort.read"], state: "expires_soon", reason: null,
      connected_at: "2026-01-02T03:04:05.006Z", disconnected_at: null,
    });
    expect(rows.find(({ id }) => id !== made.id)).toMatchObject({ state: "reconnect_needed", reason: "revoked" });
    expect((await accounts.readAccountLines(filter, new Date(), lines.split("\n")[0]!)).lines).toBe(lines.split("\n")[1]);
    const walked = await listAll(accounts.walkAccounts(filter, new Date()));
    expect(walked.filter((batch) => batch.count).flatMap((batch) => batch.lines.split("\n")).sort()).toEqual(lines.split("\n").sort());
  });

  test("exports that a killed process left are broken off", async () => {
    const request = await begin();
    await exports.breakOffExports(new Date(Date.now() + 1_000));
    expect(await exports.findExport(request.admin, request.id)).toMatchObject({ state: "broken_off" });
    expect(await exports.noteExported(request, 1)).toBe(false);
  });
});
