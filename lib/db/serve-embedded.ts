import { setImmediate } from "node:timers";
import { parentPort } from "node:worker_threads";

import type { PGlite, QueryOptions } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";

import {
  OPENED,
  type EmbeddedReply,
  type EmbeddedRequest,
  type EmbeddedStatement,
} from "#lib/db/embedded-message.ts";
import type { OpenPGlite } from "#lib/db/open-pglite.ts";
import { toPlainError } from "#lib/db/plain-error.ts";

/**
 * Opens the database in this worker thread, and runs the statements that the main thread sends
 * (`EmbeddedDatabase`), in their order, until the main thread ends it.
 */
export async function serveEmbedded(open: () => Promise<OpenPGlite>): Promise<void> {
  try {
    const [database, optionsForPrisma] = await Promise.all([open(), readOptionsForPrisma()]);
    receive((request) => answer(request, database, optionsForPrisma));
    reply({ id: OPENED, result: null });
  } catch (error) {
    reply({ id: OPENED, error: toPlainError(error) });
  }
}

/**
 * Calls `work` with one request after the other. Starts in another phase of the event loop than the one that
 * receives: Node delivers up to a thousand messages in one turn, and the syncs of the log need turns.
 */
function receive(work: (request: EmbeddedRequest) => Promise<void>): void {
  const waiting: EmbeddedRequest[] = [];
  let isWorking = false;
  const workOff = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next);
    isWorking = false;
  };
  parentPort!.on("message", (request: EmbeddedRequest) => {
    waiting.push(request);
    if (isWorking) return;
    isWorking = true;
    setImmediate(() => void workOff());
  });
}

async function answer(
  request: EmbeddedRequest,
  { pglite, prepare, confirm }: OpenPGlite,
  optionsForPrisma: QueryOptions,
): Promise<void> {
  const { id } = request;
  try {
    if (request.ask === "close") return reply({ id, result: await pglite.close() });
    const { position } = request;
    if (position === "alone" || position === "begin") await prepare();
    const result = await run(request, pglite, optionsForPrisma);
    if (position === "begin" || position === "inside") return reply({ id, result });
    const confirmed = confirm();
    if (!confirmed) return reply({ id, result });
    // The next statement does not wait for the disk.
    confirmed.then(
      () => {
        reply({ id, result });
      },
      (error: unknown) => {
        reply({ id, error: toPlainError(error) });
      },
    );
  } catch (error) {
    reply({ id, error: toPlainError(error) });
  }
}

function run(statement: EmbeddedStatement, pglite: PGlite, optionsForPrisma: QueryOptions): Promise<unknown> {
  if (statement.ask === "script") return pglite.exec(statement.sql);
  const { sql, values, isForPrisma, blob } = statement;
  return pglite.query(sql, values, isForPrisma ? optionsForPrisma : blob ? { blob } : {});
}

const reply = (message: EmbeddedReply) => {
  parentPort!.postMessage(message);
};

/**
 * Returns the options that Prisma's adapter for PGlite passes with each query. Its package does not export
 * them, and their parsers are functions, which cannot be sent to another thread.
 */
async function readOptionsForPrisma(): Promise<QueryOptions> {
  let options: QueryOptions = {};
  const query: PGlite["query"] = (_sql, _values, given) => {
    options = given!;
    return Promise.resolve({ rows: [], fields: [] });
  };
  const connection = await new PrismaPGlite({ query } as unknown as PGlite).connect();
  await connection.queryRaw({ sql: "", args: [], argTypes: [] });
  return options;
}
