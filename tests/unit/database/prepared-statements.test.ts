import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";

import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { Prisma } from "#lib/db/generated/client.ts";
import { openPostgres } from "#lib/db/open.ts";
import { StatementNames } from "#lib/db/statement-names.ts";
import { createMigratedDatabase } from "#tests/harness/postgres.ts";

const MARK = "/* prepared */";
const LONG = `${MARK} SELECT '${"x".repeat(10_000)}'`;

describe("the name of a statement", () => {
  test("is given to a marked statement only", () => {
    const names = new StatementNames();
    for (const sql of [`${MARK} SELECT 1`, `\n    ${MARK} SELECT 2`]) expect(names.nameOf(sql)).not.toBe("");
    for (const sql of ["SELECT 1", `SELECT 1 ${MARK}`, "/* another */ SELECT 1", ""])
      expect(names.nameOf(sql)).toBe("");
  });

  test("belongs to one text, and has at most the 63 bytes that PostgreSQL keeps (NAMEDATALEN)", () => {
    const names = new StatementNames();
    const given = [LONG, `${LONG} `, `${MARK} SELECT 1`].map((sql) => names.nameOf(sql));
    expect(new Set(given).size).toBe(3);
    for (const name of given) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    expect(names.nameOf(LONG)).toBe(given[0]);
  });

  test("is another one after a renewal, which counts once for all that saw the same failure", () => {
    const names = new StatementNames();
    const [before, { round }] = [names.nameOf(LONG), names];
    names.renew(round);
    const renewed = names.nameOf(LONG);
    names.renew(round);
    expect([renewed === before, names.nameOf(LONG)]).toEqual([false, renewed]);
  });

  test("is refused beyond a hundred, so that a text that varies cannot fill the sessions", () => {
    const names = new StatementNames();
    const given = Array.from({ length: 200 }, (_, one) => names.nameOf(`${MARK} SELECT ${one}`));
    expect(given.filter(Boolean)).toHaveLength(100);
  });
});

/** Returns the calls of Prisma whose statement is marked, by file. */
const MARKED = globSync("{app,components,lib,prisma}/**/*.{ts,tsx}")
  .filter((file) => !/generated|statement-names/.test(file))
  .flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [...text.matchAll(/\/\* prepared \*\//g)].map(({ index }) => ({
      file,
      call: /\w+(?:\(\))?\s*\.\$\w+(?:<[^`]*>)?`\s*$/.exec(text.slice(0, index))?.[0] ?? "",
    }));
  });

test("each marked statement is a query in a store and outside of a transaction, because only such a query is repeated", () => {
  expect(MARKED.length).toBeGreaterThan(5);
  for (const { file, call } of MARKED) {
    expect(call, file).toMatch(/^database\(\)\s*\.\$queryRaw/);
    expect(file).toMatch(/(?:^|[./])store\.ts$/);
  }
});

const server = process.env.TEST_DATABASE_URL;

describe.skipIf(!server)("on PostgreSQL (TEST_DATABASE_URL)", { timeout: 60_000 }, () => {
  /** Opens a new database. With one connection, all statements of the test run in one session. */
  async function open({ preparesStatements = true, poolSize = 1 } = {}) {
    const url = await createMigratedDatabase(server!, `prepared_${randomUUID()}`);
    const { client, close } = await openPostgres(url, (_sentence, work) => work(), {
      poolSize,
      statementTimeoutMs: 10_000,
      preparesStatements,
    });
    onTestFinished(close);
    const listPrepared = () =>
      client.$queryRaw<{ name: string; statement: string; from_sql: boolean }[]>`
        SELECT name, statement, from_sql FROM pg_prepared_statements WHERE name <> '' ORDER BY prepare_time`;
    return { url, client, listPrepared };
  }

  /** Reads a table whose column changes, long enough that reads at once take several sessions. */
  const read = async (client: Awaited<ReturnType<typeof open>>["client"]) =>
    (
      await client.$queryRaw<[{ value: unknown }]>`/* prepared */ SELECT value FROM changing, pg_sleep(0.1)`
    )[0].value;

  test("a session keeps a marked statement, and no other", async () => {
    const { client, listPrepared } = await open();
    for (const value of [1, 2, 3]) {
      expect(await client.$queryRaw`/* prepared */ SELECT ${value}::int AS value`).toEqual([{ value }]);
      await client.$queryRaw`SELECT ${value}::int AS value`;
      await client.account.findFirst({ where: { id: randomUUID() } });
    }
    expect(await listPrepared()).toEqual([
      { name: expect.any(String), statement: "/* prepared */ SELECT $1::int AS value", from_sql: false },
    ]);
  });

  test("DATABASE_PREPARED_STATEMENTS=false keeps none, for a pooler that gives each transaction another session", async () => {
    const { client, listPrepared } = await open({ preparesStatements: false });
    await client.$queryRaw`/* prepared */ SELECT 1 AS value`;
    expect(await listPrepared()).toEqual([]);
  });

  test("a statement whose result a migration changed is repeated once under a new name, in every session", async () => {
    const { url, client, listPrepared } = await open({ poolSize: 3 });
    const migration = new pg.Client({ connectionString: url });
    await migration.connect();
    onTestFinished(() => migration.end());
    await migration.query("CREATE TABLE changing AS SELECT 1 AS value");
    const readAtOnce = () => Promise.all([1, 2, 3].map(() => read(client)));
    expect(await readAtOnce()).toEqual([1, 1, 1]);
    const [before] = await listPrepared();
    await migration.query("ALTER TABLE changing ALTER value TYPE text");
    expect(await readAtOnce()).toEqual(["1", "1", "1"]);
    const [after] = await listPrepared();
    expect([before!.statement, before!.name !== after!.name]).toEqual([after!.statement, true]);
  });

  test("a statement that fails for another reason is not repeated, and keeps its name", async () => {
    const { client, listPrepared } = await open();
    const divideBy = (value: number) => client.$queryRaw`/* prepared */ SELECT 1 / ${value}::int AS value`;
    await divideBy(1);
    const [before] = await listPrepared();
    await expect(divideBy(0)).rejects.toThrow(Prisma.PrismaClientKnownRequestError);
    await divideBy(1);
    expect(await listPrepared()).toEqual([before]);
  });

  test("an unmarked statement that PostgreSQL does not support fails once (SQLSTATE 0A000)", async () => {
    const { client, listPrepared } = await open();
    await client.$executeRaw`CREATE VIEW reading AS SELECT 1 AS one, 2 AS two`;
    await expect(client.$queryRaw`UPDATE reading SET one = 2`).rejects.toThrow();
    expect(await listPrepared()).toEqual([]);
  });
});
