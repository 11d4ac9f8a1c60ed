// npm run migration -- <name>: writes the difference between the schema files and the migrations as the next
// migration.
import { mkdirSync, writeFileSync } from "node:fs";

import { adapterOf, createEmbedded } from "#lib/db/embedded.ts";
import { diffSchema } from "#lib/db/migrate.ts";

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error("Usage: npm run migration -- add_something (lower case, digits and underscores)");
  process.exit(2);
}
const sql = await diffSchema(adapterOf(await createEmbedded()));
if (!sql.trim() || sql.includes("This is an empty migration")) {
  console.log("The migrations and the schema agree: nothing to write.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = `prisma/migrations/${stamp}_${name}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/migration.sql`, sql);
  console.log(`Wrote ${folder}/migration.sql. Read it before you commit it.`);
}
process.exit(0);
