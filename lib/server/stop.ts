import { setTimeout as sleep } from "node:timers/promises";

import { settleRefreshes } from "#lib/connect/tokens/refreshes-under-way.ts";
import type { Database } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { settlePostedMail } from "#lib/mail/post-mail.ts";
import { logError, newRequestId } from "#lib/log.ts";
import { beginToStop, settleWork } from "#lib/work-under-way.ts";

/**
 * Of the grace, what requests have; the rest is for what they left behind: mail, refreshes, work in the
 * background.
 */
const REQUESTS_SHARE = 0.8;
/** A Ctrl-C reaches a process twice: from the terminal, and from npm. */
const SAME_SIGNAL_MS = 500;

/**
 * Stops in order on Ctrl-C and on a supervisor's request: `/readyz` says no at once; requests in flight end;
 * then what is under way without a request; then the database closes. `STOP_GRACE_SECONDS` bounds all of it,
 * and a second signal does not wait.
 */
export function stopOnSignal(
  end: (delayMs: number, graceMs: number) => Promise<number>,
  database: Database,
): void {
  let since: number | null = null;
  const stop = () => {
    if (since !== null && performance.now() - since < SAME_SIGNAL_MS) return;
    if (since !== null) process.exit(1);
    since = performance.now();
    void stopInOrder(end, database).finally(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
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
  // A pool waits for the connections that somebody uses still.
  await Promise.race([database.close(), sleep(left)]);
}
