import { FollowForm, SetPointForm } from "#components/connect/homes/set-point-form.tsx";
import { isLong, ThermostatOutcome } from "#components/connect/homes/thermostat-outcome.tsx";
import { FieldError } from "#components/ui/field-error.tsx";
import type { Reading } from "#lib/connect/homes/home.ts";
import type { ThermostatNotice } from "#lib/connect/homes/thermostat-notice.ts";

type RoomSettingProps = {
  place: { account: string; plant: string; module: string };
  name: string;
  reading: Reading;
  isSettable: boolean;
  notice: ThermostatNotice | null;
  now: Date;
};

/** The field and its buttons. An error or a result takes the place of what the room is doing. */
export function RoomSetting({ place, name, reading, isSettable, notice, now }: RoomSettingProps) {
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
