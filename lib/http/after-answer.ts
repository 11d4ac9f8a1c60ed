import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";

import { logError } from "#lib/log.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";
import { currentRequestId } from "#lib/request-id.ts";
import { trackWork } from "#lib/work-under-way.ts";

// Entered by the server's own copy of this module, and read by the copies in Next's bundle.
const storage = oncePerProcess("answer", () => new AsyncLocalStorage<ServerResponse>());

/** Runs `work`, and everything that it starts, as the work on that response. */
export function whileAnswering<T>(response: ServerResponse, work: () => T): T {
  return storage.run(response, work);
}

/**
 * Runs `work` after the response is sent. It adds no latency, and its duration cannot be observed (timing
 * side channel). A failure is logged under `where`. A stopping process waits for it; work that takes longer
 * than a few seconds has to check `stopping()` (lib/work-under-way.ts). Throws outside of a request.
 */
export function afterAnswer(where: string, work: () => Promise<void>): void {
  const response = storage.getStore();
  if (!response) throw new Error("Nothing is being answered");
  const sent = new Promise<void>((resolve) => {
    // The response may have ended already if the client went away.
    if (response.closed) resolve();
    else response.once("close", resolve);
  });
  trackWork(sent.then(work).catch((error: unknown) => logError(currentRequestId(), where, error)));
}
