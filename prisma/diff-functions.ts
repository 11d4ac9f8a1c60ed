import type { EmbeddedDatabase, EmbeddedTransaction } from "#lib/db/embedded-database.ts";
import { listFunctions, type SqlFunction } from "#prisma/list-functions.ts";
import type { FunctionFile } from "#prisma/read-function-files.ts";

/** A migration that cannot be written. The message says what to do. */
export class MigrationRefusal extends Error {}

const KEEP_SIGNATURE = `While an update runs, processes of the former version still call it (docs/deploy.md, Updates), so a migration must not drop it.
Keep its parameters and its result, or add the new function under another name and delete this one's file in the version after.`;

/**
 * Returns the SQL that leads from the functions of that database to the files: the text of each file that is
 * new or changed, and a DROP for each function without a file. It is empty if they agree. The database has all
 * migrations and stays unchanged. `schemaSql` runs before each file, because a file may use what it adds.
 *
 * Throws `MigrationRefusal` if a file does not run, does not define the function that it is named after, or
 * changes a signature.
 */
export async function diffFunctions(
  pglite: EmbeddedDatabase,
  schemaSql: string,
  files: FunctionFile[],
): Promise<string> {
  const current = await listFunctions(async (sql) => (await pglite.query<never>(sql)).rows);
  const parts: string[] = [];
  for (const file of files) {
    const written = await tryFile(pglite, schemaSql, file);
    if (current.every(({ definition }) => definition !== written.definition)) parts.push(file.text);
  }
  const named = new Set(files.map(({ name }) => name));
  for (const { name, signature } of current)
    if (!named.has(name)) parts.push(`-- No version in use calls it.\nDROP ROUTINE ${signature};\n`);
  return parts.join("\n");
}

/** Runs the file in a transaction that is rolled back. Returns the function that it defines. */
async function tryFile(
  pglite: EmbeddedDatabase,
  schemaSql: string,
  file: FunctionFile,
): Promise<SqlFunction> {
  let functions: SqlFunction[] = [];
  await pglite.transaction(async (transaction) => {
    await runSchema(transaction, schemaSql);
    await runFile(transaction, file);
    functions = await listFunctions(async (sql) => (await transaction.query<never>(sql)).rows);
    await transaction.rollback();
  });
  const written = functions.filter(({ isWritten }) => isWritten);
  if (written.length !== 1 || written[0]!.name !== file.name)
    throw new MigrationRefusal(`${pathOf(file)} has to create or replace the function ${file.name}.`);
  const others = functions.filter(({ name, isWritten }) => name === file.name && !isWritten);
  if (others.length > 0)
    throw new MigrationRefusal(
      `${pathOf(file)} changes the parameters of ${others[0]!.signature}.\n${KEEP_SIGNATURE}`,
    );
  return written[0]!;
}

async function runSchema(transaction: EmbeddedTransaction, schemaSql: string): Promise<void> {
  await transaction.exec(schemaSql).catch((error: Error) => {
    throw new MigrationRefusal(
      `The SQL for the changes of the schema files does not run: ${error.message}.\nWrite this migration by hand. The SQL was:\n\n${schemaSql}`,
    );
  });
}

async function runFile(transaction: EmbeddedTransaction, file: FunctionFile): Promise<void> {
  // A function may call another one that this migration adds too.
  // tests/unit/database/functions.test.ts compiles the bodies.
  await transaction.query("SET LOCAL check_function_bodies = off");
  await transaction.query(file.text).catch((error: Error & { hint?: string }) => {
    const advice = error.hint?.includes("DROP FUNCTION") ? `\n${KEEP_SIGNATURE}` : "";
    throw new MigrationRefusal(`${pathOf(file)} does not run: ${error.message}.${advice}`);
  });
}

const pathOf = ({ name }: FunctionFile) => `prisma/functions/${name}.sql`;
