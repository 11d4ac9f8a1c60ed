import type { HTMLInputAutoCompleteAttribute } from "react";
import { CONTROL, describedBy, FieldFrame } from "#components/ui/field-frame.tsx";

type Option = { value: string; label: string; group?: string };

type SelectFieldProps = {
  label: string;
  name: string;
  /** The values. Those of one `group` are listed together below its name. */
  options: readonly Option[];
  /** Shown while no value is chosen. */
  prompt: string;
  hint?: string;
  error?: string;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  defaultValue?: string;
  required?: boolean;
};

/** Offers many values in the browser's own list. */
export function SelectField({ label, name, options, prompt, hint, error, ...select }: SelectFieldProps) {
  return (
    <FieldFrame {...{ label, name, hint, error }}>
      <select
        id={name}
        name={name}
        className={`${CONTROL} cursor-pointer`}
        {...describedBy({ name, hint, error })}
        {...select}
      >
        <option value="">{prompt}</option>
        {[...Map.groupBy(options, ({ group }) => group)].map(([group, members]) =>
          group ? (
            <optgroup key={group} label={group}>
              <Options options={members} />
            </optgroup>
          ) : (
            <Options key="" options={members} />
          ),
        )}
      </select>
    </FieldFrame>
  );
}

function Options({ options }: { options: readonly Option[] }) {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
