import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { Client } from "pg";
import { from } from "pg-copy-streams";

import { createEmbedded } from "#lib/db/embedded.ts";
import { lockDataFolder } from "#lib/db/lock.ts";
import { openEmbedded, openPostgres, type Step } from "#lib/db/open.ts";
import { copyFrom, inPieces, type BulkConnection } from "#lib/server/load/bulk-connection.ts";

/**
 * Settings for the loader's own session only: commits that do not wait for the disk, and memory for the
 * search index.
 */
const SESSION = [
  "SET synchronous_commit = off",
  "SET work_mem = '64MB'",
  "SET gin_pending_list_limit = '64MB'",
];

/**
 * Opens a connection to the migrated PostgreSQL database at that address. Rejects if it cannot be reached.
 */
export async function openBulkPostgres(connectionString: string, step: Step): Promise<BulkConnection> {
  await (await openPostgres(connectionString, step)).close();
  const client = new Client({ connectionString });
  await client.connect();
  for (const setting of SESSION) await client.query(setting);
  return {
    query: async <Row>(sql: string, values: unknown[] = []) =>
      (await client.query(sql, values)).rows as Row[],
    copy: (table, columns, lines) =>
      pipeline(Readable.from(inPieces(lines)), client.query(from(copyFrom(table, columns, "STDIN")))),
    close: () => client.end(),
  };
}

/**
 * Opens the embedded database in that folder, creating or migrating it. Rejects with `DataFolderInUseError`
 * while another process holds it.
 */
export async function openBulkEmbedded(folder: string, step: Step): Promise<BulkConnection> {
  await (await openEmbedded(folder, step)).close();
  const unlock = lockDataFolder(folder);
  const embedded = await createEmbedded(join(folder, "database")).catch((error: unknown) => {
    unlock();
    throw error;
  });
  return {
    query: async <Row>(sql: string, values: unknown[] = []) => (await embedded.query<Row>(sql, values)).rows,
    copy: async (table, columns, lines) => {
      await embedded.query(copyFrom(table, columns, "'/dev/blob'"), [], {
        blob: new Blob([...inPieces(lines)] as BlobPart[]),
      });
    },
    close: async () => {
      await embedded.close();
      unlock();
    },
  };
}
