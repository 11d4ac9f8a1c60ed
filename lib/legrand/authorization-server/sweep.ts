import { now, secondsFromNow } from "#lib/clock.ts";
import {
  deleteEndedAnonymousInteractions,
  deleteExpiredArtifacts,
  deleteExpiredReplays,
} from "#lib/legrand/authorization-server/store.ts";

/**
 * Expired rows stay a day: an expired interaction can still say whose it was, a late code that it is late.
 */
const GRACE_SECONDS = 24 * 60 * 60;
const BATCH = 1_000;

/**
 * Deletes artifacts that expired more than a day ago. Unanswered interactions without an account get no such
 * day, because an anonymous caller can make any number of them (decision 32); neither do kept answers to a
 * refresh, of which there are as many as refreshes in ten minutes. Works in batches that hold no lock for
 * long. Returns how many artifacts went.
 */
export async function sweepExpiredArtifacts(): Promise<number> {
  await deleteExpiredReplays(now());
  const anonymous = await inBatches(() => deleteEndedAnonymousInteractions(now(), BATCH));
  return anonymous + (await inBatches(() => deleteExpiredArtifacts(secondsFromNow(-GRACE_SECONDS), BATCH)));
}

async function inBatches(deleteBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = await deleteBatch();
    total += deleted;
    if (deleted < BATCH) return total;
  }
}
