import { Field } from "#components/ui/field.tsx";
import { SelectField } from "#components/ui/select-field.tsx";
import type { Country } from "#lib/legrand/accounts/countries.ts";

export type PersonFieldsProps = {
  countries: readonly Country[];
  values: { given_name?: string; family_name?: string; country?: string };
  errors: Record<string, string>;
};

/** The fields for a person's name and country, at sign-up and on the account's page. */
export function PersonFields({ countries, values, errors }: PersonFieldsProps) {
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          label="Given name"
          name="given_name"
          autoComplete="given-name"
          defaultValue={values.given_name}
          error={errors.given_name}
          required
        />
        <Field
          label="Surname"
          name="family_name"
          autoComplete="family-name"
          defaultValue={values.family_name}
          error={errors.family_name}
          hint="Optional"
        />
      </div>
      <SelectField
        label="Country"
        name="country"
        autoComplete="country"
        prompt="Choose a country"
        options={countries.map(({ code, name, isLikely }) => ({
          value: code,
          label: name,
          group: isLikely ? "Often chosen" : "All other countries",
        }))}
        defaultValue={values.country}
        error={errors.country}
        required
      />
    </>
  );
}
