import type { ReactNode } from "react";

import { Button } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Plate } from "#components/ui/plate.tsx";

export type StepButton = { label: string; action: string };

/** Of the form, for the islands that read along. */
export const FORM_ID = "step";

type StepFormProps = {
  title: string;
  /** It has a field for a file. */
  isUpload: boolean;
  action: string;
  hidden: Record<string, string>;
  problems: { field: string; message: string; href?: string }[];
  /** The first one is what the form is for, and what Enter presses. */
  buttons: [StepButton, ...StepButton[]];
  /** Above the fields: what saving them does. */
  note?: string | null;
  /** Beside the buttons. */
  status?: ReactNode;
  /** The fields. */
  children: ReactNode;
};

/** One step of a registration, or of editing one: a plain form whose button says what becomes of it. */
export function StepForm({
  title,
  isUpload,
  action,
  hidden,
  problems,
  buttons,
  note,
  status,
  children,
}: StepFormProps) {
  return (
    <Plate as="section" className="p-5">
      {/* noValidate: what is wrong is said in our words, with everything typed still there. */}
      <form
        id={FORM_ID}
        method="post"
        action={action}
        encType={isUpload ? "multipart/form-data" : undefined}
        noValidate
        className="grid grid-cols-1 gap-5"
      >
        {/* Enter presses a form's first submit button (HTML, "implicit submission"), which would be one inside the fields. */}
        <button name="action" value={buttons[0].action} hidden />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <h2 className="text-lg">{title}</h2>
        {problems.length > 0 && <ErrorSummary title="There is a problem" errors={problems} />}
        {note && <p className="max-w-text text-ink-muted">{note}</p>}
        {children}
        <div className="flex flex-wrap items-center gap-3 border-t border-border pt-5">
          {buttons.map(({ label, action: value }, index) => (
            <Button key={value} name="action" value={value} variant={index === 0 ? "primary" : "secondary"}>
              {label}
            </Button>
          ))}
          {status}
        </div>
      </form>
    </Plate>
  );
}
