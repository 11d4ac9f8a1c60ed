import { deleteCallsBefore } from "#lib/legrand/subscriptions/store.ts";
import { today } from "#lib/legrand/subscriptions/today.ts";

const KEPT_DAYS = 7;

/**
 * Deletes counts that are older than a week, because the page shows only today's. Returns how many rows were
 * deleted.
 */
export function sweepCalls(): Promise<number> {
  return deleteCallsBefore(today(KEPT_DAYS));
}
