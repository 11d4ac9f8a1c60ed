import type { HTMLInputAutoCompleteAttribute } from "react";
import { Icon } from "#components/ui/icon.tsx";

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
};

const INPUT =
  "h-10 w-full rounded-control border border-border-strong bg-surface px-3 text-base transition-colors hover:border-ink " +
  "aria-invalid:border-danger aria-invalid:inset-ring aria-invalid:inset-ring-danger " +
  "disabled:bg-sunken disabled:text-ink-subtle pointer-coarse:h-11 pointer-coarse:text-[1rem]";

/** Label above, hint and error below. The input's id is its name, so that an error summary can link to `#name`. */
export function Field({ label, name, hint, error, ...input }: FieldProps) {
  const hintId = hint ? `${name}-hint` : undefined;
  const errorId = error ? `${name}-error` : undefined;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={name} className="font-semibold">
        {label}
      </label>
      <input
        id={name}
        name={name}
        className={INPUT}
        aria-describedby={[hintId, errorId].filter(Boolean).join(" ") || undefined}
        aria-invalid={error ? true : undefined}
        {...input}
      />
      {hint && (
        <p id={hintId} className="text-sm text-ink-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} className="flex gap-1.5 text-sm font-medium text-danger">
          <Icon name="warning" />
          {error}
        </p>
      )}
    </div>
  );
}
