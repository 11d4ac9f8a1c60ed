import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";

import { adapterOf, createEmbedded, type EmbeddedSettings } from "#lib/db/embedded.ts";
import { PrismaClient } from "#lib/db/generated/client.ts";
import type { Database } from "#lib/db/client.ts";
import { lockDataFolder } from "#lib/db/lock.ts";
import { listMigrationNames, migrate } from "#lib/db/migrate.ts";
import { adapterOfPool, aloneOnPostgres, createPool, type PostgresSettings } from "#lib/db/postgres.ts";
import { syncFolder, syncNames } from "#lib/db/sync-folder.ts";

/** Tells the person at the terminal what takes its time: runs `work` under that sentence. */
export type Step = <T>(sentence: string, work: () => Promise<T>) => Promise<T>;

/**
 * Opens PostgreSQL at that address, with every migration applied: by the first of several processes that start at once; the others
 * wait. Where none is missing nothing is changed, and the role need not be allowed to. Throws when the server cannot be reached or a
 * migration fails.
 */
export async function openPostgres(connectionString: string, step: Step, settings: PostgresSettings = DEFAULTS): Promise<Database> {
  const migrationUrl = settings.migrationUrl ?? connectionString;
  await aloneOnPostgres(migrationUrl, async (connection) => {
    const [isNew] = (await connection.query<{ is: boolean }>("SELECT to_regclass('_prisma_migrations') IS NULL AS is")).rows;
    if (isNew!.is || isBehind((await connection.query<AppliedMigration>(APPLIED)).rows)) {
      await step("Applying migrations", () => migrate(new PrismaPg({ connectionString: migrationUrl })));
    }
  });
  const pool = createPool(connectionString, settings);
  const client = new PrismaClient({ adapter: adapterOfPool(pool) });
  return { client, pool, close: () => client.$disconnect() };
}

const DEFAULTS: PostgresSettings = { poolSize: 10, statementTimeoutMs: 60_000 };

/**
 * Opens the embedded database in `folder`, creating or migrating it first, and locks the folder for this process.
 * Killed at any moment it opens again, also after a power cut (decision 36): a new database, or the copy that a migration works on, is prepared
 * beside and takes its place by a rename when it is whole and on the disk. Throws `DataFolderInUseError` when another live process has the folder.
 */
export async function openEmbedded(folder: string, step: Step, settings?: EmbeddedSettings): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockDataFolder(folder);
  try {
    const current = join(folder, "database");
    recover(folder, current);
    if (!existsSync(current)) await step("Creating the embedded database", () => prepare(folder, current));
    let pglite = await openWhole(current, settings);
    if (!pglite) {
      await step("Migrating the embedded database", () => prepare(folder, current));
      pglite = await createEmbedded(current, settings);
    }
    return databaseOf(pglite, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function databaseOf(pglite: PGlite, unlock: () => void): Database {
  const client = new PrismaClient({ adapter: adapterOf(pglite) });
  return { client, embedded: pglite, close: async () => { await client.$disconnect(); await closeQuietly(pglite); unlock(); } };
}

const previousOf = (current: string) => `${current}.previous`;

/** Undoes what a kill left behind: half-made preparations go, a database that was moved aside and not replaced comes back. */
function recover(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith("database.preparing")) rmSync(join(folder, name), { recursive: true, force: true });
  }
  if (!existsSync(current) && existsSync(previousOf(current))) renameSync(previousOf(current), current);
}

/** The database at that path, open; null, and closed, where it lacks a migration: one that is left open keeps its process from ending. */
async function openWhole(path: string, settings?: EmbeddedSettings): Promise<PGlite | null> {
  const pglite = await createEmbedded(path, settings);
  let isWhole = false;
  try {
    isWhole = !isBehind((await pglite.query<AppliedMigration>(APPLIED)).rows);
  } finally {
    if (!isWhole) await closeQuietly(pglite);
  }
  return isWhole ? pglite : null;
}

/** A migrated copy of the current database (or a new one) takes its place; the former one stays as `database.previous`. */
async function prepare(folder: string, current: string): Promise<void> {
  const preparing = join(folder, `database.preparing-${process.pid}`);
  if (existsSync(current)) cpSync(current, preparing, { recursive: true });
  const pglite = await createEmbedded(preparing);
  try {
    await migrate(adapterOf(pglite));
  } finally {
    await closeQuietly(pglite);
  }
  await syncFolder(preparing);
  if (existsSync(current)) {
    rmSync(previousOf(current), { recursive: true, force: true });
    renameSync(current, previousOf(current));
  }
  renameSync(preparing, current);
  await syncNames(folder);
}

async function closeQuietly(pglite: PGlite): Promise<void> {
  if (!pglite.closed) await pglite.close();
}

type AppliedMigration = { migration_name: string };

const APPLIED = "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL";

function isBehind(applied: AppliedMigration[]): boolean {
  const names = new Set(applied.map((row) => row.migration_name));
  return listMigrationNames().some((name) => !names.has(name));
}

/** Whether an open database has every migration that this version knows. Throws when it does not answer. */
export async function hasAllMigrations({ client }: Database): Promise<boolean> {
  return !isBehind(await client.$queryRawUnsafe<AppliedMigration[]>(APPLIED));
}
