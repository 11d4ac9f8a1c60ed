// npm run rotate-keys: everything that is stored as ciphertext, re-encrypted under the first of TOKEN_ENCRYPTION_KEYS.
import { existsSync } from "node:fs";
import { join } from "node:path";

import { setDatabase } from "#lib/db/client.ts";
import { DataFolderInUseError } from "#lib/db/lock.ts";
import { openEmbedded, openPostgres } from "#lib/db/open.ts";
import type { RotationTally } from "#lib/db/reencrypt-table.ts";
import { env } from "#lib/env.ts";
import { askRotation } from "#lib/server/ask-rotation.ts";
import { generateIfStale } from "#lib/server/build.ts";
import { step } from "#lib/server/progress.ts";
import { firstKey } from "#lib/server/rotation-messages.ts";
import { rotationSocketPath } from "#lib/server/rotation-socket-path.ts";
import { showRotation, summarise } from "#lib/server/rotation-report.ts";
import { completeSecrets } from "#lib/server/secrets.ts";

/** Asks the server that runs on this data folder, or opens the database itself where none does. */
async function rotate(): Promise<RotationTally[]> {
  const { dataDir, databaseUrl } = env();
  const answer = await askRotation(rotationSocketPath(dataDir), (message) => { if (message.say === "progress") showRotation(message); });
  if (!answer) return rotateHere(databaseUrl, dataDir);
  if (answer.say === "done") return answer.tallies;
  if (answer.say === "other_key") throw new Error(otherKey(answer.serverKey));
  throw new Error("The server failed to re-encrypt everything; its log says why. Nothing is lost: run npm run rotate-keys again.");
}

async function rotateHere(databaseUrl: string | undefined, dataDir: string): Promise<RotationTally[]> {
  if (!databaseUrl && !existsSync(join(dataDir, "database"))) throw new Error(`There is no database in ${dataDir}. Set DATA_DIR or DATABASE_URL as for the server.`);
  await step("Generating the database client", generateIfStale);
  const database = databaseUrl ? await openPostgres(databaseUrl, step, env().database) : await openEmbedded(dataDir, step).catch(explainInUse);
  setDatabase(database);
  try {
    const { reencryptEverything } = await import("#lib/server/reencrypt.ts");
    return await reencryptEverything(showRotation);
  } finally {
    await database.close();
  }
}

function explainInUse(error: unknown): never {
  if (!(error instanceof DataFolderInUseError)) throw error;
  throw new Error(`Process ${error.pid} has the data folder and does not answer yet. Run npm run rotate-keys again when the server says that it is ready.`);
}

function otherKey(serverKey: string): string {
  const { id } = firstKey();
  const what = serverKey === id ? `another key of the name ${id}` : `the key ${serverKey} first, and this command sees ${id}`;
  return `The server runs with ${what}. Start it again with the TOKEN_ENCRYPTION_KEYS of this command, then run the command again. Nothing was changed.`;
}

try {
  const missing = completeSecrets(process.env, process.env.DATA_DIR || ".data", Boolean(process.env.DATABASE_URL));
  if (missing.length) throw new Error(`With DATABASE_URL these have to be set, the same as for the server: ${missing.join(", ")}`);
  const { lines, isComplete } = summarise(await rotate(), env().tokenEncryptionKeys.map(([id]) => id));
  console.log(lines.join("\n"));
  process.exitCode = isComplete ? 0 : 1;
} catch (error) {
  const problems = error instanceof Error && "problems" in error ? (error.problems as string[]) : [error instanceof Error ? error.message : String(error)];
  console.error(problems.join("\n"));
  process.exitCode = 1;
}
