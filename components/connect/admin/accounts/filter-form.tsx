import { Button } from "#components/ui/button.tsx";
import { FieldWithButton } from "#components/ui/field-with-button.tsx";
import { Field } from "#components/ui/field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import { DEFAULT_LIST, SORT_WORDS, SORTS } from "#lib/connect/admin/accounts/list-schema.ts";
import { SHOWN_STATES, STATE_LABELS } from "#lib/connect/linked-accounts/state-constants.ts";
import { SEARCH_LIMIT } from "#lib/connect/admin/query-schema.ts";

type FilterFormProps = {
  /** The values in the address by parameter name, including invalid ones as they were typed. */
  typed: Record<string, string>;
  scopes: { name: string; label: string }[];
  /** Parameters of the list that the filter keeps. */
  kept: [string, string][];
};

const FOLDED = ["state", "scope", "connected_from", "connected_to", "not_refreshed_since"];
const OTHER_SORTS = SORTS.filter((sort) => sort !== DEFAULT_LIST.sort).map((value) => ({
  value,
  label: SORT_WORDS[value],
}));
const STATES = SHOWN_STATES.map((value) => ({ value, label: STATE_LABELS[value] }));

/**
 * Shows the search, the filters and the sort order, which are folded away while no filter is set. The form is sent by GET, so that
 * each filtered list has its own address.
 */
export function FilterForm({ typed, scopes, kept }: FilterFormProps) {
  const field = (name: string) => ({ name, defaultValue: typed[name] });
  return (
    <form method="get" action="/admin/linked-accounts" role="search" className="grid gap-4">
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FieldWithButton button={<Button type="submit">Search</Button>}>
        <Field
          label="Search"
          {...field("q")}
          type="search"
          maxLength={SEARCH_LIMIT}
          autoComplete="off"
          hint="Name, e-mail or Legrand id. One or two letters find beginnings; three or more find any part."
        />
      </FieldWithButton>
      <details open={FOLDED.some((name) => typed[name])}>
        <summary className="w-fit py-0.5 font-medium pointer-coarse:py-2.5">Filters and sorting</summary>
        <div className="mt-3 grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-4">
          <SelectField label="State" {...field("state")} options={STATES} prompt="Any state" />
          <SelectField
            label="Permission"
            {...field("scope")}
            options={scopes.map(({ name, label }) => ({ value: name, label: `${label} (${name})` }))}
            prompt="Any permission"
          />
          <Field label="Connected from" type="date" {...field("connected_from")} />
          <Field label="Connected to" type="date" {...field("connected_to")} />
          <Field label="Not refreshed since" type="date" {...field("not_refreshed_since")} />
          <SelectField
            label="Sort by"
            {...field("sort")}
            options={OTHER_SORTS}
            prompt={SORT_WORDS[DEFAULT_LIST.sort]}
          />
          <SelectField
            label="Order"
            {...field("direction")}
            options={[{ value: "ascending", label: "Ascending" }]}
            prompt="Descending"
          />
          <Button type="submit" variant="secondary">
            Apply filters
          </Button>
        </div>
      </details>
    </form>
  );
}
