import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";
import { describe, expect, test } from "vitest";

import { findDatabase } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { isDatabaseFailure } from "#lib/http/is-database-failure.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error("It succeeded");
    },
    (error: unknown) => error,
  );

onEveryDatabase((database) => {
  test.each([
    ["a mistake in a statement", () => database.client.$queryRaw`SELEC 1`],
    ["a division by zero", () => database.client.$queryRaw`SELECT 1 / 0`],
    ["an exception of a function", () => database.client.$queryRaw`DO $$ BEGIN RAISE EXCEPTION 'no'; END $$`],
    [
      "a duplicate key",
      async () => {
        for (;;)
          await database.client.adminEmailUse.create({ data: { emailDigest: "twice", usedAt: new Date() } });
      },
    ],
    [
      "a row that is gone",
      () => database.client.user.delete({ where: { id: "00000000-0000-4000-8000-000000000000" } }),
    ],
  ])("%s is not a failure of the database", async (_what, work) => {
    expect(isDatabaseFailure(await errorOf(work()))).toBe(false);
  });

  test("a statement that is refused because the database is read-only is a failure of the database", async () => {
    const refused = database.client.$transaction([
      database.client.$executeRaw`SET TRANSACTION READ ONLY`,
      database.client.$executeRaw`DELETE FROM connect_admin_email_use`,
    ]);
    expect(isDatabaseFailure(await errorOf(refused))).toBe(true);
  });

  test("a connection that breaks during a statement is a failure of the database, with and without Prisma", async () => {
    const pool = findDatabase()!.pool;
    // The embedded database has no connection that could break.
    if (!pool) return;
    const sleeping = Prisma.sql`SELECT pg_sleep(60) /* cut */`;
    const broken = [
      errorOf(database.client.$queryRaw(sleeping)),
      errorOf(pool.query(sleeping.sql)),
      errorOf(database.client.$transaction((transaction) => transaction.$queryRaw(sleeping))),
    ];
    const admin = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
    await admin.connect();
    for (let cut = 0; cut < broken.length;) {
      const { rows } = await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = $1 AND state = 'active'",
        [sleeping.sql],
      );
      cut += rows.length;
      await sleep(20);
    }
    await admin.end();
    expect((await Promise.all(broken)).map(isDatabaseFailure)).toEqual([true, true, true]);
  });
});

describe("errors that node-postgres throws without a code", () => {
  test.each([
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
    "timeout exceeded when trying to connect",
    "Client has encountered a connection error and is not queryable",
    "Query read timeout",
  ])("%s", (sentence) => {
    expect(isDatabaseFailure(new Error(sentence))).toBe(true);
    expect(isDatabaseFailure(new Error("outside", { cause: new Error(sentence) }))).toBe(true);
  });

  test("neither a bug nor a failed request to another server is a failure of the database", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    for (const error of [
      new TypeError("x is not a function"),
      new TypeError("fetch failed", { cause: refused }),
      "text",
      null,
    ])
      expect(isDatabaseFailure(error)).toBe(false);
  });
});
