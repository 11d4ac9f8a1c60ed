import { mkdirSync, rmdirSync } from "node:fs";

import { explainFileError } from "#lib/db/explain-file-error.ts";

/**
 * Creates the data folder, readable only by its owner, unless it exists. Returns true if it created it.
 * Throws `StartError` if it cannot be created.
 */
export function makeDataFolder(folder: string): boolean {
  try {
    return mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
  } catch (error) {
    throw explainFileError(error, folder);
  }
}

/** Removes a folder that turned out not to be needed, unless it has content. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another process has put a file into it.
  }
}
