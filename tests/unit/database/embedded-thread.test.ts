import { execFile } from "node:child_process";
import { setImmediate } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { messages, PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { createEmbedded } from "#lib/db/embedded.ts";
import type { EmbeddedDatabase } from "#lib/db/embedded-database.ts";
import { PrismaClient } from "#lib/db/generated/client.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";
import { useEmbeddedDatabase } from "#tests/unit/embedded-database.ts";

/** A busy machine takes long to open a database. */
const SECONDS = 180_000;

const opened = useEmbeddedDatabase();
const embedded = () => opened.embedded;

async function databaseFolder(): Promise<string> {
  const folder = temporaryFolder();
  await putMigratedDatabase(folder);
  return join(folder, "database");
}

/** Runs for about that many milliseconds in PostgreSQL. */
const busy = (milliseconds: number) =>
  `DO $$ DECLARE until timestamptz := clock_timestamp() + interval '${milliseconds} ms'; BEGIN WHILE clock_timestamp() < until LOOP PERFORM 1; END LOOP; END $$`;

/** Counts the turns of the event loop while `work` runs. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isWorking = true;
  const turn = () => {
    turns++;
    if (isWorking) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isWorking = false;
  return turns;
}

describe("the event loop of the process (decision 54)", () => {
  test("turns while a statement runs", async () => {
    expect(await turnsDuring(() => embedded().exec(busy(300)))).toBeGreaterThan(100);
  });

  test("turns between statements that follow each other from many callers", async () => {
    const end = performance.now() + 300;
    let statements = 0;
    const follow = async () => {
      for (; performance.now() < end; statements++) await embedded().query("SELECT $1::int AS one", [1]);
    };
    const turns = await turnsDuring(() => Promise.all(Array.from({ length: 32 }, follow)));
    // Each turn settles at most one statement of each caller.
    expect(turns).toBeGreaterThanOrEqual(statements / 32);
  });
});

describe("a result is the same as from PGlite in this thread", () => {
  const VALUES = `SELECT 1::int2 AS small, 2147483647 AS int, 9007199254740993::int8 AS big, 1.5::float8 AS double, 12345678901234567890.123456789::numeric AS numeric,
    true AS yes, NULL::text AS nothing, '\\x00ff80'::bytea AS bytes, repeat('é', 1000000) AS long, decode(repeat('ab', 100000), 'hex') AS many_bytes,
    '2026-12-01'::date AS date, '2026-12-01 12:00:00.123'::timestamp AS timestamp, '2026-12-01 12:00:00.123+02'::timestamptz AS timestamptz, '12:34:56'::time AS time,
    '{1,2,NULL}'::int[] AS ints, '{a,"b,c",NULL,""}'::text[] AS texts, '{}'::text[] AS none, '{"\\\\x00ff"}'::bytea[] AS byte_arrays, '{2026-12-01T00:00:00Z}'::timestamptz[] AS times,
    '{"a": [1, null, "x"]}'::jsonb AS json, '6f1c2e1e-8a4c-4f7e-9a55-0d8f2d2f0a11'::uuid AS uuid, 'NaN'::float8 AS nan`;
  let here: PGlite;
  let clientHere: PrismaClient;
  beforeAll(async () => {
    const folder = join(opened.folder, "compared");
    await putMigratedDatabase(folder);
    here = await PGlite.create(join(folder, "database"));
    clientHere = new PrismaClient({ adapter: new PrismaPGlite(here) as never });
    return () => here.close();
  }, SECONDS);

  test("through Prisma", async () => {
    const askBoth = async (sql: string, ...values: unknown[]): Promise<[unknown, unknown]> => [
      // The statement is the caller's.
      await opened.client.$queryRawUnsafe(sql, ...values),
      await clientHere.$queryRawUnsafe(sql, ...values),
    ];
    const [inThread, ours] = await askBoth(VALUES);
    expect(inThread).toEqual(ours);
    const values = ["text", 5, true, null, new Date(0), Buffer.from([0, 255]), ["a", "b"], 2n ** 60n];
    const echo = `SELECT $1::text AS a, $2::int AS b, $3::bool AS c, $4::text AS d, $5::timestamptz AS e, $6::bytea AS f, $7::text[] AS g, $8::int8 AS h`;
    const [echoed, echoedHere] = await askBoth(echo, ...values);
    expect(echoed).toEqual(echoedHere);
    expect(await opened.client.$executeRaw`UPDATE connect_user SET name = name WHERE false`).toBe(0);
  });

  test("without Prisma, with the name of each column and the number of rows", async () => {
    expect(await embedded().query(VALUES)).toEqual(await here.query(VALUES));
    expect(await embedded().exec("SELECT 1 AS a; SELECT 'x' AS b, 'y' AS c")).toEqual(
      await here.exec("SELECT 1 AS a; SELECT 'x' AS b, 'y' AS c"),
    );
  });

  test("with the content of /dev/blob in both directions", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index}\tligne é ${index}\n`).join("");
    await embedded().exec("CREATE TABLE copied (id int, line text)");
    await embedded().query("COPY copied FROM '/dev/blob'", [], { blob: new Blob([lines]) });
    const { blob } = await embedded().query("COPY (SELECT * FROM copied ORDER BY id) TO '/dev/blob'");
    expect(await blob!.text()).toBe(lines);
  });
});

describe("an error", () => {
  test("is PGlite's own, with the SQLSTATE and the fields of PostgreSQL", async () => {
    await embedded().exec("CREATE TABLE once (id int PRIMARY KEY); INSERT INTO once VALUES (1)");
    const error = await embedded()
      .query("INSERT INTO once VALUES ($1)", [1])
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(messages.DatabaseError);
    expect(error).toMatchObject({
      code: "23505",
      severity: "ERROR",
      detail: "Key (id)=(1) already exists.",
      constraint: "once_pkey",
      table: "once",
      message: 'duplicate key value violates unique constraint "once_pkey"',
    });
  });

  test.each([
    ["a duplicate key", "INSERT INTO once VALUES (1)", "23505"],
    ["a missing table", "SELECT * FROM no_such_table", "42P01"],
    ["a division by zero", "SELECT 1 / 0", "22012"],
    [
      "a RAISE with a code of its own",
      "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'LC001'; END $$",
      "LC001",
    ],
  ])("reaches a caller of Prisma with its SQLSTATE: %s", async (_name, sql, state) => {
    // The statement is the case's.
    const error = await opened.client.$executeRawUnsafe(sql).catch((reason: unknown) => reason);
    expect(JSON.stringify([(error as { meta: unknown }).meta, (error as { code: unknown }).code])).toContain(
      state,
    );
  });
});

describe("a transaction", () => {
  test("that is left open ends at its time limit, and does not block others (Prisma, maxWait and timeout)", async () => {
    const { client } = opened;
    const counts: number[] = [];
    const leftOpen = client.$transaction(
      async (transaction) => {
        await transaction.user.create({ data: { name: "Left open" } });
        // Deadlocks if this waits for the end of the transaction, which waits for this.
        counts.push(await client.user.count({ where: { name: "Left open" } }));
        await transaction.user.count();
      },
      { timeout: 300 },
    );
    await expect(leftOpen).rejects.toMatchObject({ code: "P2028" });
    expect(counts).toEqual([0]);
  });

  test("contains no statement of another caller, and is undone as a whole", async () => {
    await embedded().exec("CREATE TABLE entry (name text)");
    let outside: Promise<unknown> = Promise.resolve();
    const undone = embedded().transaction(async (transaction) => {
      await transaction.query("INSERT INTO entry VALUES ('inside')");
      outside = embedded().query("INSERT INTO entry VALUES ('outside')");
      await sleep(50);
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    await outside;
    expect((await embedded().query("SELECT name FROM entry")).rows).toEqual([{ name: "outside" }]);
  });

  test("in which a statement failed is not acknowledged (SQLSTATE 25P02), and accepts no statement after its end", async () => {
    let ended: Parameters<Parameters<EmbeddedDatabase["transaction"]>[0]>[0] | undefined;
    const aborted = embedded().transaction(async (transaction) => {
      ended = transaction;
      await transaction.query("SELECT 1 / 0").catch(() => {});
    });
    await expect(aborted).rejects.toMatchObject({ code: "25P02" });
    await expect(ended!.query("SELECT 1")).rejects.toThrow("The transaction is closed");
  });

  test("is entered in the order of the calls", async () => {
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const first = embedded().transaction(async (transaction) => {
      await transaction.query("SELECT 1");
      await sleep(20);
      order.push("first");
    });
    const calls = [
      embedded().query("SELECT 1").then(note("second")),
      embedded().transaction(async (transaction) => {
        await transaction.query("SELECT 1");
        order.push("third");
      }),
      embedded().query("SELECT 1").then(note("fourth")),
    ];
    await Promise.all([first, ...calls]);
    expect(order).toEqual(["first", "second", "third", "fourth"]);
  });
});

describe("closing", () => {
  test("waits for the statements and transactions that were begun before, and refuses later ones", async () => {
    const database = await createEmbedded(await databaseFolder());
    onTestFinished(() => database.close());
    const begun = [
      database.exec("CREATE TABLE closed_entry (id int)"),
      database.transaction(async (transaction) => {
        await transaction.query("INSERT INTO closed_entry VALUES (1)");
        await sleep(50);
      }),
      database.query("SELECT id FROM closed_entry"),
    ];
    await database.close();
    const [, , read] = await Promise.all(begun);
    expect(read).toMatchObject({ rows: [{ id: 1 }] });
    await expect(database.query("SELECT 1")).rejects.toThrow("The embedded database is closed");
    await database.close();
  });

  test("lets the process end by itself, while an open database keeps it running", async () => {
    const script = `
      const { createEmbedded } = await import(${JSON.stringify(pathToFileURL(resolve("lib/db/embedded.ts")).href)});
      const database = await createEmbedded(${JSON.stringify(await databaseFolder())});
      setTimeout(async () => {
        console.log((await database.query("SELECT 'still open' AS text")).rows[0].text);
        await database.close();
      }, 100).unref();`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "--eval", script],
      {
        timeout: 25_000,
      },
    );
    expect(stdout).toBe("still open\n");
  });
});
