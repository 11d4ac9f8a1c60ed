import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { findDatabase } from "#lib/db/client.ts";
import { hasAllMigrations } from "#lib/db/open.ts";
import { findUnmetNeed, type UnmetNeed } from "#lib/server/front/find-unmet-need.ts";

const PATIENCE_MS = 2_000;

/** The process's own state. */
export type OwnState = { isServing: boolean; isStopping: boolean };
/** The check that failed. Details are in the log, not in the answer. */
type Check = "stopping" | "starting" | "database" | "migrations" | UnmetNeed;

/**
 * Answers `/healthz` and `/readyz`. Returns true if the request was for one of them.
 *
 * `/healthz` says that the process is alive, and checks nothing else. `/readyz` says that the process can
 * serve requests: the database answers within two seconds and has all migrations, the encryption keys decrypt
 * what is stored, the embedded database can write, Next is ready, and no stop was requested. Otherwise it
 * answers 503 with the name of the failed check.
 */
export function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  state: () => OwnState,
): boolean {
  const path = request.url?.split("?")[0];
  if ((path !== "/healthz" && path !== "/readyz") || !["GET", "HEAD"].includes(request.method ?? ""))
    return false;
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", "application/json");
  response.setHeader("x-content-type-options", "nosniff");
  if (path === "/healthz") response.end('{"alive":true}');
  else
    void checkReadiness(state()).then((failed) => {
      response.statusCode = failed ? 503 : 200;
      response.end(JSON.stringify(failed ? { ready: false, failed } : { ready: true }));
    });
  return true;
}

async function checkReadiness({ isServing, isStopping }: OwnState): Promise<Check | null> {
  if (isStopping) return "stopping";
  if (!isServing) return "starting";
  return (await within("database", askDatabase())) ?? within("data_folder", findUnmetNeed());
}

const within = (name: Check, check: Promise<Check | null>) =>
  Promise.race([check, sleep(PATIENCE_MS, name, { ref: false })]);

let asking: Promise<Check | null> | null = null;

/** Checks the database. Never rejects. Concurrent calls share one query. */
function askDatabase(): Promise<Check | null> {
  return (asking ??= readMigrations().finally(() => {
    asking = null;
  }));
}

async function readMigrations(): Promise<Check | null> {
  try {
    return (await hasAllMigrations(findDatabase()!)) ? null : "migrations";
  } catch {
    return "database";
  }
}
