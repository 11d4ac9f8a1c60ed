import { now } from "#lib/clock.ts";
import { endDeadLeases } from "#lib/connect/tokens/store.ts";
import { env } from "#lib/env.ts";

/**
 * Makes interrupted refreshes due at once. Runs at startup, before anything is refreshed, because the server
 * may still repeat a lost answer now. The next background sweep, or the next caller that needs the token,
 * does the refresh.
 *
 * The embedded database has one process, so the process that held a lease in it is gone. On PostgreSQL a
 * lease may belong to another server, which keeps it until it expires.
 */
export async function resumeInterruptedRefreshes(): Promise<void> {
  if (!env().databaseUrl) await endDeadLeases(now());
}
