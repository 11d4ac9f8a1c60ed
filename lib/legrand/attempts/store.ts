import "server-only";

import { database } from "#lib/db/client.ts";

/** The client through which the rate limiter keeps its rows. */
export function attemptsClient() {
  return database();
}

/** Deletes the counts whose window is over. Returns how many rows went. */
export async function deleteExpiredAttempts(before: Date): Promise<number> {
  return (await database().signInAttempt.deleteMany({ where: { expire: { lt: before } } })).count;
}
