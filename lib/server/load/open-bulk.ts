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
 * What a loader's own session may do that others' may not: answers before the disk has it, and memory for the
 * search index.
 */
const SESSION = [
  "SET synchronous_commit = off",
  "SET work_mem = '64MB'",
  "SET gin_pending_list_limit = '64MB'",
];

/** A connection to PostgreSQL at that address, migrated. Rejects when it cannot be reached. */
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
 * The embedded database in that folder, made or migrated. Rejects with `DataFolderInUseError` while another
 * process has it.
 */
export async function openBulkEmbedded(folder: string, step: Step): Promise<BulkConnection> {
  await (await openEmbedded(folder, step)).close();
  const unlock = lockDataFolder(folder);
  const pglite = await createEmbedded(join(folder, "database")).catch((error: unknown) => {
    unlock();
    throw error;
  });
  return {
    query: async <Row>(sql: string, values: unknown[] = []) => (await pglite.query<Row>(sql, values)).rows,
    copy: async (table, columns, lines) => {
      await pglite.query(copyFrom(table, columns, "'/dev/blob'"), [], {
        blob: new Blob([...inPieces(lines)] as BlobPart[]),
      });
    },
    close: async () => {
      await pglite.close();
      unlock();
    },
  };
}
