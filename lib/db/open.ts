import { cpSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { PrismaPg } from "@prisma/adapter-pg";
import type { Client, Pool } from "pg";

import { adapterOf, createEmbedded } from "#lib/db/embedded.ts";
import type { EmbeddedDatabase } from "#lib/db/embedded-database.ts";
import type { EmbeddedSettings } from "#lib/db/embedded-message.ts";
import { Prisma, PrismaClient } from "#lib/db/generated/client.ts";
import type { Database } from "#lib/db/client.ts";
import { requireRoom } from "#lib/db/disk-room.ts";
import { explainFileError } from "#lib/db/explain-file-error.ts";
import { explainPostgresFailure, foreignDatabase, otherEncoding } from "#lib/db/explain-postgres-failure.ts";
import { explainUnopened, foreignFolder, requireReadable } from "#lib/db/explain-unopened.ts";
import { judgeMigrations, type MigrationVerdict } from "#lib/db/judge-migrations.ts";
import { lockDataFolder } from "#lib/db/lock.ts";
import { makeDataFolder, removeIfEmpty } from "#lib/db/make-data-folder.ts";
import { migrate } from "#lib/db/migrate.ts";
import { adapterOfPool, aloneOnPostgres, createPool, type PostgresSettings } from "#lib/db/postgres.ts";
import { syncFolder, syncNames } from "#lib/db/sync-folder.ts";
import { StartError } from "#lib/start-error.ts";

/** Runs `work` and reports it to the person at the terminal under that sentence if it takes long. */
export type OpeningStep = <T>(sentence: string, work: () => Promise<T>) => Promise<T>;

/**
 * Opens PostgreSQL at that address, with every migration applied. If several processes start at once, the
 * first applies them, and the others wait. If none is missing, nothing is changed, and the role does not need
 * the right to change the schema.
 *
 * Throws `StartError` if the server cannot be reached or refuses, or if the database belongs to another
 * application or has another encoding than UTF-8. Throws Prisma's error if a migration fails.
 */
export async function openPostgres(
  connectionString: string,
  step: OpeningStep,
  settings: PostgresSettings = DEFAULTS,
): Promise<Database> {
  const migrationUrl = settings.migrationUrl ?? connectionString;
  const variable = settings.migrationUrl ? "DATABASE_MIGRATION_URL" : "DATABASE_URL";
  await aloneOnPostgres(migrationUrl, async (connection) => {
    const [isNew] = (
      await connection.query<{ is: boolean }>("SELECT to_regclass('_prisma_migrations') IS NULL AS is")
    ).rows;
    const { isBehind, isForeign } = judgeMigrations(
      isNew!.is ? [] : namesOf((await connection.query<AppliedMigration>(APPLIED.sql)).rows),
    );
    if (isForeign) throw foreignDatabase(migrationUrl, variable);
    await requireUnicode(connection, migrationUrl, variable);
    if (isBehind)
      await step("Applying migrations", () => migrate(new PrismaPg({ connectionString: migrationUrl })));
  }).catch((error: unknown) => {
    throw explainPostgresFailure(error, migrationUrl, variable);
  });
  const pool = createPool(connectionString, settings);
  const client = new PrismaClient({ adapter: adapterOfPool(pool, settings) });
  // The pool connects at the first statement, so a wrong address is found here and not in a request.
  await pool.query("SELECT 1").catch(async (error: unknown) => {
    await client.$disconnect();
    throw explainPostgresFailure(error, connectionString, "DATABASE_URL");
  });
  await requireSearchKey(pool).catch(async (error: unknown) => {
    await client.$disconnect();
    throw explainPostgresFailure(error, connectionString, "DATABASE_URL");
  });
  return { client, pool, close: () => client.$disconnect() };
}

/**
 * Throws `StartError` unless the encoding is UTF-8. Another encoding cannot store every name, and has no
 * Unicode normalisation, which search keys need (decision 50).
 */
async function requireUnicode(connection: Client, url: string, variable: string): Promise<void> {
  const {
    rows: [row],
  } = await connection.query<{ server_encoding: string }>("SHOW server_encoding");
  if (row!.server_encoding !== "UTF8") throw otherEncoding(url, variable, row!.server_encoding);
}

/**
 * Throws `StartError` if the database has lost the function that makes search keys. Without it, every search
 * for an accented letter would silently find nothing.
 */
async function requireSearchKey(pool: Pool): Promise<void> {
  const {
    rows: [row],
  } = await pool.query<{ key: string }>("SELECT search_key($1) AS key", ["\u00c9E\u0301\u0130\u03a3"]);
  if (row!.key !== "eei\u03c3")
    throw new StartError(
      "The function search_key of this database does not ignore case and accents: it is not the one from the migrations of Legrand Connect. Restore it from prisma/functions/search_key.sql.",
    );
}

const DEFAULTS: PostgresSettings = { poolSize: 10, statementTimeoutMs: 60_000, preparesStatements: true };

/**
 * Opens the embedded database in `folder`, and locks the folder for this process. First creates or migrates
 * the database if needed.
 *
 * The database opens again after a kill or a power cut at any moment (decision 36): a new database, or the
 * copy that a migration works on, is prepared under another name, and renamed when it is complete and on the
 * disk.
 *
 * Throws `DataFolderInUseError` if another live process holds the folder, or `StartError` if the folder or
 * its database cannot be used; then nothing is left behind.
 */
export async function openEmbedded(
  folder: string,
  step: OpeningStep,
  settings?: EmbeddedSettings,
): Promise<Database> {
  const isNew = makeDataFolder(folder);
  let unlock = () => {};
  try {
    unlock = lockDataFolder(folder);
    const current = join(folder, "database");
    recover(folder, current);
    requireRoom(folder);
    if (!existsSync(current)) await step("Creating the embedded database", () => prepare(folder, current));
    let embedded = await openWhole(current, settings);
    if (!embedded) {
      await step("Migrating the embedded database", () => prepare(folder, current));
      embedded = await createEmbedded(current, { ...settings, watchesRoom: true });
    }
    return databaseOf(embedded, unlock);
  } catch (error) {
    unlock();
    if (isNew) removeIfEmpty(folder);
    throw explainFileError(error, (error as NodeJS.ErrnoException).path ?? folder);
  }
}

/**
 * Limits of a transaction, in place of Prisma's two and five seconds. All transactions share one connection,
 * and each statement in one waits for a turn of the event loop, which takes long on a busy machine.
 */
const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 10_000 };

