import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";

/**
 * Expired rows are kept for a day. In that time, an expired interaction can still show whose it was, and a
 * late code gets an error that says it expired.
 */
const GRACE_SECONDS = 24 * 60 * 60;
const BATCH = 1_000;

/**
 * Deletes artifacts that expired more than a day ago. Unanswered interactions without an account are deleted as
 * soon as they expire, because an anonymous caller can create any number of them (decision 32). Works in
 * batches that hold no lock for long. Returns the number of deleted artifacts.
 */
export async function sweepExpiredArtifacts(): Promise<number> {
  const anonymous = await inBatches(() => deleteEndedAnonymousInteractions(now()));
  return anonymous + (await inBatches(() => deleteExpiredArtifacts(secondsFromNow(-GRACE_SECONDS))));
}

/**
 * Deletes stored refresh responses that can no longer be fetched (decision 18), in the same batches. Each
 * refresh stores one, so this sweep runs more often than the others. Returns the number of deleted responses.
 */
export async function sweepExpiredReplays(): Promise<number> {
  return inBatches(() => deleteExpiredReplays(now()));
}

async function inBatches(deleteBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = await deleteBatch();
    total += deleted;
    if (deleted < BATCH) return total;
  }
}

/** Deletes one batch of unanswered interactions without an account that expired by `at`. */
async function deleteEndedAnonymousInteractions(at: Date): Promise<number> {
  return database().$executeRaw`
    DELETE FROM legrand_artifact WHERE digest = ANY (ARRAY(
      SELECT digest FROM legrand_artifact WHERE network IS NOT NULL AND expires_at <= ${at} AND consumed_at IS NULL
      ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))`;
}

/** Deletes one batch of artifacts that expired before `before`. */
async function deleteExpiredArtifacts(before: Date): Promise<number> {
  return database().$executeRaw`
    DELETE FROM legrand_artifact WHERE digest IN (
      SELECT digest FROM legrand_artifact WHERE expires_at < ${before} ORDER BY expires_at LIMIT ${BATCH})`;
}

/** Deletes one batch of stored refresh responses that expired by `at`. */
async function deleteExpiredReplays(at: Date): Promise<number> {
  return database().$executeRaw`
    DELETE FROM legrand_refresh_replay WHERE digest IN (
      SELECT digest FROM legrand_refresh_replay WHERE expires_at <= ${at} ORDER BY expires_at LIMIT ${BATCH})`;
}
