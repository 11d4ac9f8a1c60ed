import { DeviceRow } from "#components/connect/homes/device-row.tsx";
import { describeMode, inPercent, nameLoad } from "#components/connect/homes/home-words.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Family } from "#lib/connect/homes/families-constants.ts";
import type { Room } from "#lib/connect/homes/group-rooms.ts";
import type { Reading } from "#lib/connect/homes/home.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

export type RoomDetailsProps = {
  place: { account: string; plant: string };
  room: Room;
  /** The families of devices that the person allowed Connect to set. */
  settable: Family[];
  notice: ThermostatNotice | null;
  now: Date;
};

/** Shows what a room's line has no space for: how its thermostat is set and since when, and its devices. */
export function RoomDetails({ place, room, settable, notice, now }: RoomDetailsProps) {
  const { name, thermostat, devices } = room;
  return (
    <div className="grid gap-2 pt-1 pb-4 pl-6">
      {thermostat && (
        <p className="text-sm text-ink-muted">
          {thermostat.reading.ok ? <Thermostat reading={thermostat.reading.value} now={now} /> : "Thermostat"}
        </p>
      )}
      {devices.length > 0 && (
        <ul aria-label={`Devices in ${name}`} className="divide-y divide-border border-y border-border">
          {devices.map((device) => (
            <DeviceRow
              key={device.id}
              place={{ ...place, module: device.id }}
              {...{ device, settable, now }}
              notice={notice?.module === device.id ? notice : null}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Thermostat({ reading, now }: { reading: Reading; now: Date }) {
  const { activeUntil, measuredAt, humidity, mode } = reading;
  const load = nameLoad(reading);
  return (
    <>
      Thermostat · {describeMode(reading)}
      {activeUntil && activeUntil > now && (mode === "manual" || mode === "boost") && (
        <>
          , ends <RelativeTime at={activeUntil} now={now} />
        </>
      )}
      {load && ` · ${load}`}
      {humidity !== null && ` · ${inPercent(humidity)} humidity`}
      {measuredAt && (
        <>
          {" · "}Measured <RelativeTime at={measuredAt} now={now} />
        </>
      )}
    </>
  );
}
