// npm run db:reset: deletes the embedded database, so that the next start begins empty. Keeps secrets and
// settings.
import { rmSync } from "node:fs";
import { join } from "node:path";

import { hasEmbeddedDatabase } from "#lib/db/has-embedded-database.ts";
import { lockDataFolder } from "#lib/db/lock.ts";
import { reportOutcome, type CommandOutcome } from "#lib/server/operator/run-command.ts";

/** The database, its copy from before the last migration, and kept mail, whose accounts no longer exist. */
const DELETED = ["database", "database.previous", "mail"];

/** Deletes under the lock, so that a running server keeps its database. */
async function reset(): Promise<CommandOutcome> {
  const folder = process.env.DATA_DIR || ".data";
  if (process.env.DATABASE_URL)
    throw new Error(
      "npm run db:reset deletes the embedded database only, and DATABASE_URL is set. Nothing was changed. Drop and create the database with the tools of PostgreSQL.",
    );
  if (!hasEmbeddedDatabase(folder))
    return { isDone: true, lines: [`There is no database in ${folder}. Nothing was changed.`] };
  const release = lockDataFolder(folder);
  try {
    for (const name of DELETED) rmSync(join(folder, name), { recursive: true, force: true });
  } finally {
    release();
  }
  return {
    isDone: true,
    lines: [`The database and the kept mail in ${folder} are deleted. npm start makes an empty database.`],
  };
}

await reportOutcome(reset);
