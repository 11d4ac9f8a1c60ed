import type { ReactNode } from "react";
import { FieldError } from "#components/ui/field-error.tsx";

/** The common style of text fields and selects. */
export const CONTROL =
  "h-10 w-full rounded-control border border-border-strong bg-surface px-3 text-base transition-colors hover:border-ink " +
  "aria-invalid:border-danger aria-invalid:inset-ring aria-invalid:inset-ring-danger " +
  "disabled:bg-sunken disabled:text-ink-subtle pointer-coarse:h-11 pointer-coarse:text-[1rem]";

export type FieldFrameProps = { label: string; name: string; hint?: string; error?: string };

/**
 * Shows the label above a control, and the hint and error below. The control's id is its name, so that an
 * error summary can link to `#name`.
 */
export function FieldFrame({
  label,
  name,
  hint,
  error,
  children,
}: FieldFrameProps & { children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label id={`${name}-label`} htmlFor={name} className="font-semibold">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${name}-hint`} className="text-sm text-ink-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${name}-error`} message={error} />
    </div>
  );
}

/** Returns the attributes that connect a control to its hint and its error. */
export function describedBy({ name, hint, error }: Pick<FieldFrameProps, "name" | "hint" | "error">) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined };
}
