import "server-only";

import { RateLimiterPrisma } from "rate-limiter-flexible";

import { database } from "#lib/db/client.ts";

/**
 * A limiter of so many points in so many seconds for each key, kept in the database: every process counts the
 * same.
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

/** Deletes the counts whose window is over. Returns how many rows went. */
export async function deleteExpiredAttempts(before: Date): Promise<number> {
  return (await database().signInAttempt.deleteMany({ where: { expire: { lt: before } } })).count;
}
