import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { ACTION_WORDS, OUTCOME_WORDS } from "#lib/connect/admin/audit/audit-constants.ts";
import { SEARCH_LIMIT } from "#lib/connect/admin/query-schema.ts";

type AuditFilterFormProps = {
  /** The values in the address by parameter name, including invalid ones as they were typed. */
  typed: Record<string, string>;
  /** Parameters of the list that the filter keeps. */
  kept: [string, string][];
};

const options = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const FOLDED = ["target", "request", "from", "to"];

/** Shows the filter of the audit log. It is sent by GET, so that each filtered view has its own address. */
export function AuditFilterForm({ typed, kept }: AuditFilterFormProps) {
  const field = (name: string) => ({ name, defaultValue: typed[name] });
  return (
    <form method="get" action="/admin/audit" role="search" aria-label="Audit log" className="grid gap-4">
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Field
          label="Who"
          {...field("actor")}
          maxLength={SEARCH_LIMIT}
          autoComplete="off"
          hint="The beginning of an e-mail address or name. Case and accents make no difference."
        />
        <SelectField label="What" {...field("action")} options={options(ACTION_WORDS)} prompt="Anything" />
        <SelectField
          label="Outcome"
          {...field("outcome")}
          options={options(OUTCOME_WORDS)}
          prompt="Any outcome"
        />
      </div>
      <details open={FOLDED.some((name) => typed[name])}>
        <summary className="w-fit py-0.5 font-medium pointer-coarse:py-2.5">More filters</summary>
        <div className="mt-3 grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <Field label="From" type="date" {...field("from")} hint="Days are UTC" />
          <Field label="To" type="date" {...field("to")} />
          <Field label="Request" {...field("request")} maxLength={SEARCH_LIMIT} autoComplete="off" />
          <Field label="Target id" {...field("target")} maxLength={SEARCH_LIMIT} autoComplete="off" />
        </div>
      </details>
      <div>
        <Button type="submit">Apply filters</Button>
      </div>
    </form>
  );
}
