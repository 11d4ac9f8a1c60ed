import { randomBytes } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";

import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { listLaterMigrations, openPostgres, type OpeningStep } from "#lib/db/open.ts";
import { StartError } from "#lib/start-error.ts";
import { createDatabase, createMigratedDatabase } from "#tests/harness/postgres.ts";

const step: OpeningStep = (_sentence, work) => work();
const server = process.env.TEST_DATABASE_URL;
const settings = { poolSize: 2, statementTimeoutMs: 10_000, preparesStatements: true };
const newName = () => `failure_${randomBytes(6).toString("hex")}`;

async function runSql(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Returns the address with another user, password or database. */
function change(url: string, parts: { username?: string; password?: string; pathname?: string }): string {
  return Object.assign(new URL(url), parts).href;
}

/** Returns the message of a start that cannot use this database. */
async function problemOf(url: string, migrationUrl?: string): Promise<string> {
  const error = await openPostgres(url, step, { ...settings, migrationUrl }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartError);
  return (error as StartError).message;
}

async function makeRole(): Promise<{ username: string; password: string }> {
  const role = { username: newName(), password: "only-here" };
  await runSql(server!, `CREATE ROLE ${role.username} LOGIN PASSWORD '${role.password}'`);
  return role;
}

describe(
  "a PostgreSQL that cannot be used gets a sentence with the server, the problem and the remedy (issue 10, 19)",
  { timeout: 60_000 },
  () => {
    test("nothing listens there", async () => {
      expect(await problemOf("postgresql://app:hunter2@127.0.0.1:1/connect")).toBe(
        "PostgreSQL at 127.0.0.1:1 cannot be reached (ECONNREFUSED). Start it, or correct DATABASE_URL.",
      );
    });

    test("no such host", async () => {
      expect(await problemOf("postgresql://app:hunter2@no-such-host.invalid/connect")).toMatch(
        /^PostgreSQL at no-such-host\.invalid cannot be reached \((ENOTFOUND|EAI_AGAIN)\)\. Start it, or correct DATABASE_URL\.$/,
      );
    });

    test("a server that offers no TLS", async () => {
      const refusing = createServer((socket) => socket.once("data", () => socket.write("N"))).listen(
        0,
        "127.0.0.1",
      );
      onTestFinished(() => void refusing.close());
      await new Promise((resolve) => refusing.once("listening", resolve));
      const { port } = refusing.address() as AddressInfo;
      expect(await problemOf(`postgresql://app:hunter2@127.0.0.1:${port}/connect?sslmode=verify-full`)).toBe(
        `PostgreSQL at 127.0.0.1:${port} does not offer TLS. Turn it on there, or take sslmode out of DATABASE_URL.`,
      );
    });
  },
);

describe.skipIf(!server)("so does a PostgreSQL that answers (TEST_DATABASE_URL)", { timeout: 60_000 }, () => {
  const host = server && new URL(server).host;

  test("a wrong password, or none", async () => {
    const said = await problemOf(change(server!, { password: "hunter2" }));
    expect(said).toBe(
      `PostgreSQL at ${host} refuses the user tester: the password is wrong, or pg_hba.conf does not admit the user. Correct DATABASE_URL.`,
    );
    expect(await problemOf(change(server!, { password: "" }))).toBe(
      `PostgreSQL at ${host} asks for a password of the user tester. Add it to DATABASE_URL.`,
    );
  });

  test("a wrong password for the serving role or for the migrating role", async () => {
    const url = await createMigratedDatabase(server!, newName());
    expect(await problemOf(change(url, { password: "hunter2" }), url)).toMatch(
      /refuses the user tester: .* Correct DATABASE_URL\.$/,
    );
    expect(await problemOf(url, change(url, { password: "hunter2" }))).toMatch(
      /Correct DATABASE_MIGRATION_URL\.$/,
    );
  });

  test("no such database", async () => {
    expect(await problemOf(change(server!, { pathname: "/nowhere" }))).toBe(
      `PostgreSQL at ${host} has no database nowhere. Create it (CREATE DATABASE "nowhere"), or correct DATABASE_URL.`,
    );
  });

  test("no connection left", async () => {
    const role = await makeRole();
    await runSql(server!, `ALTER ROLE ${role.username} CONNECTION LIMIT 0`);
    expect(await problemOf(change(server!, role))).toBe(
      `PostgreSQL at ${host} has no connection left for this process. Lower DATABASE_POOL_SIZE or raise max_connections, then start again.`,
    );
  });

  test("a role that may not migrate", async () => {
    const [name, role] = [newName(), await makeRole()];
    const url = await createDatabase(server!, name);
    await runSql(url, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    expect(await problemOf(change(url, role))).toBe(
      `The user ${role.username} may not migrate the database ${name}. Set DATABASE_MIGRATION_URL to the owner of its schema (docs/deploy.md).`,
    );
  });

  test.each([
    ["with tables of its own", ["CREATE TABLE users (id int)"]],
    [
      "with migrations of its own",
      [
        "CREATE TABLE _prisma_migrations (id text, checksum text, finished_at timestamptz, migration_name text, logs text, rolled_back_at timestamptz, started_at timestamptz, applied_steps_count int)",
        "INSERT INTO _prisma_migrations (id, finished_at, migration_name) VALUES ('1', now(), '20200101000000_theirs')",
      ],
    ],
  ])("the database of another application, %s, which is left unchanged", async (_case, statements) => {
    const name = newName();
    const url = await createDatabase(server!, name);
    await runSql(url, ...statements);
    expect(await problemOf(url)).toBe(
      `The database ${name} belongs to another application: it has tables that are not of Legrand Connect. Create a database for Legrand Connect alone, and name it in DATABASE_URL.`,
    );
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    await client.end();
    expect(rows).toHaveLength(1);
  });

  test("an encoding that cannot store every name (issue 11, 20)", async () => {
    const name = newName();
    await runSql(server!, `CREATE DATABASE "${name}" ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    expect(await problemOf(change(server!, { pathname: `/${name}` }))).toBe(
      `The database ${name} has the encoding LATIN1, which cannot store every name. Create it with UTF-8 (CREATE DATABASE "${name}" ENCODING 'UTF8' TEMPLATE template0), or name another one in DATABASE_URL.`,
    );
  });

  test("a search_key that does not lowercase É (issue 11, 20)", async () => {
    const url = await createMigratedDatabase(server!, newName());
    await runSql(
      url,
      "CREATE OR REPLACE FUNCTION search_key(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS 'SELECT lower(value COLLATE \"C\")'",
    );
    expect(await problemOf(url)).toMatch(
      /^The function search_key of this database does not ignore case and accents/,
    );
  });

  test("a migration that failed at an earlier start", async () => {
    const url = await createMigratedDatabase(server!, newName());
    await runSql(
      url,
      "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)",
    );
    expect(await problemOf(url)).toMatch(
      /^A migration of the database \S+ failed at an earlier start\. Restore your backup from before the update/,
    );
  });

  test("accepts migrations of a later version, so that an update can be rolled back; the start names them", async () => {
    const url = await createMigratedDatabase(server!, newName());
    await runSql(
      url,
      "INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('1', 'x', now(), '29990101000000_later')",
    );
    const database = await openPostgres(url, step, settings);
    onTestFinished(database.close);
    expect(await listLaterMigrations(database)).toEqual(["29990101000000_later"]);
  });
});
