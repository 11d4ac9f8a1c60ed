import { randomBytes } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";

import { adapterOf, createEmbedded } from "#lib/db/embedded.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { diffSchema, listMigrationNames, migrate } from "#lib/db/migrate.ts";
import { openPostgres } from "#lib/db/open.ts";
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

  test("have names that sort as they were made", () => {
    expect(listMigrationNames()).toEqual([...listMigrationNames()].sort());
    for (const name of listMigrationNames()) expect(name).toMatch(/^\d{14}_[a-z][a-z0-9_]*$/);
  });

  test("lead to what the schema files say: nobody forgot to write one", async () => {
    expect((await diffSchema(await embedded())).trim()).toMatch(new RegExp(`^(${NOTHING})?$`));
  });
});

const server = process.env.TEST_DATABASE_URL;

async function freshDatabase(): Promise<string> {
  return createDatabase(server!, `unit_${randomBytes(6).toString("hex")}`);
}

describe.skipIf(!server)("the same migrations on PostgreSQL (TEST_DATABASE_URL)", { timeout: SECONDS }, () => {
  test("are applied and recorded, also by two starts at once", async () => {
    const url = await freshDatabase();
    const databases = await Promise.all([1, 2].map(() => openPostgres(url, (_sentence, work) => work())));
    onTestFinished(async () => { await Promise.all(databases.map((database) => database.close())); });
    const rows = await databases[0]!.client.$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name`;
    expect(rows.map((row) => row.name)).toEqual(listMigrationNames());
  });

  test("lead to tables that every model can be read from", async () => {
    const { client, close } = await openPostgres(await freshDatabase(), (_sentence, work) => work());
    onTestFinished(close);
    const delegates = client as unknown as Record<string, { findFirst: () => Promise<unknown> }>;
    for (const model of Object.values(Prisma.ModelName)) {
      expect(await delegates[model[0]!.toLowerCase() + model.slice(1)]!.findFirst()).toBeNull();
    }
  });

  test("a server that cannot be reached is an error and no endless wait", async () => {
    await expect(openPostgres("postgresql://nobody@127.0.0.1:1/nothing", (_sentence, work) => work())).rejects.toThrow();
  });
});
