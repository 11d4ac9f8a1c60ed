import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import { setDatabase, type Database } from "#lib/db/client.ts";
import type { EmbeddedDatabase } from "#lib/db/embedded-database.ts";
import { openEmbedded } from "#lib/db/open.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";

/**
 * Opens an embedded database behind the stores before the calling file's tests, and deletes it after them.
 */
export function useEmbeddedDatabase(): {
  readonly folder: string;
  readonly client: Database["client"];
  readonly embedded: EmbeddedDatabase;
} {
  const folder = mkdtempSync(join(tmpdir(), "legrand-connect-unit-"));
  let database: Database;
  beforeAll(async () => {
    await putMigratedDatabase(folder);
    database = await openEmbedded(folder, (_sentence, work) => work());
    setDatabase(database);
  }, 180_000);
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    get client() {
      return database.client;
    },
    get embedded() {
      return database.embedded!;
    },
  };
}
