import type { ReactNode } from "react";

type FieldWithButtonProps = {
  button: ReactNode;
  /** A field with a one-line label. */
  children: ReactNode;
};

/**
 * Shows a field in a column's width with its submit button. The button is level with the control below the
 * label, however long the hint is.
 */
export function FieldWithButton({ button, children }: FieldWithButtonProps) {
  return (
    <div className="grid max-w-column grid-cols-[minmax(0,1fr)_auto] items-start gap-3">
      {children}
      <div className="pt-7.5">{button}</div>
    </div>
  );
}
