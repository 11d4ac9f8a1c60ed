import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

import { mapConcurrently } from "#lib/map-concurrently.ts";

/** How many files are synced at once. The file system commits syncs that wait at the same time together. */
const AT_ONCE = 64;

/** Syncs that folder, and all files and folders in it, to the disk. */
export async function syncFolder(path: string): Promise<void> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  await mapConcurrently(entries, AT_ONCE, (entry) =>
    syncEntry(join(entry.parentPath, entry.name), entry.isDirectory()),
  );
  await syncEntry(path, true);
}

/** Syncs the names in that folder to the disk, so that a rename in it survives a power cut. */
export function syncNames(folder: string): Promise<void> {
  return syncEntry(folder, true);
}

async function syncEntry(path: string, isFolder: boolean): Promise<void> {
  // Windows can sync only files that are open for writing, and no folders.
  if (isFolder && process.platform === "win32") return;
  const file = await open(path, isFolder ? "r" : "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
