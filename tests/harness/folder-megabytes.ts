import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Returns the size of all files in that folder and its subfolders, in whole megabytes. */
export function folderMegabytes(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const bytes = entries
    .map((entry) => statSync(join(folder, entry), { throwIfNoEntry: false }))
    .reduce((sum, file) => sum + (file?.isFile() ? file.size : 0), 0);
  return Math.round(bytes / 1024 / 1024);
}
