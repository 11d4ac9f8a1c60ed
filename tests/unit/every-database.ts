import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe } from "vitest";

import { setDatabase, type Database } from "#lib/db/client.ts";
import { openEmbedded, openPostgres, type OpeningStep } from "#lib/db/open.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { createMigratedDatabase } from "#tests/harness/postgres.ts";

const step: OpeningStep = (_sentence, work) => work();

/**
 * Runs the same tests on the embedded database, and on PostgreSQL if TEST_DATABASE_URL is set. The stores use
 * that database while its tests run.
 */
export function onEveryDatabase(rules: (database: { readonly client: Database["client"] }) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "legrand-connect-unit-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const server = process.env.TEST_DATABASE_URL;
  describe("on the embedded database", { timeout: 60_000 }, () =>
    rules(useDatabase(() => putMigratedDatabase(folder).then(() => openEmbedded(folder, step)))),
  );
  describe.skipIf(!server)("on PostgreSQL (TEST_DATABASE_URL)", { timeout: 60_000 }, () =>
    rules(
      useDatabase(async () =>
        openPostgres(await createMigratedDatabase(server!, `unit_${randomUUID()}`), step),
      ),
    ),
  );
}

function useDatabase(open: () => Promise<Database>): { readonly client: Database["client"] } {
  let database: Database;
  beforeAll(async () => setDatabase((database = await open())), 180_000);
  afterAll(() => database.close());
  return {
    get client() {
      return database.client;
    },
  };
}
