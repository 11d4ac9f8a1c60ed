import { describeMode, inPercent, inTenths, nameLoad } from "#components/connect/homes/home-words.ts";
import { ProblemNote } from "#components/connect/homes/problem-note.tsx";
import { SetPointForm } from "#components/connect/homes/set-point-form.tsx";
import { ThermostatOutcome } from "#components/connect/homes/thermostat-outcome.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Readable, Reading } from "#lib/connect/homes/home.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

export type RoomPlateProps = {
  place: { account: string; plant: string; module: string };
  name: string;
  reading: Readable<Reading>;
  notice: ThermostatNotice | null;
  /** Labels of the missing permissions; `write` is null if the thermostat may be set. */
  missing: { read: string; write: string | null };
  now: Date;
};

// As high as its placeholder (homes-skeleton.tsx), so that nothing moves when the plate arrives.
/** Shows a room as a wall plate: one large temperature, and what the thermostat is doing. */
export function RoomPlate({ place, name, reading, notice, missing, now }: RoomPlateProps) {
  const values = reading.ok ? reading.value : null;
  const load = values && nameLoad(values);
  const isUnread = !reading.ok && reading.problem.reason === "missing_scope";
  return (
    <Plate as="li" className={`flex flex-col gap-3 p-5 ${missing.write === null ? "min-h-69" : "min-h-75"}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h4 className="text-md wrap-anywhere">{name}</h4>
        {load && <Status tone={values.isActive ? "warning" : "off"}>{load}</Status>}
      </div>
      <ThermostatOutcome notice={notice} now={now} />
      {values ? (
        <Values reading={values} now={now} />
      ) : (
        !reading.ok && (
          <ProblemNote
            problem={reading.problem}
            now={now}
            missing={`Needs your permission: ${missing.read}`}
          />
        )
      )}
      {(values ?? isUnread) && (
        <div className="mt-auto border-t border-border pt-3">
          <SetPointForm
            place={place}
            room={name}
            missing={missing.write}
            reading={values ?? { setPoint: null, mode: "automatic", function: "heating", program: null }}
            mistyped={notice?.outcome === "mistyped" ? notice : null}
          />
        </div>
      )}
    </Plate>
  );
}

function Values({ reading, now }: { reading: Reading; now: Date }) {
  const { temperature, humidity, activeUntil, measuredAt, mode } = reading;
  return (
    <>
      <div className="flex items-end justify-between gap-3">
        {temperature === null ? (
          <p className="flex h-12 items-center text-ink-muted">No temperature</p>
        ) : (
          <p className="text-reading whitespace-nowrap tabular-nums">
            {inTenths(temperature)}
            <span className="text-lg text-ink-muted"> °C</span>
          </p>
        )}
        {humidity !== null && <p className="pb-1 text-sm text-ink-muted">{inPercent(humidity)} humidity</p>}
      </div>
      <div className="text-sm">
        <p>
          {describeMode(reading)}
          {activeUntil && activeUntil > now && (mode === "manual" || mode === "boost") && (
            <>
              , ends <RelativeTime at={activeUntil} now={now} />
            </>
          )}
        </p>
        {measuredAt && (
          <p className="text-ink-subtle">
            Measured <RelativeTime at={measuredAt} now={now} />
          </p>
        )}
      </div>
    </>
  );
}
