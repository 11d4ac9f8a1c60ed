import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { requireRoom } from "#lib/db/disk-room.ts";
import { explainFileError } from "#lib/db/explain-file-error.ts";
import { StartError } from "#lib/start-error.ts";

/** The major version of PostgreSQL in PGlite. It cannot read the files of another one. */
export const EMBEDDED_MAJOR = "18";

const startEmpty = (path: string) => `To start with an empty database, move ${path} away.`;

/**
 * Throws `StartError` unless that folder holds files of this major version. In an empty folder, PGlite would
 * create a new database.
 */
export function requireReadable(path: string): void {
  const file = join(path, "PG_VERSION");
  const version = readVersion(file);
  if (version === null)
    throw new StartError(
      `${path} is not a database: ${file} is missing. Restore ${path} from your backup. ${startEmpty(path)}`,
    );
  if (version === EMBEDDED_MAJOR) return;
  throw new StartError(
    `${path} was written by PostgreSQL ${version || "of an unknown version"}, and this version of Legrand Connect reads PostgreSQL ${EMBEDDED_MAJOR}. Start the version that wrote it, make a backup there (npm run backup), and restore that here (npm run restore).`,
  );
}

function readVersion(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw explainFileError(error, file);
  }
}

/** Files that PostgreSQL writes at each start. */
const WRITTEN = ["PG_VERSION", "global", "global/pg_control", "pg_wal", "base"];

/**
 * Returns the `StartError` for an embedded database that PGlite failed to open. PGlite says only `Aborted()`,
 * so this looks for the cause in the folder.
 */
export function explainUnopened(error: unknown, path: string): StartError {
  const files = WRITTEN.map((name) => join(path, name)).filter((file) => existsSync(file));
  for (const file of files) {
    try {
      accessSync(file, constants.R_OK | constants.W_OK);
    } catch (reason) {
      const explained = explainFileError(reason, file);
      if (explained instanceof StartError) return explained;
    }
  }
  try {
    requireRoom(path);
  } catch (reason) {
    return reason as StartError;
  }
  const previous = `${path}.previous`;
  const former = existsSync(previous)
    ? ` (${basename(previous)} beside it is the state before the last update)`
    : "";
  return new StartError(
    `The database in ${path} is damaged and cannot be opened. Restore ${path} from your backup${former}. ${startEmpty(path)}`,
    error,
  );
}

/** Returns the `StartError` for a folder with another program's database. */
export function foreignFolder(path: string): StartError {
  return new StartError(
    `The database in ${path} belongs to another application: it has no migrations of Legrand Connect. Set DATA_DIR to another folder. ${startEmpty(path)}`,
  );
}
