import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field-error.tsx";
import { CONTROL } from "#components/ui/field-frame.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Reading } from "#lib/connect/homes/home.ts";
import { SET_POINT_MAX, SET_POINT_MIN, SET_POINT_STEP } from "#lib/connect/homes/product-form-schema.ts";

type SetPointFormProps = {
  place: { account: string; plant: string; module: string };
  room: string;
  reading: Pick<Reading, "setPoint" | "mode" | "function" | "program">;
  /** The refused input and the reason, or null. */
  mistyped: { typed: string; message: string } | null;
  /** The label of the missing permission, or null if the thermostat may be set. */
  missing: string | null;
};

/** Sets a thermostat. Without the permission, the form is disabled and names the missing permission. */
export function SetPointForm({ place, room, reading, mistyped, missing }: SetPointFormProps) {
  const id = `set-point-${place.account}-${place.module}`;
  const hidden = {
    ...place,
    function: reading.function,
    ...(reading.program === null ? {} : { program: String(reading.program) }),
  };
  return (
    <form method="post" action="/account/set-point" noValidate className="grid gap-1.5">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <label htmlFor={id} className="text-sm font-medium">
        Set point in {room}, °C
      </label>
      <fieldset disabled={missing !== null} className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <input
          id={id}
          name="temperature"
          type="number"
          inputMode="decimal"
          required
          autoComplete="off"
          min={SET_POINT_MIN}
          max={SET_POINT_MAX}
          step={SET_POINT_STEP}
          defaultValue={
            mistyped
              ? mistyped.typed
              : reading.setPoint === null
                ? undefined
                : Math.round(reading.setPoint * 10) / 10
          }
          aria-invalid={mistyped ? true : undefined}
          aria-describedby={mistyped ? `${id}-error` : missing ? `${id}-missing` : undefined}
          autoFocus={mistyped !== null}
          className={`${CONTROL} max-w-20 tabular-nums`}
        />
        <Button variant="secondary" className="px-3" name="do" value="set">
          Set
        </Button>
        {reading.mode !== "automatic" && !missing && (
          <LinkButton name="do" value="follow">
            Follow the program
          </LinkButton>
        )}
      </fieldset>
      <FieldError id={`${id}-error`} message={mistyped?.message} />
      {missing && (
        <p id={`${id}-missing`} className="text-sm text-ink-muted">
          Needs your permission: {missing}
        </p>
      )}
    </form>
  );
}
