import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";

import { completeSecrets } from "#lib/server/secrets.ts";

/**
 * Kept from run to run: to initialise an embedded database takes five seconds of a processor, to copy one a
 * tenth of a second.
 */
const CACHE = "node_modules/.cache/legrand-connect-tests";
/** What a migrated database depends on. */
const MADE_OF = ["prisma/migrations/*/migration.sql", "lib/db/*.ts", "package-lock.json"];

/**
 * Puts an embedded database, empty and with every migration, into a data folder without one, beside secrets
 * as the first start makes them. What proves how a database is made has it made instead
 * (tests/unit/database/open.test.ts, tests/protocol/start.test.ts).
 */
export async function putMigratedDatabase(dataDir: string): Promise<void> {
  completeSecrets({ NODE_ENV: "production" }, dataDir, false);
  cpSync(await template(), join(dataDir, "database"), { recursive: true });
}

/**
 * Made by whoever asks first, for the migrations as they are now. Of several at once one stays; they are
 * alike.
 */
async function template(): Promise<string> {
  const folder = join(CACHE, fingerprint());
  if (existsSync(folder)) return join(folder, "database");
  mkdirSync(CACHE, { recursive: true });
  const making = mkdtempSync(join(CACHE, "making-"));
  // Not at the top: the test runner loads this before the database client is generated.
  const { openEmbedded } = await import("#lib/db/open.ts");
  await (await openEmbedded(making, (_sentence, work) => work())).close();
  try {
    renameSync(making, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(making, { recursive: true, force: true });
  }
  return join(folder, "database");
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of globSync(MADE_OF).sort()) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}
