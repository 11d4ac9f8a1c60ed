import "server-only";

import pg from "pg";
import { to } from "pg-copy-streams";

import { readCopied } from "#lib/connect/admin/exports/copy/read-copied.ts";
import type { ExportBatch } from "#lib/connect/admin/exports/export.ts";
import { LONGEST_EXPORT_SECONDS } from "#lib/connect/admin/exports/store.ts";
import { findDatabase } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/** Each holds a connection of the pool, as long as its reader takes. */
const MOST_AT_ONCE = 2;
/**
 * A reader who takes nothing for so long is broken off: an open snapshot keeps what is deleted meanwhile from
 * being cleaned up.
 */
const IDLE_TIMEOUT_MS = 10 * 60_000;
/** So much is read ahead of the reader, and is one piece at most. */
const PIECE_BYTES = 256 * 1024;

const KEY = Symbol.for("legrand-connect.export-copies");
const shared = ((globalThis as { [KEY]?: { open: number } })[KEY] ??= { open: 0 });

/**
 * Whether there is a connection for an export alone: never on the embedded database, whose one connection
 * everybody needs.
 */
export const canCopy = (): boolean => findDatabase()?.pool !== undefined && shared.open < MOST_AT_ONCE;

/**
 * All lines that a statement selects in its one column, as they are in this moment: the server sends them no
 * faster than they are read. Rejects when there is no connection for it, or it breaks.
 */
export async function* copyLines(select: Prisma.Sql): AsyncGenerator<ExportBatch, void> {
  shared.open++;
  try {
    yield* copyOn(await findDatabase()!.pool!.connect(), select);
  } finally {
    shared.open--;
  }
}

async function* copyOn(client: pg.PoolClient, select: Prisma.Sql): AsyncGenerator<ExportBatch, void> {
  let isReleased = false;
  // What is in the middle of a COPY can be used for nothing else.
  const release = (isBroken: boolean) => {
    if (!isReleased) client.release(isBroken);
    isReleased = true;
  };
  const idle = setTimeout(() => release(true), IDLE_TIMEOUT_MS).unref();
  // A connection that breaks fails the statement that is under way.
  client.on("error", ignore);
  try {
    // Where an index finds the rows it is taken; compiling a plan helps nobody who waits for the first byte.
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

/** COPY takes no values beside its text: they stand in it, quoted as PostgreSQL's own client library does. */
function inline({ strings, values }: Prisma.Sql): string {
  return strings.reduce((text, part, index) => text + literal(values[index - 1]) + part);
}

const literal = (value: unknown) =>
  pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
