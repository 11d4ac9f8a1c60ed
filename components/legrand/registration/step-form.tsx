import type { ReactNode } from "react";

import { Button } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { Plate } from "#components/ui/plate.tsx";

export type StepButton = { label: string; action: string };

export type StepFormProps = {
  /** For the islands that read along. */
  id: string;
  action: string;
  title: string;
  hidden: Record<string, string>;
  errors: { message: string; href?: string }[];
  /** The first one is what the form is for, and what Enter presses. */
  buttons: [StepButton, ...StepButton[]];
  hasFile?: boolean;
  children: ReactNode;
  /** Beside the buttons. */
  status?: ReactNode;
};

/** One step of a registration, or of editing one: a plain form whose button says what becomes of it. */
export function StepForm({ id, action, title, hidden, errors, buttons, hasFile, children, status }: StepFormProps) {
  return (
    <Plate as="section" className="p-5">
      {/* noValidate: what is wrong is said in our words, with everything typed still there. */}
      <form id={id} method="post" action={action} encType={hasFile ? "multipart/form-data" : undefined} noValidate className="grid grid-cols-1 gap-5">
        {/* Enter presses a form's first submit button (HTML, "implicit submission"), which would be one inside the fields. */}
        <button name="action" value={buttons[0].action} hidden />
        {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <h2 className="text-lg">{title}</h2>
        {errors.length > 0 && <ErrorSummary title="There is a problem" errors={errors} />}
        {children}
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
