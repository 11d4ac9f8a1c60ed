// npm run migration -- <name>: writes the next migration: the difference between the migrations and the schema
// files, and the functions of prisma/functions that the migrations lack.
import { mkdirSync, writeFileSync } from "node:fs";

import { adapterOf, createEmbedded } from "#lib/db/embedded.ts";
import { diffSchema, migrate } from "#lib/db/migrate.ts";
import { diffFunctions, MigrationRefusal } from "#prisma/diff-functions.ts";
import { readFunctionFiles } from "#prisma/read-function-files.ts";

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npm run migration -- add_something (lower case, digits and underscores)");
  process.exit(2);
}

/** Returns the SQL of the next migration. It is empty if nothing changed. */
async function writeSql(): Promise<string> {
  const pglite = await createEmbedded();
  const schemaSql = await diffSchema(adapterOf(pglite));
  const parts = schemaSql.includes("This is an empty migration") ? [] : [schemaSql];
  await migrate(adapterOf(pglite));
  parts.push(await diffFunctions(pglite, parts.join(), readFunctionFiles()));
  return parts.filter((part) => part.trim()).join("\n");
}

const sql = await writeSql().catch((error: unknown) => {
  if (!(error instanceof MigrationRefusal)) throw error;
  console.error(error.message);
  process.exit(1);
});
if (!sql) {
  console.log("The migrations agree with the schema and the functions: nothing to write.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = `prisma/migrations/${stamp}_${name}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/migration.sql`, sql);
  console.log(`Wrote ${folder}/migration.sql. Read it before you commit it.`);
}
process.exit(0);