function databaseOf(embedded: EmbeddedDatabase, unlock: () => void): Database {
  const client = new PrismaClient({ adapter: adapterOf(embedded), transactionOptions: TRANSACTION_LIMITS });
  return {
    client,
    embedded,
    close: async () => {
      await client.$disconnect();
      await embedded.close().finally(unlock);
    },
  };
}

/**
 * Creates the embedded database of a folder that has none. `fill` receives it empty, without a migration. If
 * it fails or is killed at any moment, it leaves no database.
 *
 * Throws `DatabaseExistsError` if there is a database, `DataFolderInUseError` if another live process holds
 * the folder, and `StartError` if the folder cannot be used.
 */
export async function fillNewEmbedded(
  folder: string,
  fill: (embedded: EmbeddedDatabase) => Promise<void>,
): Promise<void> {
  const isNew = makeDataFolder(folder);
  const [current, preparing] = [join(folder, "database"), join(folder, `database.preparing-${process.pid}`)];
  let unlock = () => {};
  try {
    unlock = lockDataFolder(folder);
    recover(folder, current);
    if (existsSync(current)) throw new DatabaseExistsError(current);
    requireRoom(folder);
    const embedded = await createEmbedded(preparing);
    await fill(embedded).finally(() => embedded.close());
    await syncFolder(preparing);
    renameSync(preparing, current);
    await syncNames(folder);
  } catch (error) {
    throw explainFileError(error, (error as NodeJS.ErrnoException).path ?? folder);
  } finally {
    rmSync(preparing, { recursive: true, force: true });
    unlock();
    if (isNew) removeIfEmpty(folder);
  }
}

