// npm run restore -- file: loads a backup into an empty database.
import { resolve } from "node:path";

import { env } from "#lib/env.ts";
import { checkBackup } from "#lib/server/operator/backup/read-backup.ts";
import { restoreSecrets } from "#lib/server/operator/backup/restore-secrets.ts";
import { generateIfStale } from "#lib/server/boot/build.ts";
import { step } from "#lib/server/boot/progress.ts";
import { reportOutcome, requireSecrets, type CommandOutcome } from "#lib/server/operator/run-command.ts";

/**
 * Checks the file, then the keys, then loads the rows. A problem is therefore found before a database is
 * created.
 */
async function restore(file: string): Promise<CommandOutcome> {
  const header = await step("Checking the backup", () => checkBackup(file));
  const { written } = restoreSecrets(header, process.env, process.env.DATA_DIR || ".data");
  requireSecrets();
  const { databaseUrl, dataDir, database } = env();
  await step("Generating the database client", generateIfStale);
  const { restoreEmbedded, restorePostgres } = await import("#lib/server/operator/backup/restore-backup.ts");
  const { rows, tables } = await step("Restoring", () =>
    databaseUrl
      ? restorePostgres(file, database.migrationUrl ?? databaseUrl)
      : restoreEmbedded(file, dataDir),
  );
  return {
    isDone: true,
    lines: [
      `${rows.toLocaleString("en")} rows of ${tables} tables are restored, as they were on ${header.madeAt}. Start the server with npm start.`,
      ...(written
        ? [
            `The secrets of the backup are in ${written}.${databaseUrl ? " With DATABASE_URL the server reads them from the environment: set them there." : ""}`,
          ]
        : []),
    ],
  };
}

await reportOutcome(() => {
  const [file, ...rest] = process.argv.slice(2);
  if (!file || file.startsWith("-") || rest.length > 0) throw new Error("Usage: npm run restore -- FILE");
  return restore(resolve(file));
});
