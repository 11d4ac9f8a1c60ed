import type { HTMLInputAutoCompleteAttribute } from "react";
import { CONTROL, describedBy, FieldFrame } from "#components/ui/field-frame.tsx";

type SelectFieldProps = {
  label: string;
  name: string;
  options: readonly { value: string; label: string }[];
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
        {options.map(({ value, label: word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
