import { ConsentPreview } from "#components/legrand/editing/consent-preview.tsx";
import { EditConflict } from "#components/legrand/editing/edit-conflict.tsx";
import { ScopeRemovalView } from "#components/legrand/editing/scope-removal-view.tsx";
import { CompatibilityFields } from "#components/legrand/editing/compatibility-fields.tsx";
import { STEP_TITLES, StepFields } from "#components/legrand/editing/step-fields.tsx";
import { FORM_ID, StepForm } from "#components/legrand/editing/step-form.tsx";
import { WithPreview } from "#components/legrand/editing/wizard-view.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { EDIT_WORDS, isFormStep, type EditStep } from "#lib/legrand/editing/edit-step-schema.ts";
import type { DescribedEdit } from "#lib/legrand/editing/describe-edit.ts";

/** What saving does to people who have already granted access, shown before it is saved. */
const NOTES: Record<EditStep, string | null> = {
  description: null,
  "reply-urls": "A reply URL that you remove stops working at the next authorization request.",
  scopes:
    "A scope that you remove can no longer be granted, and people who granted it lose it at the next refresh. You see how many before you save.",
  compatibility:
    "Programs rely on different behaviour of the real cloud. These settings apply to this application from its next request on.",
};

/** Shows one page of the editor: the fields of a registration with the stored values. The page has its title. */
export function EditView(props: DescribedEdit) {
  const { step, preview, isUnsaved, conflict, removal } = props;
  return (
    <>
      {conflict.length > 0 && <EditConflict changes={conflict} />}
      {isUnsaved && conflict.length === 0 && !removal && (
        <Notice tone="info">
          <p>
            These changes are not saved yet. Save changes saves them. Cancel goes back to the saved version.
          </p>
        </Notice>
      )}
      {removal ? (
        <ScopeRemovalView {...props} removal={removal} />
      ) : step === "description" || step === "scopes" ? (
        <WithPreview preview={<ConsentPreview formId={FORM_ID} {...preview} />}>
          <Form {...props} />
        </WithPreview>
      ) : (
        <Form {...props} />
      )}
    </>
  );
}

function Form(props: DescribedEdit) {
  const { step, compatibility } = props;
  const title = isFormStep(step) ? STEP_TITLES[step] : EDIT_WORDS[step];
  return (
    <StepForm
      {...props}
      title={title}
      isUpload={step === "description"}
      note={NOTES[step]}
      buttons={[
        { label: "Save changes", action: "save" },
        { label: "Cancel", action: "cancel" },
      ]}
    >
      {isFormStep(step) ? <StepFields {...props} step={step} /> : <CompatibilityFields {...compatibility} />}
    </StepForm>
  );
}
