import { now, secondsFromNow } from "#lib/clock.ts";
import { deleteExpiredArtifacts, deleteExpiredReplays } from "#lib/legrand/authorization-server/store.ts";

/** Expired rows stay a day: an expired interaction can still say whose it was, a late code that it is late. */
const GRACE_SECONDS = 24 * 60 * 60;
const BATCH = 1_000;

/**
 * Deletes what expired more than a day ago, in batches that hold no lock for long. Returns how many rows went. An answer that is
 * kept for its second fetch goes at its end: there are as many as refreshes in ten minutes.
 */
export async function sweepExpiredArtifacts(): Promise<number> {
  await deleteExpiredReplays(now());
  let total = 0;
  for (;;) {
    const deleted = await deleteExpiredArtifacts(secondsFromNow(-GRACE_SECONDS), BATCH);
    total += deleted;
    if (deleted < BATCH) return total;
  }
}
