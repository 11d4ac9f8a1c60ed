import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import type { Database } from "#lib/db/client.ts";
import { EMBEDDED_MAJOR } from "#lib/db/explain-unopened.ts";
import { listMigrationNames } from "#lib/db/migrate.ts";
import { openEmbedded, type Step } from "#lib/db/open.ts";
import { StartError } from "#lib/start-error.ts";
import { countDatabaseThreads } from "#tests/harness/database-thread.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";

const SECONDS = 180_000;
const step: Step = (_sentence, work) => work();

async function open(folder: string): Promise<Database> {
  const database = await openEmbedded(folder, step);
  onTestFinished(() => database.close());
  return database;
}

// Created once, because creating a database takes a second or two.
const parent = mkdtempSync(join(tmpdir(), "legrand-connect-unit-"));
const made = join(parent, "data");
const said: string[] = [];
beforeAll(async () => {
  const { client, close } = await openEmbedded(made, (sentence, work) => {
    said.push(sentence);
    return work();
  });
  await client.user.create({ data: { name: "Camille" } });
  await close();
}, SECONDS);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** Returns the folder of a closed database that contains the user Camille. */
function withCamille(): string {
  const folder = temporaryFolder();
  cpSync(made, folder, { recursive: true });
  return folder;
}

const usersIn = async (database: Database) =>
  (await database.client.user.findMany()).map((user) => user.name);

describe("the embedded database", { timeout: SECONDS }, () => {
  test("is created with every migration, recorded as `prisma migrate deploy` records it", async () => {
    const { client } = await open(withCamille());
    const rows = await client.$queryRaw<Record<string, unknown>[]>`
      SELECT migration_name, length(checksum) AS checksum, finished_at IS NOT NULL AS finished, rolled_back_at, applied_steps_count
      FROM _prisma_migrations ORDER BY started_at, migration_name`;
    expect(rows).toEqual(
      listMigrationNames().map((migration_name) => ({
        migration_name,
        checksum: 64,
        finished: true,
        rolled_back_at: null,
        applied_steps_count: 1,
      })),
    );
  });

  test("says that it is created, keeps committed rows, and leaves the folder to the next process", async () => {
    expect([said, readdirSync(made)]).toEqual([["Creating the embedded database"], ["database"]]);
    const again: string[] = [];
    const database = await openEmbedded(withCamille(), (sentence, work) => {
      again.push(sentence);
      return work();
    });
    onTestFinished(() => database.close());
    expect([await usersIn(database), again]).toEqual([["Camille"], []]);
  });

  test("is in a folder that only its owner can enter", () => {
    expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  test("has the major version that a start requires of its files", () => {
    expect(readFileSync(join(made, "database", "PG_VERSION"), "utf8").trim()).toBe(EMBEDDED_MAJOR);
  });
});

describe(
  "a database that cannot be opened: names the folder, the problem and the remedy, and leaves nothing behind or changed (issue 10, 19)",
  { timeout: SECONDS },
  () => {
    const at = (folder: string, ...names: string[]) => join(folder, "database", ...names);

    test.each<[string, () => string, RegExp]>([
      [
        "a file in its place",
        () => {
          const folder = temporaryFolder();
          writeFileSync(at(folder), "no folder at all");
          return folder;
        },
        /leads through a file/,
      ],
      [
        "an empty folder",
        () => {
          const folder = temporaryFolder();
          mkdirSync(at(folder));
          return folder;
        },
        /is not a database: .*PG_VERSION is missing.*backup.*To start with an empty database, move/,
      ],
      [
        "another major version",
        () => {
          const folder = temporaryFolder();
          mkdirSync(at(folder));
          writeFileSync(at(folder, "PG_VERSION"), "15\n");
          return folder;
        },
        /written by PostgreSQL 15, and this version of Legrand Connect reads PostgreSQL 18.*npm run backup.*npm run restore/,
      ],
      [
        "a damaged one",
        () => {
          const folder = withCamille();
          truncateSync(at(folder, "global", "pg_control"), 0);
          return folder;
        },
        /is damaged and cannot be opened\. Restore .*database from your backup\. To start with/,
      ],
      [
        "a damaged one, with the one before the last update beside it",
        () => {
          const folder = withCamille();
          rmSync(at(folder, "base"), { recursive: true });
          mkdirSync(`${at(folder)}.previous`);
          return folder;
        },
        /database\.previous beside it is the state before the last update/,
      ],
    ])("%s", async (_case, make, said) => {
      const folder = make();
      const before = readdirSync(folder);
      const error = await openEmbedded(folder, step).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(StartError);
      expect((error as Error).message).toMatch(said);
      expect((error as Error).message).toContain(at(folder));
      expect((error as Error).message).not.toMatch(/Aborted|initiali[sz]e properly/);
      expect(readdirSync(folder)).toEqual(before);
    });

    test("a file in place of the data folder", async () => {
      const path = join(temporaryFolder(), "data");
      writeFileSync(path, "");
      await expect(openEmbedded(path, step)).rejects.toThrow(`${path} is a file, but must be a folder`);
    });

    test("removes what a start of an earlier version left on a full disk", async () => {
      const folder = withCamille();
      writeFileSync(join(folder, "lock.4711"), "");
      await open(folder);
      expect(readdirSync(folder).sort()).toEqual(["database", "lock"]);
    });
  },
);

describe(
  "opens again after a kill at any moment (STACK.md, the traps of PGlite)",
  { timeout: SECONDS },
  () => {
    test("during the first initialisation: removes the half-made folder", async () => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, "database.preparing-4711", "base"), { recursive: true });
      writeFileSync(join(folder, "database.preparing-4711", "PG_VERSION"), "");
      expect(await usersIn(await open(folder))).toEqual([]);
      expect(readdirSync(folder).sort()).toEqual(["database", "lock"]);
    });

    test("during a migration: keeps the database as it was", async () => {
      const folder = withCamille();
      mkdirSync(join(folder, "database.preparing-4711"));
      expect(await usersIn(await open(folder))).toEqual(["Camille"]);
      expect(readdirSync(folder).sort()).toEqual(["database", "lock"]);
    });

    test("between the two renames of a migration: restores the database that was moved aside", async () => {
      const folder = withCamille();
      renameSync(join(folder, "database"), join(folder, "database.previous"));
      mkdirSync(join(folder, "database.preparing-4711"));
      expect(await usersIn(await open(folder))).toEqual(["Camille"]);
      expect(readdirSync(folder).sort()).toEqual(["database", "lock"]);
    });

    test("after a migration: keeps the former database and does not mistake it for the current one", async () => {
      const folder = withCamille();
      mkdirSync(join(folder, "database.previous"));
      expect(await usersIn(await open(folder))).toEqual(["Camille"]);
      expect(readdirSync(folder).sort()).toEqual(["database", "database.previous", "lock"]);
    });
  },
);

