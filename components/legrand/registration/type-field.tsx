import { TYPE_WORDS } from "#components/legrand/applications/type-words.ts";
import { FieldError } from "#components/ui/field-error.tsx";
import type { DraftFields } from "#lib/legrand/drafts/draft-schema.ts";

const TYPES = [
  { value: "web", follows: "Runs on a server, which keeps the client secret. Its reply URLs begin with https." },
  { value: "mobile", follows: "Runs on people's own devices. It may leave the secret out where it sends PKCE, and may have reply URLs with a scheme of its own, for which people are asked each time." },
] as const;

export function TypeField({ type, error }: { type: DraftFields["type"]; error: string | undefined }) {
  return (
    <fieldset id="type" className="grid min-w-0 gap-1.5" aria-describedby={error ? "type-error" : undefined}>
      <legend className="mb-1.5 font-semibold">Type</legend>
      {TYPES.map(({ value, follows }) => (
        <label key={value} className="flex cursor-pointer gap-3 py-1 pointer-coarse:py-2">
          <input type="radio" name="type" value={value} defaultChecked={value === type} aria-labelledby={`type-${value}`} aria-describedby={`type-${value}-text`} className="radio mt-0.5" />
          <span>
            <span id={`type-${value}`} className="block font-medium">{TYPE_WORDS[value]}</span>
            <span id={`type-${value}-text`} className="block text-sm text-ink-muted">{follows}</span>
          </span>
        </label>
      ))}
      <FieldError id="type-error" message={error} />
    </fieldset>
  );
}
