import "server-only";

import { RateLimiterPrisma } from "rate-limiter-flexible";

import { database } from "#lib/db/client.ts";

/**
 * Creates a limiter of `points` within `durationSeconds` for each key. The counts are in the database, so all
 * processes share them.
 */
export function attemptLimiter(
  keyPrefix: string,
  points: number,
  durationSeconds: number,
): RateLimiterPrisma {
  return new RateLimiterPrisma({
    storeClient: database(),
    tableName: "signInAttempt",
    keyPrefix,
    points,
    duration: durationSeconds,
    clearExpiredByTimeout: false,
  });
}

/** Deletes counts whose window is over. Returns the number of deleted rows. */
export async function deleteExpiredAttempts(before: Date): Promise<number> {
  return (await database().signInAttempt.deleteMany({ where: { expire: { lt: before } } })).count;
}
