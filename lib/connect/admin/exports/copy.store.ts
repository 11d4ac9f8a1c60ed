import "server-only";

import pg from "pg";
import { to } from "pg-copy-streams";

import { readCopied } from "#lib/connect/admin/exports/read-copied.ts";
import type { ExportBatch } from "#lib/connect/admin/exports/export.ts";
import { LONGEST_EXPORT_SECONDS } from "#lib/connect/admin/exports/store.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { findDatabase } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";

/** Most COPY exports at once. Each holds a connection of the pool for as long as its reader takes. */
const MOST_AT_ONCE = 2;
/**
 * A reader who reads nothing for this long is disconnected. An open snapshot keeps deleted rows from being
 * cleaned up (vacuum).
 */
const IDLE_TIMEOUT_MS = 10 * 60_000;
/** How much is read ahead of the reader; also the largest size of a chunk. */
const PIECE_BYTES = 256 * 1024;

const shared = oncePerProcess("export-copies", () => ({ open: 0 }));

/**
 * True if a connection is available for an export alone. Always false on the embedded database, whose single
 * connection is shared by all requests.
 */
export const canCopy = (): boolean => findDatabase()?.pool !== undefined && shared.open < MOST_AT_ONCE;

/**
 * Streams all lines that a one-column statement selects, from one snapshot. The server sends them no faster
 * than they are read. Rejects if no connection is available or the connection breaks.
 */
export async function* copyLines(_admin: AdminUser, select: Prisma.Sql): AsyncGenerator<ExportBatch, void> {
  shared.open++;
  try {
    yield* copyOn(await findDatabase()!.pool!.connect(), select);
  } finally {
    shared.open--;
  }
}

async function* copyOn(client: pg.PoolClient, select: Prisma.Sql): AsyncGenerator<ExportBatch, void> {
  let isReleased = false;
  // A connection in the middle of a COPY cannot be used for anything else, so it is closed.
  const release = (isBroken: boolean) => {
    if (!isReleased) client.release(isBroken);
    isReleased = true;
  };
  const idle = setTimeout(() => release(true), IDLE_TIMEOUT_MS).unref();
  // If the connection breaks, the running statement fails; without a listener the error event would be thrown
  // as well.
  client.on("error", ignore);
  try {
    // Prefers an index if one finds the rows, and turns JIT off: compiling a plan only delays the first byte.
    await client.query(
      `BEGIN READ ONLY; SET LOCAL statement_timeout = '${LONGEST_EXPORT_SECONDS}s'; SET LOCAL enable_seqscan = off; SET LOCAL jit = off`,
    );
    for await (const batch of readCopied(
      client.query(to(`COPY (${inline(select)}) TO STDOUT`, { highWaterMark: PIECE_BYTES })),
    )) {
      yield batch;
      idle.refresh();
    }
    await client.query("COMMIT");
    client.off("error", ignore);
    release(false);
  } finally {
    clearTimeout(idle);
    release(true);
  }
}

const ignore = () => {};

/**
 * COPY takes no parameters, so the values are inlined, quoted in the same way as by PostgreSQL's own client
 * library.
 */
function inline({ strings, values }: Prisma.Sql): string {
  return strings.reduce((text, part, index) => text + literal(values[index - 1]) + part);
}

const literal = (value: unknown) =>
  pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
