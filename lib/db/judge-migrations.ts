import { listMigrationNames } from "#lib/db/migrate.ts";

/** How a database relates to this version, by the names in its `_prisma_migrations`. */
export type MigrationVerdict = {
  /** A migration of this version is missing. */
  isBehind: boolean;
  /** Another application has applied its migrations, and this project's were never applied. */
  isForeign: boolean;
  /** Migrations that a later version has applied and that this version does not know. */
  later: string[];
};

/** Compares the names of the applied migrations with those of this version. */
export function judgeMigrations(applied: string[]): MigrationVerdict {
  const [known, names] = [listMigrationNames(), new Set(applied)];
  return {
    isBehind: known.some((name) => !names.has(name)),
    isForeign: applied.length > 0 && !names.has(known[0]!),
    later: applied.filter((name) => !known.includes(name)),
  };
}
