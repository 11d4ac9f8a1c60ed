import { now } from "#lib/clock.ts";
import { endDeadLeases } from "#lib/connect/tokens/store.ts";
import { env } from "#lib/env.ts";

/**
 * At the start, before anything is refreshed: what a crash interrupted is due at once, while the server may
 * still repeat the answer that was lost; the next sweep, or whoever needs the token, takes it up. The
 * embedded database has one process, so whoever held a lease in it is gone. On PostgreSQL a lease may be
 * another server's, which keeps it until its end.
 */
export async function resumeInterruptedRefreshes(): Promise<void> {
  if (!env().databaseUrl) await endDeadLeases(now());
}
