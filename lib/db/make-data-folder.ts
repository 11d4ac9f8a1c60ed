import { mkdirSync, rmdirSync } from "node:fs";

import { explainFileError } from "#lib/db/explain-file-error.ts";

/**
 * Makes the data folder, for its owner only, unless it exists. Returns whether it made it. Throws
 * `StartError` if it cannot be made.
 */
export function makeDataFolder(folder: string): boolean {
  try {
    return mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
  } catch (error) {
    throw explainFileError(error, folder);
  }
}

/** Removes a folder that was made for nothing. Leaves one that holds something. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another process has put a file into it.
  }
}
