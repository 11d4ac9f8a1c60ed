import { describeOther } from "#components/connect/homes/device-words.ts";
import { HomeProblems } from "#components/connect/homes/home-problems.tsx";
import { nameDevice } from "#components/connect/homes/home-words.ts";
import { MissingDevices } from "#components/connect/homes/missing-devices.tsx";
import { RoomLine } from "#components/connect/homes/room-line.tsx";
import type { RoomsOfHome } from "#lib/connect/homes/group-rooms.ts";
import type { DevicePermissions } from "#lib/connect/homes/missing-scopes.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

/** A home, and what the person has allowed for its devices. */
export type ShownHome = RoomsOfHome & { permissions: DevicePermissions };

export type HomeContentProps = {
  accountId: string;
  home: ShownHome;
  headingId: string;
  /** True if the person allowed Connect to change the heating. */
  isSettable: boolean;
  notice: ThermostatNotice | null;
  now: Date;
};

/** Shows a line for each room of a home, then what keeps something from being shown, said once. */
export function HomeContent({ accountId, home, headingId, isSettable, notice, now }: HomeContentProps) {
  const { rooms, products, devices, permissions } = home;
  return (
    <div className="divide-y divide-border border-t border-border">
      {rooms.length > 0 && (
        <ul aria-labelledby={headingId} className="divide-y divide-border">
          {rooms.map((room, index) => (
            <RoomLine
              key={room.thermostat?.id ?? `${index} ${room.name}`}
              place={{ account: accountId, plant: home.id }}
              {...{ room, isSettable, notice, now }}
              settable={permissions.settable}
            />
          ))}
        </ul>
      )}
      <HomeProblems home={home} now={now} />
      <MissingDevices accountId={accountId} permissions={permissions} />
      {products.length + devices.length > 0 && (
        <p className="px-5 py-2 text-sm text-ink-muted">
          Also here:{" "}
          {[
            ...products.map(({ name, device }) => `${name} (${nameDevice(device)})`),
            ...devices.map(describeOther),
          ].join(", ")}
        </p>
      )}
    </div>
  );
}
