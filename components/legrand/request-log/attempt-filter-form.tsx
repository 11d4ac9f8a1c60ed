import { ATTEMPT_OUTCOME_WORDS, ATTEMPT_STEP_WORDS } from "#components/legrand/request-log/attempt-words.ts";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import type { AttemptFilter } from "#lib/legrand/request-log/attempt-filter.ts";

const OUTCOMES = Object.entries(ATTEMPT_OUTCOME_WORDS).map(([value, { word }]) => ({ value, label: word }));
const ATTEMPT_STEPS = Object.entries(ATTEMPT_STEP_WORDS).map(([value, label]) => ({ value, label }));

/** Filters the attempts with a plain GET form, so that the filter is in the address. */
export function AttemptFilterForm({ path, filter }: { path: string; filter: AttemptFilter }) {
  return (
    <form
      method="get"
      action={path}
      role="search"
      aria-label="Attempts"
      className="flex flex-wrap items-end gap-3"
    >
      <div className="min-w-44 flex-1 sm:max-w-56">
        <SelectField
          label="Outcome"
          name="outcome"
          options={OUTCOMES}
          prompt="Any outcome"
          defaultValue={filter.outcome ?? ""}
        />
      </div>
      <div className="min-w-44 flex-1 sm:max-w-56">
        <SelectField
          label="Step"
          name="step"
          options={ATTEMPT_STEPS}
          prompt="Any step"
          defaultValue={filter.step ?? ""}
        />
      </div>
      <Button variant="secondary">Filter</Button>
    </form>
  );
}
