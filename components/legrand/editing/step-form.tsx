import type { ReactNode } from "react";

import { Button } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Plate } from "#components/ui/plate.tsx";

export type StepButton = { label: string; action: string };

/** The id of the form, for the client components that read its fields. */
export const FORM_ID = "step";

type StepFormProps = {
  title: string;
  /** True if the form has a file field. */
  isUpload: boolean;
  action: string;
  hidden: Record<string, string>;
  problems: { field: string; message: string; href?: string }[];
  /** The first button is the form's main action, which Enter presses. */
  buttons: [StepButton, ...StepButton[]];
  /** A note above the fields that says what saving them does. */
  note?: string | null;
  /** Shown next to the buttons. */
  status?: ReactNode;
  /** The fields. */
  children: ReactNode;
};

/** Shows one step of a registration or an edit as a plain form. Each button says what it does. */
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
      {/* noValidate: we describe errors in our own words, and keep everything that was typed. */}
      <form
        id={FORM_ID}
        method="post"
        action={action}
        encType={isUpload ? "multipart/form-data" : undefined}
        noValidate
        className="grid grid-cols-1 gap-5"
      >
        {/* Enter presses a form's first submit button (HTML "implicit submission"), which would be one
            inside the fields. */}
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
