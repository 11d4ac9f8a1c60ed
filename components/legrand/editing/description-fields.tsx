import { LogoField } from "#components/legrand/editing/logo-field.tsx";
import { TypeField } from "#components/legrand/editing/type-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { TextAreaField } from "#components/ui/text-area-field.tsx";
import {
  DESCRIPTION_MAX_LENGTH,
  NAME_MAX_LENGTH,
  VENDOR_MAX_LENGTH,
} from "#lib/legrand/applications/description-schema.ts";
import type { DraftFields } from "#lib/legrand/editing/draft-schema.ts";

export type Errors = Record<string, string | undefined>;

type DescriptionFieldsProps = { fields: DraftFields; logoPath: string | null; errors: Errors };

/** The fields that people read at consent. The file is last, so that all text arrives before it. */
export function DescriptionFields({ fields, logoPath, errors }: DescriptionFieldsProps) {
  return (
    <>
      <TypeField type={fields.type} error={errors.type} />
      <Field
        label="Name"
        name="name"
        defaultValue={fields.name}
        error={errors.name}
        hint={`At most ${NAME_MAX_LENGTH} characters.`}
        autoComplete="off"
        required
      />
      <TextAreaField
        label="Description"
        name="description"
        rows={3}
        defaultValue={fields.description}
        error={errors.description}
        hint={`What it does for people, in a sentence or two. At most ${DESCRIPTION_MAX_LENGTH} characters.`}
        required
      />
      <Field
        label="Vendor"
        name="vendor"
        defaultValue={fields.vendor}
        error={errors.vendor}
        hint={`The company or the person who offers it. At most ${VENDOR_MAX_LENGTH} characters.`}
        autoComplete="organization"
        required
      />
      <Field
        label="Url"
        name="url"
        type="url"
        defaultValue={fields.url}
        error={errors.url}
        hint="Your application’s website, for example https://thermo.example. Reply URLs have their own step."
        autoComplete="url"
        required
      />
      <LogoField logoPath={logoPath} error={errors.logo} />
    </>
  );
}
