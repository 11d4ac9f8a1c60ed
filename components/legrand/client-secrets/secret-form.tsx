import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import {
  SECRET_LABEL_MAX_LENGTH,
  SECRET_LIFETIMES_DAYS,
} from "#lib/legrand/client-secrets/client-secret-constants.ts";

type SecretFormProps = { clientId: string; label: string; lifetimeDays: number; error?: string };

/**
 * Generates a client secret with one click. The label and the lifetime have defaults, and are folded beside the
 * button; a folded field is sent too.
 */
export function SecretForm({ clientId, label, lifetimeDays, error }: SecretFormProps) {
  return (
    <form
      method="post"
      action={`/legrand/applications/${clientId}/secrets`}
      className="flex flex-wrap items-start gap-x-5 gap-y-1"
    >
      <Button variant="secondary">Generate a new client secret</Button>
      <details className="min-w-0 flex-1 basis-72" open={error !== undefined}>
        <summary className="flex min-h-10 w-fit items-center underline underline-offset-3 pointer-coarse:min-h-11">
          Label and lifetime
        </summary>
        <div className="grid grid-cols-1 gap-4 pt-2 pb-1">
          <Field
            label="Label"
            name="label"
            defaultValue={label}
            error={error}
            autoComplete="off"
            hint={`For your own reference, such as the server that uses it. At most ${SECRET_LABEL_MAX_LENGTH} characters. It is not shown to people.`}
          />
          <Lifetimes chosen={lifetimeDays} />
        </div>
      </details>
    </form>
  );
}

function Lifetimes({ chosen }: { chosen: number }) {
  return (
    <fieldset>
      <legend className="font-semibold">Expires after</legend>
      <div className="mt-1 flex flex-wrap gap-x-5">
        {SECRET_LIFETIMES_DAYS.map((days) => (
          <label
            key={days}
            className="flex min-h-8 cursor-pointer items-center gap-2 pointer-coarse:min-h-11"
          >
            <input
              type="radio"
              name="lifetime"
              value={days}
              defaultChecked={days === chosen}
              className="radio"
            />
            {days === 365 ? "1 year" : `${days} days`}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
