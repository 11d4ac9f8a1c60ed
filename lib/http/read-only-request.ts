import { AsyncLocalStorage } from "node:async_hooks";

import { oncePerProcess } from "#lib/once-per-process.ts";

// Entered by the server's own copy of this module, and read by the copies in Next's bundle.
const storage = oncePerProcess("read-only-request", () => new AsyncLocalStorage<true>());

/** Runs `work`, and everything that it starts, for a request that must have no effect. */
export function asReadOnlyRequest<T>(work: () => T): T {
  return storage.run(true, work);
}

/**
 * True if the code runs for a HEAD request. Next answers HEAD with the handler of GET, but a HEAD must have
 * only that answer's status and headers, and none of its effects (RFC 9110 §9.2.1, decision 49). Before a GET
 * spends, stores, counts or requests anything from Legrand, it checks this.
 */
export function isReadOnlyRequest(): boolean {
  return storage.getStore() === true;
}
