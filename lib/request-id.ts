import { AsyncLocalStorage } from "node:async_hooks";

import { newRequestId } from "#lib/log.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";

/**
 * An identifier from a trusted proxy or from an address. Nothing else is accepted, because it is written into
 * the log and into statements.
 */
const IDENTIFIER = /^[\w.-]{4,36}$/;

// Entered by the server's own copy of this module, and read by the copies in Next's bundle.
const storage = oncePerProcess("request-id", () => new AsyncLocalStorage<string>());

/** True if the value has the form of a request id. */
export function isRequestId(value: unknown): value is string {
  return typeof value === "string" && IDENTIFIER.test(value);
}

/** Runs `work`, and everything that it starts, under that request id. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return storage.run(requestId, work);
}

/** Returns the id of the current request or background run, or a new one if there is neither. */
export function currentRequestId(): string {
  return storage.getStore() ?? newRequestId();
}
