import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

import { mapConcurrently } from "#lib/map-concurrently.ts";

/** The file system commits the syncs of files that wait together at once. */
const AT_ONCE = 64;

/** Syncs that folder, and all files and folders in it, to the disk. */
export async function syncFolder(path: string): Promise<void> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  await mapConcurrently(entries, AT_ONCE, (entry) =>
    syncEntry(join(entry.parentPath, entry.name), entry.isDirectory()),
  );
  await syncEntry(path, true);
}

/** Syncs the names in that folder to the disk: after a power cut a rename in it has happened. */
export function syncNames(folder: string): Promise<void> {
  return syncEntry(folder, true);
}

async function syncEntry(path: string, isFolder: boolean): Promise<void> {
  // Windows syncs only what is open for writing, and no folder.
  if (isFolder && process.platform === "win32") return;
  const file = await open(path, isFolder ? "r" : "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
