import { countOn } from "#components/connect/homes/device-words.ts";
import { countDevices, describeNow, inPercent, inTenths } from "#components/connect/homes/home-words.ts";
import { describeHomesProblem } from "#components/connect/homes/problem-words.tsx";
import { FollowForm, SetPointForm } from "#components/connect/homes/set-point-form.tsx";
import { RoomDetails, type RoomDetailsProps } from "#components/connect/homes/room-details.tsx";
import { HEATED, UNHEATED } from "#components/connect/homes/room-layout.ts";
import { isLong, ThermostatOutcome } from "#components/connect/homes/thermostat-outcome.tsx";
import { FieldError } from "#components/ui/field-error.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Room } from "#lib/connect/homes/group-rooms.ts";
import type { Readable, Reading } from "#lib/connect/homes/home.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

type RoomLineProps = RoomDetailsProps & {
  /** True if the person allowed Connect to change the heating. */
  isSettable: boolean;
};

/** Shows a room in one line that opens: its values, what it is doing, and the field for its set point. */
export function RoomLine({ place, room, isSettable, settable, notice, now }: RoomLineProps) {
  const { name, thermostat, devices } = room;
  const reading = thermostat?.reading ?? null;
  const values = reading?.ok ? reading.value : null;
  const own = notice && notice.module === thermostat?.id ? notice : null;
  const isOpen = devices.some(({ id }) => id === notice?.module);
  const look = thermostat ? HEATED : UNHEATED;
  return (
    <li className={look.line}>
      <details open={isOpen} className={`group/room ${look.details}`}>
        <summary className={`${look.opener} list-none rounded-control [&::-webkit-details-marker]:hidden`}>
          <Icon
            name="chevron"
            className="size-4 text-ink-subtle transition-transform group-open/room:rotate-90"
          />
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <h4 className="font-medium wrap-anywhere">{name}</h4>
            {devices.length > 0 && <span className="text-sm text-ink-muted">{countDevices(devices)}</span>}
          </span>
          {thermostat && <Measured values={values} />}
        </summary>
        <RoomDetails {...{ place, room, settable, notice, now }} />
      </details>
      {thermostat ? (
        <div className={look.controls}>
          <div
            className={`min-h-6 sm:col-start-1 sm:row-start-1 ${own && values && !isLong(own) ? "sm:invisible" : ""}`}
          >
            <Doing reading={thermostat.reading} now={now} />
          </div>
          {values && (
            <Setting
              place={{ ...place, module: thermostat.id }}
              {...{ name, isSettable, now }}
              reading={values}
              notice={own}
            />
          )}
          {own && (!values || isLong(own)) && (
            <div className="col-span-full pb-2">
              <ThermostatOutcome notice={own} now={now} />
            </div>
          )}
        </div>
      ) : (
        <div className={look.controls}>
          <SwitchedOn devices={devices} />
        </div>
      )}
    </li>
  );
}

function Measured({ values }: { values: Reading | null }) {
  const { temperature = null, humidity = null } = values ?? {};
  return (
    <>
      <span className="text-lg whitespace-nowrap tabular-nums">
        {temperature !== null && (
          <>
            {inTenths(temperature)}°<span className="sr-only">C</span>
          </>
        )}
      </span>
      <span className="text-sm whitespace-nowrap text-ink-muted">
        {humidity !== null && (
          <>
            {inPercent(humidity)} <span className="sr-only">humidity</span>
          </>
        )}
      </span>
    </>
  );
}

function Doing({ reading, now }: { reading: Readable<Reading>; now: Date }) {
  if (reading.ok)
    return <Status tone={reading.value.isActive ? "warning" : "off"}>{describeNow(reading.value)}</Status>;
  if (reading.problem.reason === "missing_scope") return <Status tone="off">Values not shown</Status>;
  return <Status tone="warning">{describeHomesProblem(reading.problem, now).title}</Status>;
}

function SwitchedOn({ devices }: Pick<Room, "devices">) {
  const sum = countOn(devices);
  return sum && <Status tone={sum.tone}>{sum.words}</Status>;
}

type SettingProps = {
  place: { account: string; plant: string; module: string };
  name: string;
  reading: Reading;
  isSettable: boolean;
  notice: ThermostatNotice | null;
  now: Date;
};

/** The field and its buttons. An error or a result takes the place of what the room is doing. */
function Setting({ place, name, reading, isSettable, notice, now }: SettingProps) {
  const id = `set-point-${place.account}-${place.module}`;
  const mistyped = notice?.outcome === "mistyped" ? notice : null;
  return (
    <>
      <div className="flex justify-end sm:col-start-2 sm:row-start-1">
        {reading.mode !== "automatic" && isSettable && <FollowForm place={place} reading={reading} />}
      </div>
      <div className="col-span-2 flex items-center gap-3 sm:contents">
        <SetPointForm
          {...{ id, place, reading, mistyped, isSettable }}
          room={name}
          className="sm:col-start-3 sm:row-start-1"
        />
        <div className="min-w-0 flex-1 sm:col-start-1 sm:row-start-1">
          <FieldError id={`${id}-error`} message={mistyped?.message} />
          {!isLong(notice) && <ThermostatOutcome notice={notice} now={now} />}
        </div>
      </div>
    </>
  );
}
