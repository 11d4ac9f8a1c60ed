import { randomUUID } from "node:crypto";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Database } from "#lib/db/client.ts";
import { openEmbedded, openPostgres, type OpeningStep } from "#lib/db/open.ts";
import { readEmbedded, readPostgres } from "#lib/server/operator/backup/backup-source.ts";
import { checkBackup } from "#lib/server/operator/backup/read-backup.ts";
import { restoreEmbedded, restorePostgres } from "#lib/server/operator/backup/restore-backup.ts";
import { fingerprintsOf, restoreSecrets } from "#lib/server/operator/backup/restore-secrets.ts";
import { writeBackup } from "#lib/server/operator/backup/write-backup.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { createDatabase, createMigratedDatabase } from "#tests/harness/postgres.ts";

const scratch = mkdtempSync(join(tmpdir(), "legrand-connect-backup-"));
const postgresUrl = process.env.TEST_DATABASE_URL;
const step: OpeningStep = (_sentence, work) => work();
const KEY = `k1:${Buffer.alloc(32, 7).toString("base64")}`;
const header = { madeAt: "2026-11-30T12:00:00.000Z", keys: fingerprintsOf(KEY) };
/** Contains everything with a special meaning in COPY's text format or to a line reader. */
const HOSTILE =
  "tab\t, backslash \\, \\N, quote ', dollar $1, line feed\n\\.\n, carriage return\r, line separator \u2028, 𠮷 é";

let count = 0;
const newPath = () => join(scratch, `${++count}`);
const newDatabase = () => createDatabase(postgresUrl!, `backup_${randomUUID()}`);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function fill({ client }: Database): Promise<void> {
  const [user, account] = [randomUUID(), randomUUID()];
  await client.user.create({
    data: { id: user, name: HOSTILE, email: "a@example.com", role: "administrator" },
  });
  await client.account.create({
    data: {
      id: account,
      userId: user,
      type: "oauth",
      provider: "legrand",
      providerAccountId: "1",
      name: HOSTILE,
      grantedScopes: ["comfort.read", 'with "quotes", {braces}'],
      accessToken: "k1.sealed",
    },
  });
  await client.linkedAccountEvent.createMany({
    data: ["connected", "refreshed"].map((what) => ({
      accountId: account,
      at: new Date(),
      what,
      by: "person",
      detail: { text: HOSTILE },
    })),
  });
  for (const actor of ["one", "two", "three"]) {
    await client.auditEntry.create({
      data: {
        at: new Date(),
        requestId: "r",
        actor,
        action: "role.change",
        outcome: "done",
        targetType: "",
        target: HOSTILE,
        address: "",
        detail: {},
      },
    });
  }
  await client.logo.create({
    data: { digest: "d", size: 64, content: Buffer.from([0, 9, 10, 13, 92, 255]) },
  });
}

async function backUpEmbedded(folder: string, file = newPath()): Promise<string> {
  const database = await openEmbedded(folder, step);
  await readEmbedded(database.embedded!, (source) => writeBackup(source, file, header, () => {})).finally(
    () => database.close(),
  );
  return file;
}

async function backUpPostgres(url: string, file = newPath()): Promise<string> {
  await readPostgres(url, (source) => writeBackup(source, file, header, () => {}));
  return file;
}

async function restoreToFolder(file: string): Promise<string> {
  const folder = newPath();
  await restoreEmbedded(file, folder);
  return folder;
}

async function restoreToPostgres(file: string, url?: string): Promise<string> {
  const target = url ?? (await newDatabase());
  await restorePostgres(file, target);
  return target;
}

/** Returns the tables with their rows sorted, because a database may return them in any order. */
function contentOf(file: string): string[][] {
  const [, , ...lines] = readFileSync(file, "utf8").split("\n");
  const tables: string[][] = [];
  for (const line of lines.slice(0, -2)) {
    if (line.startsWith("table {")) tables.push([]);
    tables.at(-1)!.push(line);
  }
  return tables.map((table) => table.sort());
}

let source: string;
let original: string;

beforeAll(async () => {
  source = newPath();
  await putMigratedDatabase(source);
  const database = await openEmbedded(source, step);
  await fill(database);
  await database.close();
  original = await backUpEmbedded(source);
}, 180_000);

describe("a restored database has exactly the rows that were backed up", () => {
  test("from embedded to embedded, with the next audit id after the last one", async () => {
    const folder = await restoreToFolder(original);
    expect(contentOf(await backUpEmbedded(folder))).toEqual(contentOf(original));
    const database = await openEmbedded(folder, step);
    const before = await database.client.auditEntry.findMany({ orderBy: { id: "asc" } });
    const next = await database.client.auditEntry.create({
      data: {
        at: new Date(),
        requestId: "r",
        actor: "four",
        action: "role.change",
        outcome: "done",
        targetType: "",
        target: "",
        address: "",
        detail: {},
      },
    });
    expect(next.id).toBeGreaterThan(before.at(-1)!.id);
    expect(before.map(({ target }) => target)).toEqual([HOSTILE, HOSTILE, HOSTILE]);
    await expect(database.client.auditEntry.deleteMany()).rejects.toThrow();
    await database.close();
  });

  test.skipIf(!postgresUrl)("from embedded to PostgreSQL, and from PostgreSQL to PostgreSQL", async () => {
    const url = await restoreToPostgres(original);
    const fromPostgres = await backUpPostgres(url);
    expect(contentOf(fromPostgres)).toEqual(contentOf(original));
    expect(contentOf(await backUpPostgres(await restoreToPostgres(fromPostgres)))).toEqual(
      contentOf(original),
    );
  });

  test.skipIf(!postgresUrl)(
    "loads with the role that owns the tables, without superuser rights",
    async () => {
      const url = await newDatabase();
      const owner = `owner_${randomUUID().slice(0, 8)}`;
      const admin = await openPostgres(
        await createMigratedDatabase(postgresUrl!, `admin_${randomUUID()}`),
        step,
      );
      // These statements contain names, which cannot be parameters.
      await admin.client.$executeRawUnsafe(`CREATE ROLE ${owner} LOGIN PASSWORD 'secret'`);
      await admin.client.$executeRawUnsafe(
        `ALTER DATABASE "${new URL(url).pathname.slice(1)}" OWNER TO ${owner}`,
      );
      await admin.close();
      const asOwner = Object.assign(new URL(url), { username: owner, password: "secret" }).href;
      expect(contentOf(await backUpPostgres(await restoreToPostgres(original, asOwner)))).toEqual(
        contentOf(original),
      );
    },
  );
});

