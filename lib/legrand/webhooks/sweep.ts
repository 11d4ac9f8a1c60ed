import { secondsFromNow } from "#lib/clock.ts";
import { FAILURES_KEPT_SECONDS } from "#lib/legrand/webhooks/notification-constants.ts";
import { deleteFailuresBefore } from "#lib/legrand/webhooks/store.ts";

/** Forgets endpoints that have not failed for a day. Returns how many rows were deleted. */
export function sweepNotificationFailures(): Promise<number> {
  return deleteFailuresBefore(secondsFromNow(-FAILURES_KEPT_SECONDS));
}
