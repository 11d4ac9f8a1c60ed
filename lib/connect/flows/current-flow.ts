import { AsyncLocalStorage } from "node:async_hooks";

import type { Flow } from "#lib/connect/flows/flow.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";

// Shared by the whole process, because next-auth's configuration and the callback may come from different
// bundles.
const storage = oncePerProcess("current-flow", () => new AsyncLocalStorage<Flow>());

/** Runs `work`, and everything that it starts, in the context of this flow. */
export function runInFlow<T>(flow: Flow, work: () => T): T {
  return storage.run(flow, work);
}

/**
 * Returns the decoded value of a cookie of the flow whose callback is being answered, or null. `name` is the
 * plain name.
 */
export function readCookieOfFlow(name: string): string | null {
  const value = storage.getStore()?.cookies.find((cookie) => cookie.name === name)?.value;
  try {
    return value === undefined ? null : decodeURIComponent(value);
  } catch {
    return null;
  }
}
