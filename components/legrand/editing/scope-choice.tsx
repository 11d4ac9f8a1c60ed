import { AccessTag } from "#components/ui/access-tag.tsx";
import { FieldError } from "#components/ui/field-error.tsx";
import { CONTROL } from "#components/ui/field-frame.tsx";
import {
  LEVEL_WORDS,
  levelsFor,
  SCOPE_REASON_MAX_LENGTH,
  termsOf,
  type ScopeTerms,
  type TermsByScope,
} from "#lib/legrand/applications/scope-terms-constants.ts";
import { ALWAYS_GRANTED_SCOPE, type Scope } from "#lib/legrand/scopes.ts";

type ScopeChoiceProps = { scope: Scope; isChosen: boolean; terms: TermsByScope; error: string | undefined };

/** Shows a scope to tick. Its level and reason appear while it is ticked, by CSS alone. */
export function ScopeChoice({ scope, isChosen, terms, error }: ScopeChoiceProps) {
  const { name, label, access } = scope;
  const isFixed = name === ALWAYS_GRANTED_SCOPE;
  return (
    <li className="group/choice">
      <label
        className={`flex items-start gap-3 py-1 pointer-coarse:py-2.5 ${isFixed ? "" : "cursor-pointer"}`}
      >
        <input
          type="checkbox"
          name="scope"
          value={name}
          defaultChecked={isFixed || isChosen}
          disabled={isFixed}
          className="checkbox mt-0.5"
          aria-labelledby={`choose-${name}`}
          aria-describedby={`choose-${name}-access choose-${name}-name`}
        />
        {/* A disabled checkbox is not submitted. */}
        {isFixed && <input type="hidden" name="scope" value={name} />}
        <span className="min-w-0 flex-1">
          <span id={`choose-${name}`} className="mr-2 font-medium">
            {label}
          </span>
          <code id={`choose-${name}-name`} className="text-xs text-ink-subtle">
            {name}
          </code>
        </span>
        <AccessTag id={`choose-${name}-access`} access={access} className="mt-0.5" />
      </label>
      <Terms scope={scope} terms={termsOf(terms, name)} error={error} />
    </li>
  );
}

const LABEL = "mb-0.5 block text-xs text-ink-muted";

type TermsProps = { scope: Scope; terms: ScopeTerms; error: string | undefined };

function Terms({ scope: { name, access }, terms: { level, reason }, error }: TermsProps) {
  const levels = levelsFor(name);
  const word = (one: (typeof levels)[number]) =>
    access === "control" && one === "optional" ? "Optional (recommended)" : LEVEL_WORDS[one];
  return (
    <div className="hidden gap-x-2 gap-y-1.5 pb-2 pl-8 group-has-[[type=checkbox]:checked]/choice:grid sm:grid-cols-[13.5rem_minmax(0,1fr)]">
      {levels.length === 1 ? (
        <p className="flex min-h-10 items-center self-end text-sm text-ink-muted">Always included</p>
      ) : (
        <label>
          <span className={LABEL}>
            Level<span className="sr-only"> of {name}</span>
          </span>
          <select name={`level.${name}`} defaultValue={level} className={`${CONTROL} cursor-pointer`}>
            {levels.map((one) => (
              <option key={one} value={one}>
                {word(one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span className={LABEL}>
          Reason<span className="sr-only"> for {name}</span> (optional)
        </span>
        <input
          id={`reason.${name}`}
          name={`reason.${name}`}
          defaultValue={reason}
          maxLength={SCOPE_REASON_MAX_LENGTH}
          autoComplete="off"
          className={CONTROL}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `reason.${name}-error` : undefined}
        />
      </label>
      <div className="empty:hidden sm:col-span-2">
        <FieldError id={`reason.${name}-error`} message={error} />
      </div>
    </div>
  );
}
