import { setTimeout as sleep } from "node:timers/promises";

import type { AccessTokenOutcome } from "#lib/connect/tokens/access-token-outcome.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";

// Pages, routes and the startup code may each load a copy of this module. The map is shared, so that the
// process runs only one refresh of an account at a time.
/** Refreshes that are running in this process, by linked account id. */
export const underWay = oncePerProcess("refreshes", () => new Map<string, Promise<AccessTokenOutcome>>());

/**
 * Waits until every running refresh has been stored, at most `milliseconds`. Called when the process stops:
 * Legrand may have rotated the refresh token already, and a server without an overlap does not answer the old
 * one again. Never throws.
 */
export async function settleRefreshes(milliseconds: number): Promise<void> {
  if (underWay.size) await Promise.race([Promise.allSettled(underWay.values()), sleep(milliseconds)]);
}
