import { Icon } from "#components/ui/icon.tsx";

type TextAreaFieldProps = { label: string; name: string; rows: number; hint?: string; error?: string; defaultValue?: string; required?: boolean };

const AREA =
  "w-full resize-y rounded-control border border-border-strong bg-surface px-3 py-2 text-base transition-colors hover:border-ink " +
  "aria-invalid:border-danger aria-invalid:inset-ring aria-invalid:inset-ring-danger pointer-coarse:text-[1rem]";

/** As a field, with room for several lines. */
export function TextAreaField({ label, name, hint, error, ...area }: TextAreaFieldProps) {
  const hintId = hint ? `${name}-hint` : undefined;
  const errorId = error ? `${name}-error` : undefined;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={name} className="font-semibold">{label}</label>
      <textarea
        id={name}
        name={name}
        className={AREA}
        aria-describedby={[hintId, errorId].filter(Boolean).join(" ") || undefined}
        aria-invalid={error ? true : undefined}
        {...area}
      />
      {hint && <p id={hintId} className="text-sm text-ink-muted">{hint}</p>}
      {error && (
        <p id={errorId} className="flex gap-1.5 text-sm font-medium text-danger">
          <Icon name="warning" />
          {error}
        </p>
      )}
    </div>
  );
}
