import { randomUUID } from "node:crypto";

import type { Subscriber } from "#lib/legrand/webhooks/store.ts";
import { describeStatus, type ModuleAddress } from "#lib/legrand/smarther/describe-status.ts";
import { formatUtc } from "#lib/legrand/smarther/house-time.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

/**
 * Returns a notification in the form that the real cloud was seen to post (artumino/smarther-rs,
 * validation/c2c_event.json; openHAB and Home Assistant read it so): an Event Grid event in a list. In it,
 * unlike in a status, program numbers are strings.
 */
export function describeNotification(
  address: ModuleAddress,
  thermostat: Thermostat,
  { id, activationTime }: Pick<Subscriber, "id" | "activationTime">,
  at: Date,
): unknown {
  const { programs, sender, ...status } = describeStatus(address, thermostat, at, activationTime);
  const chronothermostat = {
    ...status,
    programs: programs.map(({ number }) => ({ number: String(number) })),
    online: true,
    sender: { ...sender, addressType: "AddressLocation" },
    receiver: { oid: [id] },
  };
  return [
    {
      id: randomUUID(),
      eventType: "DeviceToCloud",
      subject: `///bs_cloud_${address.plantId}//`,
      eventTime: formatUtc(at),
      data: { chronothermostats: [chronothermostat] },
      subjectElements: { plantId: `bs_cloud_${address.plantId}` },
    },
  ];
}
