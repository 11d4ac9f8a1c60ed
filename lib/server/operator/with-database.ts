import { existsSync } from "node:fs";
import { join } from "node:path";

import { setDatabase } from "#lib/db/client.ts";
import { DataFolderInUseError } from "#lib/db/lock.ts";
import { openEmbedded, openPostgres } from "#lib/db/open.ts";
import { env } from "#lib/env.ts";
import { generateIfStale } from "#lib/server/boot/build.ts";
import { step } from "#lib/server/boot/progress.ts";

/**
 * Opens the database that the environment names, runs `work` with it, and closes it. For a command on a
 * machine where no server answers.
 */
export async function withDatabase<T>(command: string, work: () => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir, embedded } = env();
  if (!databaseUrl && !existsSync(join(dataDir, "database")))
    throw new Error(`There is no database in ${dataDir}. Set DATA_DIR or DATABASE_URL as for the server.`);
  await step("Generating the database client", generateIfStale);
  const database = databaseUrl
    ? await openPostgres(databaseUrl, step, env().database)
    : await openEmbedded(dataDir, step, embedded).catch((error: unknown) => explainInUse(command, error));
  setDatabase(database);
  try {
    return await work();
  } finally {
    await database.close();
  }
}

function explainInUse(command: string, error: unknown): never {
  if (!(error instanceof DataFolderInUseError)) throw error;
  throw new Error(
    `Process ${error.pid} uses the data folder and does not answer yet. Run ${command} again when the server says that it is ready.`,
  );
}
