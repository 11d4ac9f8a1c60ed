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

import { completeSecrets } from "#lib/server/boot/secrets.ts";

/**
 * Kept from run to run. Initialising an embedded database takes five seconds of processor time, copying one a
 * tenth of a second.
 */
const CACHE = "node_modules/.cache/legrand-connect-tests";
/** The files that a migrated database depends on. */
const MADE_OF = ["prisma/migrations/*/migration.sql", "lib/db/*.ts", "package-lock.json"];

/**
 * Puts an empty, fully migrated embedded database into a data folder that has none, beside the secrets that a
 * first start makes. Tests of the initialisation itself do not use it (tests/unit/database/open.test.ts,
 * tests/protocol/start.test.ts).
 */
export async function putMigratedDatabase(dataDir: string): Promise<void> {
  completeSecrets({ NODE_ENV: "production" }, dataDir, false);
  cpSync(await template(), join(dataDir, "database"), { recursive: true });
}

/**
 * Returns the template for the current migrations, which the first caller makes. If several make it at once,
 * one is kept; they are equal.
 */
async function template(): Promise<string> {
  const folder = join(CACHE, fingerprint());
  if (existsSync(folder)) return join(folder, "database");
  mkdirSync(CACHE, { recursive: true });
  const making = mkdtempSync(join(CACHE, "making-"));
  // Imported here, because the test runner loads this file before the database client is generated.
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
