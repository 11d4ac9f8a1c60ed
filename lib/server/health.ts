import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { findDatabase } from "#lib/db/client.ts";
import { hasAllMigrations } from "#lib/db/open.ts";
import { findUnmetNeed, type UnmetNeed } from "#lib/server/find-unmet-need.ts";

const PATIENCE_MS = 2_000;

/** What the process itself knows of its readiness. */
export type OwnState = { isServing: boolean; isStopping: boolean };
/** What is not as it has to be; more is in the log, not here. */
type Check = "stopping" | "starting" | "database" | "migrations" | UnmetNeed;

/**
 * Answers `/healthz` (the process is alive; nothing else is asked) and `/readyz` (send requests here: the
 * database answers within two seconds and has all migrations, the encryption keys open what is stored, the
 * embedded database can write, Next is ready, and no stop was requested; 503 with the name of the check
 * otherwise). Returns whether the request was one of these.
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

/** Never rejects. Many who ask at once are one question to the database. */
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
