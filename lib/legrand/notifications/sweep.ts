import { secondsFromNow } from "#lib/clock.ts";
import { FAILURES_KEPT_SECONDS } from "#lib/legrand/notifications/notification-constants.ts";
import { deleteFailuresBefore } from "#lib/legrand/notifications/store.ts";

/** Forgets the failures of endpoints that have behaved for a day. Returns how many rows went. */
export function sweepNotificationFailures(): Promise<number> {
  return deleteFailuresBefore(secondsFromNow(-FAILURES_KEPT_SECONDS));
}
