import { countDevices, inPercent, inTenths } from "#components/connect/homes/home-words.ts";
import { RoomDetails, type RoomDetailsProps } from "#components/connect/homes/room-details.tsx";
import { HEATED, UNHEATED } from "#components/connect/homes/room-layout.ts";
import { isLong, ThermostatOutcome } from "#components/connect/homes/thermostat-outcome.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { RoomSetting } from "#components/connect/homes/room-setting.tsx";
import { DevicesState, ThermostatState } from "#components/connect/homes/room-state.tsx";
import type { Reading } from "#lib/connect/homes/home.ts";

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
            <ThermostatState reading={thermostat.reading} now={now} />
          </div>
          {values && (
            <RoomSetting
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
          <DevicesState devices={devices} />
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
