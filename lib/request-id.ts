import { AsyncLocalStorage } from "node:async_hooks";

import { newRequestId } from "#lib/log.ts";

/**
 * Of a proxy that we trust, or in an address: an identifier, and nothing that would be more in a log or a
 * statement.
 */
const IDENTIFIER = /^[\w.-]{4,36}$/;

// Entered by the server's own copy of this module, read by those in Next's bundle.
const KEY = Symbol.for("legrand-connect.request-id");
const shared = globalThis as { [KEY]?: AsyncLocalStorage<string> };
const storage = () => (shared[KEY] ??= new AsyncLocalStorage());

/** Whether that can be the identifier of a request. */
export function isRequestId(value: unknown): value is string {
  return typeof value === "string" && IDENTIFIER.test(value);
}

/** Runs `work`, and whatever it starts, under that identifier. */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return storage().run(requestId, work);
}

/**
 * The identifier of the request that this is done for, or of the work in the background; a new one where
 * there is neither.
 */
export function currentRequestId(): string {
  return storage().getStore() ?? newRequestId();
}