/** Thrown if there already is an embedded database. It is left unchanged. */
class DatabaseExistsError extends Error {
  constructor(path: string) {
    super(
      `There is a database already: ${path}. Move it away, or name another folder with DATA_DIR. Nothing was changed.`,
    );
  }
}

const previousOf = (current: string) => `${current}.previous`;

/** Files that a killed start of an earlier version left next to its lock. */
const FORMER_LOCKS = /^lock\.\d+$/;

/**
 * Undoes what a kill left behind: deletes unfinished preparations, and restores a database that was moved
 * aside and not replaced.
 */
function recover(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith("database.preparing") || FORMER_LOCKS.test(name))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
  if (!existsSync(current) && existsSync(previousOf(current))) renameSync(previousOf(current), current);
}

/**
 * Opens the database at that path. If it lacks a migration, closes it and returns null, because an open
 * database keeps its process from ending.
 */
async function openWhole(path: string, settings?: EmbeddedSettings): Promise<EmbeddedDatabase | null> {
  requireReadable(path);
  const embedded = await createEmbedded(path, { ...settings, watchesRoom: true }).catch((error: unknown) => {
    throw explainUnopened(error, path);
  });
  let isWhole = false;
  try {
    const verdict = await readVerdictOf(embedded);
    if (!verdict || verdict.isForeign) throw foreignFolder(path);
    isWhole = !verdict.isBehind;
  } finally {
    if (!isWhole) await embedded.close();
  }
  return isWhole ? embedded : null;
}

/**
 * Returns null if the migrations table is missing. This project's databases have it before they get their
 * final name.
 */
async function readVerdictOf(embedded: EmbeddedDatabase): Promise<MigrationVerdict | null> {
  const {
    rows: [row],
  } = await embedded.query<{ is: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS is");
  return row!.is
    ? judgeMigrations(namesOf((await embedded.query<AppliedMigration>(APPLIED.sql)).rows))
    : null;
}

/**
 * Replaces the current database with a migrated copy of it (or creates a new one). The former one stays as
 * `database.previous`.
 */
async function prepare(folder: string, current: string): Promise<void> {
  const preparing = join(folder, `database.preparing-${process.pid}`);
  try {
    if (existsSync(current)) cpSync(current, preparing, { recursive: true });
    const embedded = await createEmbedded(preparing);
    try {
      await migrate(adapterOf(embedded));
    } finally {
      await embedded.close();
    }
  } catch (error) {
    try {
      // PGlite does not report a full disk. Checked now, while the files that filled it still exist.
      requireRoom(folder);
    } finally {
      rmSync(preparing, { recursive: true, force: true });
    }
    throw error;
  }
  await syncFolder(preparing);
  if (existsSync(current)) {
    rmSync(previousOf(current), { recursive: true, force: true });
    renameSync(current, previousOf(current));
  }
  renameSync(preparing, current);
  await syncNames(folder);
}

type AppliedMigration = { migration_name: string };

const APPLIED = Prisma.sql`
  SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;

const namesOf = (rows: AppliedMigration[]) => rows.map((row) => row.migration_name);

/** True if an open database has every migration of this version. Throws if it does not answer. */
export async function hasAllMigrations(database: Database): Promise<boolean> {
  return !(await readVerdict(database)).isBehind;
}

/**
 * Lists the migrations of an open database that a later version has applied. Throws if it does not answer.
 */
export async function listLaterMigrations(database: Database): Promise<string[]> {
  return (await readVerdict(database)).later;
}

async function readVerdict({ client }: Database): Promise<MigrationVerdict> {
  return judgeMigrations(namesOf(await client.$queryRaw<AppliedMigration[]>(APPLIED)));
}
