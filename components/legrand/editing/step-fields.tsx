import { DescriptionFields } from "#components/legrand/editing/description-fields.tsx";
import { ReplyUrlsFields } from "#components/legrand/editing/reply-urls-fields.tsx";
import { ReplyUrlsHints } from "#components/legrand/editing/reply-urls-hints.tsx";
import { ScopesFields } from "#components/legrand/editing/scopes-fields.tsx";
import type { DraftFields, FormStep } from "#lib/legrand/editing/draft-schema.ts";

/** The title of each step. */
export const STEP_TITLES: Record<FormStep, string> = {
  description: "Describe your application",
  "reply-urls": "Reply URLs",
  scopes: "Check the wanted scopes",
};

export type StepFieldsProps = {
  step: FormStep;
  fields: DraftFields;
  logoPath: string | null;
  problems: { field: string; message: string }[];
  isChecked: boolean;
};

/** Shows the fields of a step, for a new or an edited application. */
export function StepFields({ step, fields, logoPath, problems, isChecked }: StepFieldsProps) {
  if (step === "description")
    return (
      <DescriptionFields
        fields={fields}
        logoPath={logoPath}
        errors={Object.fromEntries(problems.map(({ field, message }) => [field, message]))}
      />
    );
  if (step === "scopes")
    return (
      <ScopesFields
        chosen={fields.scopes}
        terms={fields.scopeTerms}
        errors={Object.fromEntries(problems.map(({ field, message }) => [field, message]))}
      />
    );
  return (
    <>
      <ReplyUrlsHints />
      <ReplyUrlsFields type={fields.type} urls={fields.replyUrls} isChecked={isChecked} />
    </>
  );
}
