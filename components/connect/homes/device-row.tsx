import {
  ACT_WORDS,
  actsOf,
  describeDeviceState,
  FAMILY_ICONS,
  inWatts,
} from "#components/connect/homes/device-words.ts";
import { nameDevice } from "#components/connect/homes/home-words.ts";
import { describeHomesProblem } from "#components/connect/homes/problem-words.tsx";
import { ThermostatOutcome } from "#components/connect/homes/thermostat-outcome.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Status } from "#components/ui/status.tsx";
import { FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";
import type { Device, DeviceState } from "#lib/connect/homes/home.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

type DeviceRowProps = {
  place: { account: string; plant: string; module: string };
  device: Device;
  /** The families of devices that the person allowed Connect to set. */
  settable: Family[];
  notice: ThermostatNotice | null;
  now: Date;
};

/** Shows a device of a room in one line: its state, and the buttons that change it. */
export function DeviceRow({ place, device, settable, notice, now }: DeviceRowProps) {
  const { name, kind, state } = device;
  const family = FAMILIES.find((one) => one === kind);
  const said = state?.ok ? state.value : null;
  const isSettable = family && settable.includes(family) && said?.isReachable !== false;
  return (
    <li className="grid min-h-12 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 py-1 sm:grid-cols-[minmax(0,1fr)_200px_232px]">
      <p className="flex min-w-0 items-center gap-2 wrap-anywhere">
        {family && <Icon name={FAMILY_ICONS[family]} className="size-5 text-ink-subtle" />}
        <span className="min-w-0">{name}</span>
        {!family && <span className="text-sm text-ink-muted">{nameDevice(kind)}</span>}
      </p>
      <State device={device} now={now} />
      {isSettable && <Acts {...{ place, family, name, said }} />}
      <div className="col-span-full empty:hidden">
        <ThermostatOutcome notice={notice} now={now} />
      </div>
    </li>
  );
}

/**
 * Says what a device is doing, or why Connect does not know. A missing permission is said once, below the
 * rooms.
 */
function State({ device: { state }, now }: Pick<DeviceRowProps, "device" | "now">) {
  const said = state?.ok ? state.value : null;
  const status = said && describeDeviceState(said);
  const facts =
    said &&
    [
      said.watts !== null && said.isOn !== false && inWatts(said.watts),
      said.battery && `battery ${said.battery}`,
    ]
      .filter(Boolean)
      .join(", ");
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-sm text-ink-muted max-sm:justify-end">
      {status ? (
        <Status tone={status.tone}>{status.words}</Status>
      ) : (
        state &&
        !state.ok &&
        state.problem.reason !== "missing_scope" && (
          <Status tone="warning">{describeHomesProblem(state.problem, now).title}</Status>
        )
      )}
      {facts && <span>{facts}</span>}
    </div>
  );
}

type ActsProps = {
  place: DeviceRowProps["place"];
  family: Family;
  name: string;
  said: DeviceState | null;
};

function Acts({ place, family, name, said }: ActsProps) {
  return (
    <form
      method="post"
      action="/account/set-device"
      className="flex gap-2 max-sm:col-span-full max-sm:pb-1 sm:justify-self-end"
    >
      {Object.entries({ ...place, family }).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      {actsOf(family, said).map((act) => (
        <Button
          key={act}
          variant="secondary"
          className="px-3"
          name="do"
          value={act}
          aria-label={`${ACT_WORDS[act]} ${name}`}
        >
          {ACT_WORDS[act]}
        </Button>
      ))}
    </form>
  );
}
