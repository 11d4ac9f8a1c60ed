import { readdirSync } from "node:fs";

const FOLDERS = ["app", "components", "lib", "prisma", "tests"];

/** Each file of import rules, and what it checks: the project with its loose files, or lib alone. */
export const IMPORT_RULES = [
  { config: ".dependency-cruiser.cjs", list: listCruised },
  { config: ".dependency-cruiser.nouns.cjs", list: () => ["lib"] },
] as const;

/** Lists the source folders, and the loose source files of the project's root. */
function listCruised(root: string): string[] {
  const loose = readdirSync(root).filter((name) => /[.][cm]?[jt]s$/.test(name) && !name.endsWith(".d.ts"));
  return [...FOLDERS, ...loose];
}
