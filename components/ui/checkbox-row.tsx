import type { ReactNode } from "react";

type CheckboxRowProps = { name: string; value: string; label: ReactNode };

/** Shows a checkbox. The whole row is its target, not only the box. */
export function CheckboxRow({ name, value, label }: CheckboxRowProps) {
  return (
    <label className="flex cursor-pointer gap-3 py-2 pointer-coarse:py-2.5">
      <input type="checkbox" className="checkbox mt-0.5" name={name} value={value} />
      <span className="min-w-0">{label}</span>
    </label>
  );
}
