import { setTimeout as sleep } from "node:timers/promises";

import { settleRefreshes } from "#lib/connect/tokens/refreshes-under-way.ts";
import type { Database } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { flushAttempts } from "#lib/legrand/request-log/buffer.ts";
import { settlePostedMail } from "#lib/mail/post-mail.ts";
import { logError, newRequestId } from "#lib/log.ts";
import { beginToStop, settleWork } from "#lib/work-under-way.ts";

/**
 * Share of the grace period for requests. The rest is for what they started: mail, refreshes, background
 * work.
 */
const REQUESTS_SHARE = 0.8;
/**
 * A Ctrl-C reaches a process twice: from the terminal, and from npm. A second signal within this time is
 * ignored.
 */
const SAME_SIGNAL_MS = 500;

/**
 * Stops in order on Ctrl-C, on a supervisor's request, and when the embedded database is lost. `/readyz` fails
 * at once; then the requests in flight end; then work that no request waits for; then the database closes and
 * its folder is unlocked. `STOP_GRACE_SECONDS` limits all of it, and a second signal ends the process at once.
 * The exit code is 0, or 1 if the database was lost.
 */
export function stopOnSignal(
  end: (delayMs: number, graceMs: number) => Promise<number>,
  database: Database,
): void {
  let since: number | null = null;
  let exitCode = 0;
  const stop = () => {
    if (since !== null && performance.now() - since < SAME_SIGNAL_MS) return;
    if (since !== null) process.exit(1);
    since = performance.now();
    void stopInOrder(end, database).finally(() => process.exit(exitCode));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  void database.embedded?.lost.then((lost) => {
    for (const problem of lost.problems) console.error(problem);
    if (lost.cause) logError(newRequestId(), "database", lost.cause);
    exitCode = 1;
    if (since === null) stop();
  });
}

async function stopInOrder(
  end: (delayMs: number, graceMs: number) => Promise<number>,
  database: Database,
): Promise<void> {
  const { delayMs, graceMs } = env().stop;
  beginToStop();
  const cut = await end(delayMs, graceMs * REQUESTS_SHARE);
  if (cut)
    logError(
      newRequestId(),
      "stop",
      new Error(`${cut} requests were cut off: they took longer than STOP_GRACE_SECONDS allows`),
    );
  const left = graceMs * (1 - REQUESTS_SHARE);
  const settle = (ms: number) => Promise.all([settlePostedMail(ms), settleRefreshes(ms), settleWork(ms)]);
  await settle(left);
  await Promise.race([flushAttempts(), sleep(left)]);
  // A pool waits for connections that are still in use.
  await Promise.race([database.close(), sleep(left)]);
}
