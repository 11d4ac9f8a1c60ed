import { now } from "#lib/clock.ts";
import { mapConcurrently } from "#lib/map-concurrently.ts";
import { describeNotification } from "#lib/legrand/webhooks/describe-notification.ts";
import { NOTIFICATION_SCOPE } from "#lib/legrand/webhooks/notification-constants.ts";
import { postNotification } from "#lib/legrand/webhooks/post-notification.ts";
import { countFailure, listSubscribers, type Subscriber } from "#lib/legrand/webhooks/store.ts";
import type { ModuleAddress } from "#lib/legrand/smarther/describe-status.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

const AT_ONCE = 20;

/**
 * Sends the thermostat's present state to all subscribers to that home. A failure is counted and not retried:
 * as Legrand says, what happens during an outage is lost.
 */
export async function notifySubscribers(address: ModuleAddress, thermostat: Thermostat): Promise<void> {
  const subscribers = await listSubscribers(address.plantId, NOTIFICATION_SCOPE);
  const at = now();
  await mapConcurrently(subscribers, AT_ONCE, (subscriber) => notify(subscriber, address, thermostat, at));
}

async function notify(
  subscriber: Subscriber,
  address: ModuleAddress,
  thermostat: Thermostat,
  at: Date,
): Promise<void> {
  const body = JSON.stringify(describeNotification(address, thermostat, subscriber, at));
  if (!(await postNotification(subscriber, body))) await countFailure(subscriber);
}
