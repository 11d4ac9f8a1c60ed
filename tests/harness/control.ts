// Loaded into the server under test by `node --import`, never by the application. It lets a test insert rows,
// read what is stored, make the database unreachable, end its thread, advance the clock, and list the open
// requests.
import { createServer } from "node:http";

import { oncePerProcess } from "#lib/once-per-process.ts";
import { endDatabaseThread } from "#tests/harness/database-thread.ts";
import { readRequests, watchRequests } from "#tests/harness/watch-requests.ts";

type Client = { $queryRawUnsafe: (sql: string, ...values: unknown[]) => Promise<unknown> };

/** The open database of the process that this file is loaded into (lib/db/client.ts). */
const shared = oncePerProcess<{ database?: { client: Client } }>("database", () => ({}));
let hidden: { client: Client } | undefined;

/** Makes every query fail as it does when the database server is gone. */
const unreachable = new Proxy(
  {},
  {
    get: () => () =>
      Promise.reject(
        Object.assign(new Error("Can't reach database server"), { name: "PrismaClientInitializationError" }),
      ),
  },
);

const RealDate = Date;
let aheadMs = 0;

/**
 * The clock of the process, moved forward by the time that a test passed. It applies to our code and to every
 * library.
 */
class MovedDate extends RealDate {
  constructor(...parts: unknown[]) {
    super(...((parts.length ? parts : [MovedDate.now()]) as [number]));
  }
  static override now(): number {
    return RealDate.now() + aheadMs;
  }
}

async function answer(
  path: string,
  body: { sql?: string; values?: unknown[]; seconds?: number },
): Promise<unknown> {
  // The statement comes from the test.
  if (path === "/query") return shared.database!.client.$queryRawUnsafe(body.sql!, ...(body.values ?? []));
  if (path === "/database/hide") {
    hidden = shared.database;
    // Acts as a client whose models and raw queries all fail.
    shared.database = {
      client: new Proxy(
        {},
        {
          get: (_target, name) =>
            String(name).startsWith("$")
              ? () =>
                  Promise.reject(
                    Object.assign(new Error("Can't reach database server"), {
                      name: "PrismaClientInitializationError",
                    }),
                  )
              : unreachable,
        },
      ) as Client,
    };
    return null;
  }
  if (path === "/database/show") {
    shared.database = hidden ?? shared.database;
    return null;
  }
  if (path === "/database/end") return endDatabaseThread();
  if (path === "/clock/advance") {
    aheadMs += (body.seconds ?? 0) * 1000;
    globalThis.Date = MovedDate as DateConstructor;
    return new Date().toISOString();
  }
  if (path === "/statements") return (await import("#tests/harness/watch-statements.ts")).watchStatements();
  if (path === "/requests") return readRequests();
  throw new Error(`No such control: ${path}`);
}

const port = Number(process.env.TEST_CONTROL_PORT);
if (port) {
  watchRequests(port);
  // Idle connections are never closed: after a long statement on the event loop, the close would meet the
  // next request.
  createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      answer(
        request.url!,
        JSON.parse(Buffer.concat(chunks).toString() || "{}") as Parameters<typeof answer>[1],
      )
        .then((value) =>
          response.end(
            JSON.stringify(value ?? null, (_key, item: unknown) =>
              typeof item === "bigint" ? Number(item) : item,
            ),
          ),
        )
        .catch((error: unknown) => {
          response.statusCode = 500;
          response.end(String(error));
        });
    });
  })
    .listen(port, "127.0.0.1")
    .unref();
}