test(
  "a failed opening leaves nothing open that would keep the process running",
  { timeout: SECONDS },
  async () => {
    const folder = withCamille();
    const spoiled = await openEmbedded(folder, step);
    await spoiled.embedded!.exec("DROP TABLE _prisma_migrations");
    await spoiled.close();
    const before = countDatabaseThreads();
    await expect(openEmbedded(folder, step)).rejects.toThrow(/belongs to another application.*DATA_DIR/);
    expect([before, countDatabaseThreads()]).toEqual([0, 0]);
  },
);

/** Opens the folder in another process, which sees only the migrations in `prisma`. Returns its output. */
async function openElsewhere(folder: string, prisma = resolve("prisma")): Promise<string> {
  const script = `
    const { openEmbedded } = await import(${JSON.stringify(pathToFileURL(resolve("lib/db/open.ts")).href)});
    const { client, close } = await openEmbedded(${JSON.stringify(folder)}, (_sentence, work) => work());
    await client.$executeRaw\`INSERT INTO connect_user (id, name) VALUES (gen_random_uuid(), 'Camille')\`;
    await close();
    console.log("opened");
    process.exit(0);`;
  const child = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: dirname(prisma),
    timeout: 120_000,
  });
  return child.then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => error.stderr,
  );
}

/** Copies the schema and the migrations into a folder, to be changed. */
function copyOfPrisma(): string {
  const prisma = join(temporaryFolder(), "prisma");
  cpSync("prisma", prisma, { recursive: true });
  return prisma;
}

describe("a migration works on a copy, which replaces the database", { timeout: SECONDS }, () => {
  test("if it succeeds; the former one is kept", async () => {
    const folder = temporaryFolder();
    const prisma = copyOfPrisma();
    rmSync(join(prisma, "migrations", listMigrationNames().at(-1)!), { recursive: true });
    expect(await openElsewhere(folder, prisma)).toContain("opened");
    const again: string[] = [];
    const database = await openEmbedded(folder, (sentence, work) => {
      again.push(sentence);
      return work();
    });
    onTestFinished(() => database.close());
    const rows = await database.client.$queryRaw<
      { name: string }[]
    >`SELECT migration_name AS name FROM _prisma_migrations ORDER BY started_at, migration_name`;
    expect(rows.map((row) => row.name)).toEqual(listMigrationNames());
    expect([await usersIn(database), again]).toEqual([["Camille"], ["Migrating the embedded database"]]);
    expect(readdirSync(folder).sort()).toEqual(["database", "database.previous", "lock"]);
  });

  test("and not if it fails: nothing is changed", async () => {
    const folder = withCamille();
    const prisma = copyOfPrisma();
    mkdirSync(join(prisma, "migrations", "29991231235959_broken"));
    writeFileSync(
      join(prisma, "migrations", "29991231235959_broken", "migration.sql"),
      "DROP TABLE connect_user CASCADE; SELECT broken;",
    );
    expect(await openElsewhere(folder, prisma)).toMatch(/broken/);
    expect(await usersIn(await open(folder))).toEqual(["Camille"]);
  });
});

test(
  "a second process on the same folder is refused with the pid of the first one, and changes nothing",
  { timeout: SECONDS },
  async () => {
    const folder = withCamille();
    const database = await open(folder);
    expect(await openElsewhere(folder)).toContain(`in use by process ${process.pid}`);
    await database.client.user.create({ data: { name: "Marco" } });
    expect((await usersIn(database)).sort()).toEqual(["Camille", "Marco"]);
  },
);
