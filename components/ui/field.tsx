import type { HTMLInputAutoCompleteAttribute } from "react";
import { CONTROL, describedBy, FieldFrame } from "#components/ui/field-frame.tsx";

type FieldProps = {
  label: string;
  name: string;
  type?: string;
  hint?: string;
  error?: string;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  defaultValue?: string;
  required?: boolean;
  autoFocus?: boolean;
  maxLength?: number;
  inputMode?: "email";
  autoCapitalize?: "none";
  spellCheck?: boolean;
};

/** Shows a one-line field with its label, hint and error. */
export function Field({ label, name, hint, error, ...input }: FieldProps) {
  return (
    <FieldFrame {...{ label, name, hint, error }}>
      <input id={name} name={name} className={CONTROL} {...describedBy({ name, hint, error })} {...input} />
    </FieldFrame>
  );
}
