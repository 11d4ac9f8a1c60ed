// npm run backup -- file [--with-secrets]: writes everything in the database to one file. Works with and
// without a running server.
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { env } from "#lib/env.ts";
import { askServer } from "#lib/server/operator/ask-server.ts";
import { describeBackup, makeBackup, type BackupRequest } from "#lib/server/operator/backup/make-backup.ts";
import { operatorSocketPath } from "#lib/server/operator/operator-socket-path.ts";
import { runCommand, type CommandOutcome } from "#lib/server/operator/run-command.ts";
import { showProgress } from "#lib/server/operator/show-progress.ts";
import { withDatabase } from "#lib/server/operator/with-database.ts";

const LINE_EVERY = 1_000;
const USAGE = "Usage: npm run backup -- FILE [--with-secrets]";

function readArguments(): BackupRequest {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { "with-secrets": { type: "boolean", default: false } },
    });
    if (positionals.length === 1)
      return { file: resolve(positionals[0]!), withSecrets: values["with-secrets"] };
  } catch {
    // An unknown option: show the usage.
  }
  throw new Error(USAGE);
}

const show = (progress: Parameters<typeof showProgress>[0]) => showProgress(progress, LINE_EVERY);

/**
 * Reads PostgreSQL directly. The embedded database allows only one process: if a server has it open, the
 * server writes the file.
 */
async function backUp(request: BackupRequest): Promise<CommandOutcome> {
  const make = async () => ({
    lines: describeBackup(request, await makeBackup(request, show)),
    isDone: true,
  });
  if (env().databaseUrl) return make();
  const answer = await askServer(
    operatorSocketPath(env().dataDir),
    { ask: "backup", ...request },
    (message) => {
      if (message.say === "progress") show(message);
    },
  );
  if (!answer) return withDatabase("npm run backup", make);
  if (answer.say === "backup") return answer;
  throw new Error("The server could not make the backup; its log says why.");
}

await runCommand(() => backUp(readArguments()));
