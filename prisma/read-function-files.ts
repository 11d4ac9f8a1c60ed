import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const FUNCTIONS_DIR = resolve("prisma/functions");

/** The current text of an SQL function: one CREATE OR REPLACE statement for `name`, with its comments. */
export type FunctionFile = { name: string; text: string };

/** Returns the files of `prisma/functions`, by name. */
export function readFunctionFiles(): FunctionFile[] {
  return readdirSync(FUNCTIONS_DIR)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({ name: basename(file, ".sql"), text: readFileSync(join(FUNCTIONS_DIR, file), "utf8") }));
}
