import type { ReactNode } from "react";

import { PortalHeading } from "#components/legrand/applications/portal-heading.tsx";
import { Stepper, type StepperStep } from "#components/ui/stepper.tsx";

/** Lays out a page of a registration: the steps, and the content of the current one. */
export function WizardView({ steps, children }: { steps: StepperStep[]; children: ReactNode }) {
  return (
    <>
      <PortalHeading title="Request New Application" />
      <div className="grid grid-cols-1 gap-6">
        <Stepper label="Steps" steps={steps} />
        {children}
      </div>
    </>
  );
}

/** Shows the form next to or above its preview. */
export function WithPreview({ children, preview }: { children: ReactNode; preview: ReactNode }) {
  return (
    <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)]">
      {children}
      {/* Stays visible next to the lower fields, as far as there is space. */}
      <div className="min-w-0 lg:sticky lg:top-6">{preview}</div>
    </div>
  );
}
