import { setTimeout as sleep } from "node:timers/promises";

import type { AccessTokenOutcome } from "#lib/connect/tokens/judge.ts";

// Pages, routes and the startup code may each load a copy of this module. The map is shared, so that the
// process runs only one refresh of an account at a time.
const KEY = Symbol.for("legrand-connect.refreshes");
const shared = globalThis as { [KEY]?: Map<string, Promise<AccessTokenOutcome>> };

/** Refreshes that are running in this process, by linked account id. */
export const refreshesUnderWay = (shared[KEY] ??= new Map<string, Promise<AccessTokenOutcome>>());

/**
 * Waits until every running refresh has been stored, at most `milliseconds`. Called when the process stops:
 * Legrand may have rotated the refresh token already, and a server without an overlap does not answer the old
 * one again. Never throws.
 */
export async function settleRefreshes(milliseconds: number): Promise<void> {
  if (refreshesUnderWay.size)
    await Promise.race([Promise.allSettled(refreshesUnderWay.values()), sleep(milliseconds)]);
}
