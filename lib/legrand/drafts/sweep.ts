import { secondsFromNow } from "#lib/clock.ts";
import { deleteDraftsUnusedSince } from "#lib/legrand/drafts/store.ts";

/** How long a draft waits for the day on which somebody comes back to it. */
const DRAFT_LIFETIME_SECONDS = 90 * 24 * 60 * 60;

/** Deletes the drafts that were not touched for 90 days. Returns how many went. */
export function sweepUnusedDrafts(): Promise<number> {
  return deleteDraftsUnusedSince(secondsFromNow(-DRAFT_LIFETIME_SECONDS));
}
