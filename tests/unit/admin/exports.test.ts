import { randomUUID } from "node:crypto";
import { stringify } from "csv-stringify/sync";
import { beforeAll, expect, test, vi } from "vitest";

import type { ExportBatch, ExportFormat } from "#lib/connect/admin/exports/export.ts";
import { readCopied } from "#lib/connect/admin/exports/read-copied.ts";
import type { ExportRows } from "#lib/connect/admin/exports/lines.store.ts";
import { NO_FILTER } from "#lib/connect/admin/accounts/filter-schema.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { makeAdminProof } from "#tests/factories/make-proofs.ts";
import { readCsv } from "#tests/factories/read-csv.ts";
import { makeLinkedAccount } from "#tests/factories/make-linked-account.ts";
import { SECRETS } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

let exports: typeof import("#lib/connect/admin/exports/store.ts");
let writing: typeof import("#lib/connect/admin/exports/write-export.ts");
let lines: typeof import("#lib/connect/admin/exports/lines.store.ts");
let accounts: typeof import("#lib/connect/admin/accounts/export.store.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS);
  exports = await import("#lib/connect/admin/exports/store.ts");
  writing = await import("#lib/connect/admin/exports/write-export.ts");
  lines = await import("#lib/connect/admin/exports/lines.store.ts");
  accounts = await import("#lib/connect/admin/accounts/export.store.ts");
});

async function listAll<T>(from: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of from) all.push(one);
  return all;
}

const ADMIN = makeAdminProof();

const linesOf = (rows: object[]): ExportBatch => ({
  bytes: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join("")),
  count: rows.length,
});
const textOf = async (pieces: AsyncIterable<ExportBatch>) =>
  Buffer.concat((await listAll(pieces)).map(({ bytes }) => bytes)).toString();

// Seeded random generator, so that a failure can be reproduced.
function* texts(amount: number): Generator<string> {
  const pieces = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    '"',
    ",",
    ";",
    "'",
    " ",
    "a",
    "é",
    "＝",
    "＋",
    "－",
    "＠",
    "\u2028",
    "💡",
    "=1+1",
    '=HYPERLINK("x")',
    "\r\n",
    "\\",
    "\\n",
    "\b",
    "\\.",
  ];
  let seed = 20261123;
  const next = (below: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
  for (let i = 0; i < amount; i++)
    yield Array.from({ length: next(6) }, () => pieces[next(pieces.length)]!).join("");
}

