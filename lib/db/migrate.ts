import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";

const MIGRATIONS_DIR = resolve("prisma/migrations");
const SCHEMA_DIR = resolve("prisma");
const NO_FILTERS = { externalTables: [], externalEnums: [] };

let loading: Promise<void> | undefined;

/** Loads Prisma's own schema engine as WebAssembly, because the native one would have to be downloaded. */
async function loadEngine(): Promise<void> {
  const path = join(
    dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm")),
    "schema_engine_bg.wasm",
  );
  const { instance } = await WebAssembly.instantiate(readFileSync(path), {
    "./schema_engine_bg.js": engineModule as unknown as WebAssembly.ModuleImports,
  });
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/**
 * Runs `work` with the engine, and closes the connections that the engine opened. The engine takes a
 * session's advisory lock, and another starting process would wait for it as long as this process lives.
 */
async function withEngine<T>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: engineModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  await (loading ??= loadEngine());
  const opened: SqlDriverAdapter[] = [];
  const remember = async (connecting: Promise<SqlDriverAdapter>) => {
    const connection = sendWholeScripts(await connecting);
    opened.push(connection);
    return connection;
  };
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: readSchema() },
    () => {},
    bindMigrationAwareSqlAdapterFactory({
      provider: factory.provider,
      adapterName: factory.adapterName,
      connect: () => remember(factory.connect()),
      connectToShadowDb: () => remember(factory.connectToShadowDb()),
    }),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await Promise.all(opened.map((connection) => connection.dispose()));
  }
}

/**
 * Makes the connection send a script as a whole, which PostgreSQL runs as one transaction. Prisma's own
 * adapter splits the script at every semicolon, even within a function's body.
 */
function sendWholeScripts(connection: SqlDriverAdapter): SqlDriverAdapter {
  if (connection.adapterName !== "@prisma/adapter-pg") return connection;
  const pool = (
    connection as unknown as { underlyingDriver: () => { query: (sql: string) => Promise<unknown> } }
  ).underlyingDriver();
  connection.executeScript = async (script) => {
    await pool.query(script);
  };
  return connection;
}

function readSchema(): [string, string][] {
  return readdirSync(SCHEMA_DIR)
    .filter((name) => name.endsWith(".prisma"))
    .map((name) => [join(SCHEMA_DIR, name), readFileSync(join(SCHEMA_DIR, name), "utf8")]);
}

function readMigrations(last?: string): engineModule.MigrationList {
  const directories = readdirSync(MIGRATIONS_DIR, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && (last === undefined || entry.name <= last),
  );
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(MIGRATIONS_DIR, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: directories
      .map(({ name }) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: readFileSync(join(MIGRATIONS_DIR, name, "migration.sql"), "utf8"),
          },
        },
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/**
 * Applies the migrations that `prisma/migrations` has and the database lacks, up to and including `last` if
 * given. Records each in `_prisma_migrations` as `prisma migrate deploy` does. Returns the names of the
 * applied ones. Throws Prisma's error (with its P-code) if one fails.
 */
export function migrate(factory: SqlMigrationAwareDriverAdapterFactory, last?: string): Promise<string[]> {
  return withEngine(
    factory,
    async (engine) =>
      (await engine.applyMigrations({ migrationsList: readMigrations(last), filters: NO_FILTERS }))
        .appliedMigrationNames,
  );
}

/** Lists the names in `prisma/migrations`, oldest first. */
export function listMigrationNames(): string[] {
  return readMigrations().migrationDirectories.map(({ path }) => path);
}

/**
 * Returns the SQL that leads from a database with all migrations to the schema files. It is empty if they
 * agree.
 */
export function diffSchema(factory: SqlMigrationAwareDriverAdapterFactory): Promise<string> {
  const files = readSchema().map(([path, content]) => ({ path, content }));
  return withEngine(
    factory,
    async (engine) =>
      (
        await engine.diff({
          from: { tag: "migrations", ...readMigrations() },
          to: { tag: "schemaDatamodel", files },
          script: true,
          exitCode: null,
          filters: NO_FILTERS,
        })
      ).stdout ?? "",
  );
}
