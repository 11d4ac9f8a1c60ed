import { Autosave } from "#components/legrand/editing/autosave.tsx";
import { ConsentPreview } from "#components/legrand/editing/consent-preview.tsx";
import { ReviewView } from "#components/legrand/editing/review-view.tsx";
import { STEP_TITLES, StepFields } from "#components/legrand/editing/step-fields.tsx";
import { FORM_ID, StepForm, type StepButton } from "#components/legrand/editing/step-form.tsx";
import { WithPreview, WizardView } from "#components/legrand/editing/wizard-view.tsx";
import type { FormStep } from "#lib/legrand/editing/draft-schema.ts";
import type { NewStep } from "#lib/legrand/editing/describe-new-step.ts";

const NEXT: StepButton = { label: "Next Page", action: "next" };
const PREVIOUS: StepButton = { label: "Previous Page", action: "previous" };
const CANCEL: StepButton = { label: "Cancel", action: "cancel" };

/** Shows one page of a new registration. */
export function NewStepView(props: NewStep) {
  const { step, steps, preview } = props;
  return (
    <WizardView steps={steps}>
      {step === "review" ? (
        <ReviewView {...props} />
      ) : step === "description" || step === "scopes" ? (
        <WithPreview preview={<ConsentPreview formId={FORM_ID} {...preview} />}>
          <Form {...props} step={step} />
        </WithPreview>
      ) : (
        <Form {...props} step={step} />
      )}
    </WizardView>
  );
}

function Form(props: NewStep & { step: FormStep }) {
  const buttons: [StepButton, ...StepButton[]] =
    props.step === "description" ? [NEXT, CANCEL] : [NEXT, PREVIOUS, CANCEL];
  return (
    <StepForm
      {...props}
      title={STEP_TITLES[props.step]}
      isUpload={props.step === "description"}
      buttons={buttons}
      status={<Autosave action={props.saveAction} />}
    >
      <StepFields {...props} />
    </StepForm>
  );
}