test("reads COPY output the same wherever it is cut, also behind a backslash, and counts a row at its end", async () => {
  const said = Buffer.from("a\\\\b\\tc\\r\n\\\\n\\\\\\\\\n\n");
  for (let size = 1; size <= said.length; size++) {
    const pieces = async function* () {
      for (let at = 0; at < said.length; at += size)
        yield await Promise.resolve(Buffer.from(said.subarray(at, at + size)));
    };
    const read = await listAll(readCopied(pieces()));
    expect(Buffer.concat(read.map(({ bytes }) => bytes)).toString()).toBe("a\\b\tc\r\n\\n\\\\\n\n");
    expect(read.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  }
});

onEveryDatabase((database) => {
  async function begin(format: ExportFormat = "ndjson") {
    const { id: userId } = await database.client.user.create({
      data: { role: "auditor", email: "auditor@example.com" },
    });
    const origin = { actorId: userId, actor: "auditor@example.com", requestId: "test", address: "::1" };
    const request = {
      id: randomUUID(),
      admin: makeAdminProof({ userId }),
      origin,
      action: "linked_account.export" as const,
      format,
      filter: "all",
      estimate: 3,
    };
    return { ...request, id: await exports.startExport(request) };
  }
  const read = async function* (...batches: object[][]) {
    for (const rows of batches) yield await Promise.resolve(linesOf(rows));
  };
  const source = (...batches: object[][]) => ({ name: "test", columns: ["n"], read: () => read(...batches) });
  const endsOf = async (targetId: string) =>
    (await database.client.auditEntry.findMany({ where: { targetId }, orderBy: { id: "asc" } })).map(
      ({ outcome, detail }) => ({ outcome, ...(detail as object) }),
    );

  test("writes audit entries at its start and its end, with the row count, and reports its progress", async () => {
    const request = await begin();
    const written = await listAll(writing.writeExport(request, source([{ n: 1 }, { n: 2 }], [], [{ n: 3 }])));
    expect(Buffer.concat(written).toString()).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
    expect(await exports.findExport(request.admin, request.id)).toEqual({
      rows: 3,
      estimate: 3,
      state: "done",
    });
    expect(await endsOf(request.id)).toEqual([
      { outcome: "done", phase: "start", format: "ndjson", filter: "all" },
      { outcome: "done", phase: "end", format: "ndjson", rows: 3, end: "whole" },
    ]);
  });

  test("never reuses an id: opening the same address again is a new export", async () => {
    const first = await begin();
    expect(await exports.startExport(first)).not.toBe(first.id);
  });

  test("a reader who leaves ends the reading and breaks off the export", async () => {
    const request = await begin();
    const ended = vi.fn();
    const endless = async function* () {
      try {
        for (;;) yield await Promise.resolve(linesOf([{ n: 1 }]));
      } finally {
        ended();
      }
    };
    const text = writing.writeExport(request, { ...source(), read: endless });
    await text.next();
    await text.return();
    expect(ended).toHaveBeenCalledOnce();
    expect(await exports.findExport(request.admin, request.id)).toMatchObject({
      state: "broken_off",
      rows: 1,
    });
    expect((await endsOf(request.id)).at(-1)).toMatchObject({ end: "reader_gone" });
  });

  test("an error or a lost role in the middle ends the export with an error, so that a partial file does not look whole", async () => {
    const failing = await begin();
    const broken = async function* () {
      yield linesOf([{ n: 1 }]);
      await Promise.reject(new Error("The disk is gone"));
    };
    await expect(listAll(writing.writeExport(failing, { ...source(), read: broken }))).rejects.toThrow(
      "The disk is gone",
    );
    expect((await endsOf(failing.id)).at(-1)).toMatchObject({ outcome: "failed", end: "failed" });

    const request = await begin();
    const many = Array.from({ length: 2_000 }, () => ({ n: 1 }));
    const text = writing.writeExport(request, source([{ n: 1 }], many, many));
    await text.next();
    await database.client.user.update({ where: { id: request.admin.userId }, data: { role: null } });
    await expect(text.next()).rejects.toThrow("The role was removed");
    expect((await endsOf(request.id)).at(-1)).toMatchObject({
      outcome: "refused",
      end: "role_taken",
      rows: 1,
    });
  });

  const madeUp = (values: object[]): ExportRows => ({
    columns: {
      id: { kind: "word", value: Prisma.sql`t.id` },
      name: { kind: "text", value: Prisma.sql`t.row->>'name'` },
      scopes: { kind: "list", value: Prisma.sql`ARRAY(SELECT jsonb_array_elements_text(t.row->'scopes'))` },
      detail: { kind: "text", value: Prisma.sql`t.row->'detail'` },
    },
    table: Prisma.sql`jsonb_array_elements(${JSON.stringify(values)}::jsonb) WITH ORDINALITY AS t (row, id)`,
    where: Prisma.sql`TRUE`,
    copied: Prisma.sql`ORDER BY t.id`,
    key: Prisma.sql`t.id::text`,
    order: Prisma.sql`t.id`,
    behind: (id) => Prisma.sql`t.id > ${id}::bigint`,
  });

  test("keeps any name intact, and no spreadsheet reads it as a formula (OWASP, CSV injection; RFC 4180)", async () => {
    const names = [...texts(3_000)];
    const rows = madeUp(names.map((name) => ({ name, scopes: [name, "a"] })));
    const others = readCsv(
      stringify(
        names.map((name, index) => [index + 1, name, `${name} a`, null]),
        { escape_formulas: true, quoted: true, record_delimiter: "\r\n" },
      ),
    );
    for (const read of [lines.readLines, lines.readByKey]) {
      const file = readCsv(await textOf(read(ADMIN, rows, "csv")));
      expect(file, "as another program writes it").toEqual(others);
      file.forEach(([id, name, scopes], index) => {
        expect(id).toBe(String(index + 1));
        expect(name).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
        expect([names[index], `'${names[index]}`]).toContain(name);
        expect([`${names[index]} a`, `'${names[index]} a`]).toContain(scopes);
      });
      const objects = (await textOf(read(ADMIN, rows, "ndjson")))
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as object);
      expect(objects).toEqual(
        names.map((name, index) => ({ id: index + 1, name, scopes: [name, "a"], detail: null })),
      );
    }
  });

  test("CSV starts with a byte order mark, ends lines with CRLF, separates list items by spaces, and leaves missing values empty", async () => {
    const request = await begin("csv");
    const rows = madeUp([
      { name: null, scopes: ["a", "b"], detail: { a: 1 } },
      { name: "Zoé", scopes: [] },
    ]);
    const file = await listAll(
      writing.writeExport(request, {
        name: "test",
        columns: Object.keys(rows.columns),
        read: (format) => lines.readLines(ADMIN, rows, format),
      }),
    );
    expect(Buffer.concat(file).toString()).toBe(
      '\uFEFFid,name,scopes,detail\r\n1,,a b,"{""a"": 1}"\r\n2,Zoé,,\r\n',
    );
    expect(await exports.findExport(request.admin, request.id)).toMatchObject({ rows: 2, state: "done" });
  });

  test("writes an account as a line with UTC times, a list of scopes and no token; reading by key gives the same lines in id order", async () => {
    const name = `it's "${randomUUID()}" \\ %_`;
    const made = await makeLinkedAccount(database.client, {
      name,
      email: null,
      connectedAt: new Date("2026-01-02T03:04:05.006Z"),
      refreshTokenExpiresAt: new Date(Date.now() + 1_000),
    });
    await makeLinkedAccount(database.client, { name, state: "reconnect_needed", reconnectReason: "revoked" });
    const [selected, many] = [false, true].map((areMany) =>
      accounts.selectAccountRows({ ...NO_FILTER, q: name }, new Date(), areMany),
    ) as [ExportRows, ExportRows];
    const text = await textOf(lines.readByKey(ADMIN, selected, "ndjson"));
    expect(text).not.toContain("token");
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort());
    expect(Object.keys(rows[0]!)).toEqual(Object.keys(selected.columns));
    expect(rows.find(({ id }) => id === made.id)).toMatchObject({
      name,
      email: null,
      legrand_id: made.providerAccountId,
      granted_scopes: ["topology.read", "comfort.read"],
      state: "expires_soon",
      reason: null,
      connected_at: "2026-01-02T03:04:05.006Z",
      disconnected_at: null,
    });
    expect(rows.find(({ id }) => id !== made.id)).toMatchObject({
      state: "reconnect_needed",
      reason: "revoked",
    });
    expect(await textOf(lines.readLines(ADMIN, selected, "ndjson"))).toBe(text);
    expect((await textOf(lines.readLines(ADMIN, many, "ndjson"))).split("\n").sort()).toEqual(
      text.split("\n").sort(),
    );
  });

  test("includes each account once if they fill several batches; a reader who leaves early leaves a usable connection", async () => {
    const all = madeUp(Array.from({ length: 4_001 }, (_, n) => ({ name: String(n).padEnd(200) })));
    for (const read of [lines.readLines, lines.readByKey]) {
      expect(new Set((await textOf(read(ADMIN, all, "csv"))).trimEnd().split("\r\n")).size).toBe(4_001);
      for (let turn = 0; turn < 12; turn++) {
        const left = read(ADMIN, all, "ndjson");
        await left.next();
        await left.return();
      }
      expect(await database.client.user.count()).toBeGreaterThanOrEqual(0);
    }
  });

  test("breaks off the exports that a killed process left", async () => {
    const request = await begin();
    await exports.breakOffExports(new Date(Date.now() + 1_000));
    expect(await exports.findExport(request.admin, request.id)).toMatchObject({ state: "broken_off" });
    expect(await exports.noteExported(request, 1)).toBe(false);
  });
});
