import { AskScopeForm } from "#components/connect/forms.tsx";
import { describeOther } from "#components/connect/homes/device-words.ts";
import { describeRooms, nameDevice } from "#components/connect/homes/home-words.ts";
import { ProblemNote } from "#components/connect/homes/problem-note.tsx";
import { describeHomesProblem } from "#components/connect/homes/problem-words.tsx";
import { RoomLine } from "#components/connect/homes/room-line.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Room, RoomsOfHome } from "#lib/connect/homes/group-rooms.ts";
import type { HomesProblem } from "#lib/connect/homes/home.ts";
import type { DevicePermissions } from "#lib/connect/homes/missing-scopes.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

/** A home, and what the person has allowed for its devices. */
export type ShownHome = RoomsOfHome & { permissions: DevicePermissions };

export type HomePlateProps = {
  accountId: string;
  home: ShownHome;
  /** True for the first home of an account. The others are collapsed. */
  isFirst: boolean;
  /** True if the person allowed Connect to change the heating. */
  isSettable: boolean;
  notice: ThermostatNotice | null;
  now: Date;
};

const HEAD = "flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-5 py-1.5";

/** Shows one home: a line for each room, then what keeps something from being shown, said once. */
export function HomePlate({ accountId, home, isFirst, isSettable, notice, now }: HomePlateProps) {
  const id = `home-${accountId}-${home.id}`;
  const heading = (
    <h3 id={id} className="min-w-0 flex-1 text-md wrap-anywhere">
      {home.name}
    </h3>
  );
  const content = <Content {...{ accountId, home, isSettable, notice, now }} headingId={id} />;
  if (isFirst)
    return (
      <Plate as="section" aria-labelledby={id}>
        <div className={HEAD}>
          <Icon name="home" className="size-5 text-ink-muted" />
          {heading}
          <Measured rooms={home.rooms} now={now} />
        </div>
        {content}
      </Plate>
    );
  return (
    <Plate as="section" aria-labelledby={id}>
      <details open={hasProduct(home, notice)} className="group/home">
        <summary className={`${HEAD} list-none rounded-plate [&::-webkit-details-marker]:hidden`}>
          <Icon
            name="chevron"
            className="size-5 text-ink-subtle transition-transform group-open/home:rotate-90"
          />
          {heading}
          <Summary home={home} now={now} />
        </summary>
        {content}
      </details>
    </Plate>
  );
}

/** True if the result of a form is about a product of this home. */
export function hasProduct({ rooms }: RoomsOfHome, notice: ThermostatNotice | null): boolean {
  return rooms.some(({ thermostat, devices }) =>
    [thermostat, ...devices].some((product) => product && product.id === notice?.module),
  );
}

function Content({
  accountId,
  home,
  isSettable,
  notice,
  now,
  headingId,
}: Omit<HomePlateProps, "isFirst"> & { headingId: string }) {
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
      <Problems home={home} now={now} />
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

function Measured({ rooms, now }: { rooms: Room[]; now: Date }) {
  const times = rooms.flatMap(({ thermostat }) =>
    thermostat?.reading.ok ? (thermostat.reading.value.measuredAt ?? []) : [],
  );
  if (times.length === 0) return null;
  const latest = new Date(Math.max(...times.map((time) => time.getTime())));
  return (
    <p className="text-sm text-ink-muted">
      Measured <RelativeTime at={latest} now={now} />
    </p>
  );
}

function Summary({ home: { rooms, roomsProblem }, now }: Pick<HomePlateProps, "home" | "now">) {
  if (roomsProblem && roomsProblem.reason !== "missing_scope")
    return <Status tone="warning">{describeHomesProblem(roomsProblem, now).title}</Status>;
  return (
    <span className="text-sm text-ink-muted">
      {describeRooms(
        rooms.map(({ thermostat }) => ({
          temperature: thermostat?.reading.ok ? thermostat.reading.value.temperature : null,
        })),
      )}
    </span>
  );
}

/** Explains each problem of a home once, however many rooms have it. */
function Problems({ home, now }: Pick<HomePlateProps, "home" | "now">) {
  const { rooms, roomsProblem, devicesProblem } = home;
  if (
    rooms.length === 0 &&
    !roomsProblem &&
    !devicesProblem &&
    home.products.length + home.devices.length === 0
  )
    return <p className="px-5 py-3 text-ink-muted">Nothing is installed in this home yet.</p>;
  const ofRooms = rooms.flatMap(({ thermostat }) =>
    thermostat && !thermostat.reading.ok && thermostat.reading.problem.reason !== "missing_scope"
      ? thermostat.reading.problem
      : [],
  );
  const all = [roomsProblem, ...ofRooms, devicesProblem].filter((one): one is HomesProblem => one !== null);
  return [...new Map(all.map((problem) => [problem.reason, problem])).values()].map((problem) => (
    <div key={problem.reason} className="px-5 py-3">
      {problem === devicesProblem && <p className="text-sm text-ink-muted">Lights, plugs and shutters</p>}
      <ProblemNote
        problem={problem}
        now={now}
        missing="Connect cannot show the devices here without your permission."
      />
    </div>
  ));
}

type MissingDevicesProps = {
  accountId: string;
  permissions: Pick<DevicePermissions, "missing" | "scopes" | "allow">;
};

/** Says once for a home what its devices need, with one button that asks Legrand for all of it. */
export function MissingDevices({ accountId, permissions: { missing, scopes, allow } }: MissingDevicesProps) {
  if (missing.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-1.5">
      <p className="min-w-0 flex-1 basis-64 text-sm text-ink-muted">
        Needs your permission: {missing.join(", ")}.{scopes.length > 0 && " You will be taken to Legrand."}
      </p>
      {scopes.length > 0 && <AskScopeForm accountId={accountId} scopes={scopes} label={allow} />}
    </div>
  );
}
