import { secondsFromNow } from "#lib/clock.ts";
import { deleteUnusedDrawings } from "#lib/legrand/logos/store.ts";

/** An upload is followed by its draft within moments, so a day is more than enough. */
const GRACE_SECONDS = 24 * 60 * 60;

/** Deletes logos that have been unused for a day. Returns how many drawings were deleted. */
export function sweepUnusedLogos(): Promise<number> {
  return deleteUnusedDrawings(secondsFromNow(-GRACE_SECONDS));
}
