import { Button } from "#components/ui/button.tsx";
import { CONTROL } from "#components/ui/field-frame.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Reading } from "#lib/connect/homes/home.ts";
import { SET_POINT_MAX, SET_POINT_MIN, SET_POINT_STEP } from "#lib/connect/homes/product-form-schema.ts";

type Place = { account: string; plant: string; module: string };
type Settable = Pick<Reading, "setPoint" | "function" | "program">;

/** The id of the hidden sentence that says why the fields of an account are disabled. */
export const missingWriteId = (account: string) => `heating-not-allowed-${account}`;

type SetPointFormProps = {
  id: string;
  place: Place;
  room: string;
  reading: Settable;
  /** The refused input, or null. The error itself has the id of the field with "-error". */
  mistyped: { typed: string } | null;
  isSettable: boolean;
  className: string;
};

/** Sets a thermostat. Without the permission, the form is disabled; a sentence of the page says why. */
export function SetPointForm({
  id,
  place,
  room,
  reading,
  mistyped,
  isSettable,
  className,
}: SetPointFormProps) {
  return (
    <form method="post" action="/account/set-point" noValidate className={className}>
      <HiddenFields place={place} reading={reading} />
      <label htmlFor={id} className="sr-only">
        Set point in {room}, °C
      </label>
      <fieldset disabled={!isSettable} className="flex min-w-0 items-center gap-2">
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
          defaultValue={mistyped ? mistyped.typed : roundToTenths(reading.setPoint)}
          aria-invalid={mistyped ? true : undefined}
          aria-describedby={mistyped ? `${id}-error` : isSettable ? undefined : missingWriteId(place.account)}
          autoFocus={mistyped !== null}
          className={`${CONTROL} max-w-18 tabular-nums`}
        />
        <Button variant="secondary" className="px-3" name="do" value="set">
          Set
        </Button>
      </fieldset>
    </form>
  );
}

/**
 * Lets a thermostat follow its program again. It is a form of its own, so that Enter in the field of the other
 * one presses **Set**.
 */
export function FollowForm({ place, reading }: Pick<SetPointFormProps, "place" | "reading">) {
  return (
    <form method="post" action="/account/set-point">
      <HiddenFields place={place} reading={reading} />
      <LinkButton name="do" value="follow" className="whitespace-nowrap">
        Follow the program
      </LinkButton>
    </form>
  );
}

function HiddenFields({ place, reading }: { place: Place; reading: Settable }) {
  const fields = {
    ...place,
    function: reading.function,
    ...(reading.program === null ? {} : { program: String(reading.program) }),
  };
  return Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}

const roundToTenths = (value: number | null) => (value === null ? undefined : Math.round(value * 10) / 10);