describe("a backup file", () => {
  test("is readable only by its owner, has no generated column, and is never overwritten", async () => {
    expect(statSync(original).mode & 0o777).toBe(0o600);
    expect(readFileSync(original, "utf8")).not.toMatch(/^table .*(listed_state|search_text|actor_key)/m);
    const before = readFileSync(original);
    await expect(backUpEmbedded(source, original)).rejects.toThrow(/exists already/);
    expect(readFileSync(original).equals(before)).toBe(true);
  });

  test("is refused before a database is made if it is cut, changed or no backup", async () => {
    const [cut, changed, strange] = [newPath(), newPath(), newPath()];
    copyFileSync(original, cut);
    truncateSync(cut, statSync(original).size - 40);
    writeFileSync(changed, readFileSync(original, "utf8").replace("a@example.com", "b@example.com"));
    writeFileSync(strange, "no backup\n");
    for (const [file, why] of [
      [cut, /damaged/],
      [changed, /checksum/],
      [strange, /is not a backup/],
      [newPath(), /cannot be read/],
    ] as const) {
      await expect(checkBackup(file)).rejects.toThrow(why);
    }
  });

  test("from a newer version is refused with the name of its migration", async () => {
    const newer = newPath();
    writeFileSync(
      newer,
      readFileSync(original, "utf8").replace(/"migration":"[^"]*"/, '"migration":"99990101000000_future"'),
    );
    await expect(restoreToFolder(newer)).rejects.toThrow(/newer version.*99990101000000_future/);
  });
});

describe("a restore never changes existing data", () => {
  test("refuses a folder with a database", async () => {
    await expect(restoreEmbedded(original, source)).rejects.toThrow(/There is a database already/);
  });

  test.skipIf(!postgresUrl)(
    "refuses a PostgreSQL database with rows or with tables of another application",
    async () => {
      const url = await restoreToPostgres(original);
      await expect(restoreToPostgres(original, url)).rejects.toThrow(/not empty/);
      const other = await openPostgres(
        await createMigratedDatabase(postgresUrl!, `other_${randomUUID()}`),
        step,
      );
      await other.client.$executeRaw`DROP TABLE _prisma_migrations`;
      const [{ name }] = await other.client.$queryRaw<[{ name: string }]>`
        SELECT current_database() AS name`;
      await other.close();
      await expect(restoreToPostgres(original, postgresUrl!.replace(/[^/]*$/, name))).rejects.toThrow(
        /not empty/,
      );
    },
  );

  test.skipIf(!postgresUrl)("can run again after a damaged file", async () => {
    const [url, cut] = [await newDatabase(), newPath()];
    copyFileSync(original, cut);
    truncateSync(cut, statSync(original).size - 40);
    await expect(restoreToPostgres(cut, url)).rejects.toThrow(/damaged/);
    expect(contentOf(await backUpPostgres(await restoreToPostgres(original, url)))).toEqual(
      contentOf(original),
    );
  });
});

describe("the secrets for a restore", () => {
  const read = { ...header, migration: "m" };
  const secrets = {
    AUTH_SECRET: "a".repeat(43),
    TOKEN_ENCRYPTION_KEYS: KEY,
    LEGRAND_COOKIE_KEYS: "c".repeat(43),
    LEGRAND_CLIENT_SECRET: "s".repeat(43),
  };

  test("are refused if a key is missing or differs, and nothing is written", () => {
    const folder = newPath();
    const other = `k1:${Buffer.alloc(32, 8).toString("base64")}`;
    expect(() => restoreSecrets(read, {} as NodeJS.ProcessEnv, folder)).toThrow(/there is no key here/);
    expect(() =>
      restoreSecrets(
        { ...read, secrets },
        { TOKEN_ENCRYPTION_KEYS: other } as unknown as NodeJS.ProcessEnv,
        folder,
      ),
    ).toThrow(/the keys here are different/);
    expect(() => statSync(folder)).toThrow();
  });

  test("are accepted from the environment, in any order and with additional keys", () => {
    const more = `k2:${Buffer.alloc(32, 8).toString("base64")}, ${KEY}`;
    expect(
      restoreSecrets(read, { TOKEN_ENCRYPTION_KEYS: more } as unknown as NodeJS.ProcessEnv, newPath()),
    ).toEqual({ written: null });
  });

  test("come from a backup made with --with-secrets, into a file that only its owner can read", () => {
    const folder = newPath();
    const environment = { AUTH_SECRET: "given".repeat(9) } as unknown as NodeJS.ProcessEnv;
    const { written } = restoreSecrets({ ...read, secrets }, environment, folder);
    expect(statSync(written!).mode & 0o777).toBe(0o600);
    const { AUTH_SECRET, ...others } = secrets;
    expect(JSON.parse(readFileSync(written!, "utf8"))).toEqual(others);
    expect(environment).toEqual({ ...secrets, AUTH_SECRET: "given".repeat(9) });
    expect(AUTH_SECRET).toBeTruthy();
  });
});
