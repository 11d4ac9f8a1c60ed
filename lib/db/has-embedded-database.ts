import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * True if the data folder holds an embedded database, or one that a killed migration has moved aside
 * (`openEmbedded`).
 */
export function hasEmbeddedDatabase(folder: string): boolean {
  return existsSync(join(folder, "database")) || existsSync(join(folder, "database.previous"));
}
