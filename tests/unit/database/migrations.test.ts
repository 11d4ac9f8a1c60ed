import { randomBytes } from "node:crypto";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";

import { adapterOf, createEmbedded } from "#lib/db/embedded.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { diffSchema, listMigrationNames, migrate } from "#lib/db/migrate.ts";
import { openPostgres } from "#lib/db/open.ts";
import { makeLinkedAccount } from "#tests/factories/make-linked-account.ts";
import { setEnvironment } from "#tests/unit/environment.ts";
import { createDatabase } from "#tests/harness/postgres.ts";

const SECONDS = 180_000;
const NOTHING = "-- This is an empty migration.";
const embedded = async () => adapterOf(await createEmbedded());

describe("the migrations on the embedded database", { timeout: SECONDS }, () => {
  test("are applied once, oldest first", async () => {
    const pglite = await embedded();
    expect(await migrate(pglite)).toEqual(listMigrationNames());
    expect(await migrate(pglite)).toEqual([]);
  });

  test("have names that sort in the order of creation", () => {
    expect(listMigrationNames()).toEqual([...listMigrationNames()].sort());
    for (const name of listMigrationNames()) expect(name).toMatch(/^\d{14}_[a-z][a-z0-9_]*$/);
  });

  test("produce the schema in the schema files: no migration is missing", async () => {
    expect((await diffSchema(await embedded())).trim()).toMatch(new RegExp(`^(${NOTHING})?$`));
  });
});

const server = process.env.TEST_DATABASE_URL;

async function freshDatabase(): Promise<string> {
  return createDatabase(server!, `unit_${randomBytes(6).toString("hex")}`);
}

describe.skipIf(!server)(
  "the same migrations on PostgreSQL (TEST_DATABASE_URL)",
  { timeout: SECONDS },
  () => {
    test("are applied and recorded, also by two starts at once", async () => {
      const url = await freshDatabase();
      const databases = await Promise.all([1, 2].map(() => openPostgres(url, (_sentence, work) => work())));
      onTestFinished(async () => {
        await Promise.all(databases.map((database) => database.close()));
      });
      const rows = await databases[0]!.client.$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name`;
      expect(rows.map((row) => row.name)).toEqual(listMigrationNames());
    });

    test("produce tables that every model can read", async () => {
      const { client, close } = await openPostgres(await freshDatabase(), (_sentence, work) => work());
      onTestFinished(close);
      const delegates = client as unknown as Record<string, { findFirst: () => Promise<unknown> }>;
      for (const model of Object.values(Prisma.ModelName)) {
        expect(await delegates[model[0]!.toLowerCase() + model.slice(1)]!.findFirst()).toBeNull();
      }
    });

    test("may belong to another role: the application's role reads and writes, and cannot change the audit log's guard (docs/deploy.md)", async () => {
      const [owner, application, name] = ["owner", "app", "roles"].map(
        (kind) => `${kind}_${randomBytes(6).toString("hex")}`,
      ) as [string, string, string];
      const urlOf = (role: string) =>
        Object.assign(new URL(server!), { username: role, password: "only-here", pathname: `/${name}` }).href;
      await runSql(
        server!,
        `CREATE ROLE ${owner} LOGIN PASSWORD 'only-here'`,
        `CREATE ROLE ${application} LOGIN PASSWORD 'only-here'`,
        `CREATE DATABASE ${name} OWNER ${owner}`,
      );
      await runSql(
        urlOf(owner),
        `ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${application}`,
        `ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO ${application}`,
      );
      const settings = { poolSize: 2, statementTimeoutMs: 10_000, preparesStatements: true };
      const first = await openPostgres(urlOf(application), (_sentence, work) => work(), {
        ...settings,
        migrationUrl: urlOf(owner),
      });
      await first.close();
      // No migration is missing, so the application's own role is enough.
      setEnvironment({});
      const { client, close } = await openPostgres(urlOf(application), (_sentence, work) => work(), settings);
      onTestFinished(close);
      await makeLinkedAccount(client);
      await client.$executeRaw`SELECT connect_compact_tally()`;
      await client.auditEntry.create({
        data: {
          at: new Date(),
          requestId: "0badf00d",
          actor: "a person",
          action: "test",
          outcome: "done",
          targetType: "",
          target: "",
          address: "",
          detail: {},
        },
      });
      for (const forbidden of [
        `UPDATE connect_audit_entry SET actor = 'another'`,
        `DELETE FROM connect_audit_entry`,
        `TRUNCATE connect_audit_entry`,
        `DROP TABLE connect_audit_entry`,
        `DROP TRIGGER connect_audit_entry_append_only ON connect_audit_entry`,
        `ALTER TABLE connect_audit_entry DISABLE TRIGGER ALL`,
        `CREATE OR REPLACE FUNCTION connect_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$`,
        `SET session_replication_role = replica`,
      ])
        // The statement is what the test varies.
        await expect(client.$executeRawUnsafe(forbidden), forbidden).rejects.toThrow(
          /append-only|must be owner|permission denied/,
        );
      expect(await client.auditEntry.count()).toBe(1);
    });

    test("cancels a statement that takes too long, and keeps the connection usable", async () => {
      const { client, close } = await openPostgres(await freshDatabase(), (_sentence, work) => work(), {
        poolSize: 1,
        statementTimeoutMs: 200,
        preparesStatements: true,
      });
      onTestFinished(close);
      await expect(client.$queryRaw`SELECT pg_sleep(60)::text`).rejects.toThrow(/timeout/);
      expect(await client.user.count()).toBe(0);
    });
  },
);

async function runSql(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
