import type { ReactNode } from "react";

import { STEP_TITLES, StepFields, type StepFieldsProps } from "#components/legrand/registration/step-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Plate } from "#components/ui/plate.tsx";

export type StepButton = { label: string; action: string };

/** Of the form, for the islands that read along. */
export const FORM_ID = "step";

type StepFormProps = Omit<StepFieldsProps, "problems"> & {
  action: string;
  hidden: Record<string, string>;
  problems: (StepFieldsProps["problems"][number] & { href?: string })[];
  /** The first one is what the form is for, and what Enter presses. */
  buttons: [StepButton, ...StepButton[]];
  /** Above the fields: what saving them does. */
  note?: string | null;
  /** Beside the buttons. */
  status?: ReactNode;
};

/** One step of a registration, or of editing one: a plain form whose button says what becomes of it. */
export function StepForm({ action, hidden, buttons, note, status, ...fields }: StepFormProps) {
  const { step, problems } = fields;
  return (
    <Plate as="section" className="p-5">
      {/* noValidate: what is wrong is said in our words, with everything typed still there. */}
      <form id={FORM_ID} method="post" action={action} encType={step === "description" ? "multipart/form-data" : undefined} noValidate className="grid grid-cols-1 gap-5">
        {/* Enter presses a form's first submit button (HTML, "implicit submission"), which would be one inside the fields. */}
        <button name="action" value={buttons[0].action} hidden />
        {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <h2 className="text-lg">{STEP_TITLES[step]}</h2>
        {problems.length > 0 && <ErrorSummary title="There is a problem" errors={problems} />}
        {note && <p className="max-w-text text-ink-muted">{note}</p>}
        <StepFields {...fields} />
        <div className="flex flex-wrap items-center gap-3 border-t border-border pt-5">
          {buttons.map(({ label, action: value }, index) => (
            <Button key={value} name="action" value={value} variant={index === 0 ? "primary" : "secondary"}>{label}</Button>
          ))}
          {status}
        </div>
      </form>
    </Plate>
  );
}
