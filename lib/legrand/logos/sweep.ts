import { secondsFromNow } from "#lib/clock.ts";
import { deleteUnusedDrawings } from "#lib/legrand/logos/store.ts";

/** Between an upload and the draft that names it lies a moment; a day is more than enough. */
const GRACE_SECONDS = 24 * 60 * 60;

/** Deletes logos that nobody has used for a day. Returns how many drawings went. */
export function sweepUnusedLogos(): Promise<number> {
  return deleteUnusedDrawings(secondsFromNow(-GRACE_SECONDS));
}
