import { secondsFromNow } from "#lib/clock.ts";
import { deleteDraftsUnusedSince } from "#lib/legrand/editing/draft.store.ts";

/** How long an untouched draft is kept. */
const DRAFT_LIFETIME_SECONDS = 90 * 24 * 60 * 60;

/** Deletes drafts that were not changed for 90 days. Returns the number of deleted drafts. */
export function sweepUnusedDrafts(): Promise<number> {
  return deleteDraftsUnusedSince(secondsFromNow(-DRAFT_LIFETIME_SECONDS));
}
