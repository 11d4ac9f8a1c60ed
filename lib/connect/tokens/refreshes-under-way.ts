import { setTimeout as sleep } from "node:timers/promises";

import type { AccessTokenOutcome } from "#lib/connect/tokens/access-token-outcome.ts";

// Pages, routes and the start may each hold a copy of this module; the process refreshes an account once.
const KEY = Symbol.for("legrand-connect.refreshes");
const shared = globalThis as { [KEY]?: Map<string, Promise<AccessTokenOutcome>> };

/** The refreshes of this process, by linked account. */
export const underWay = (shared[KEY] ??= new Map<string, Promise<AccessTokenOutcome>>());

/**
 * Waits until every refresh that is under way has been stored, at most that long: for the stop of the
 * process. Legrand may have rotated the refresh token already, and a server without an overlap answers it no
 * second time. Never throws.
 */
export async function settleRefreshes(milliseconds: number): Promise<void> {
  if (underWay.size) await Promise.race([Promise.allSettled(underWay.values()), sleep(milliseconds)]);
}
