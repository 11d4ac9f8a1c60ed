import { FieldError } from "#components/ui/field-error.tsx";

type RadioGroupProps = {
  legend: string;
  name: string;
  /** `meaning` says below the name what the choice does. */
  options: readonly { value: string; name: string; meaning: string }[];
  chosen: string;
  error?: string;
};

/** Offers a few values, each with its meaning. */
export function RadioGroup({ legend, name, options, chosen, error }: RadioGroupProps) {
  return (
    <fieldset
      id={name}
      className="grid min-w-0 gap-1.5"
      aria-describedby={error ? `${name}-error` : undefined}
    >
      <legend className="mb-1.5 font-semibold">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="flex cursor-pointer gap-3 py-1 pointer-coarse:py-2">
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={option.value === chosen}
            aria-labelledby={`${name}-${option.value}`}
            aria-describedby={`${name}-${option.value}-text`}
            className="radio mt-0.5"
          />
          <span>
            <span id={`${name}-${option.value}`} className="block font-medium">
              {option.name}
            </span>
            <span id={`${name}-${option.value}-text`} className="block text-sm text-ink-muted">
              {option.meaning}
            </span>
          </span>
        </label>
      ))}
      <FieldError id={`${name}-error`} message={error} />
    </fieldset>
  );
}
