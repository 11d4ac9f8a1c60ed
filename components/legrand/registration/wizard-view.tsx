import type { ReactNode } from "react";

import { PortalHeading } from "#components/legrand/applications/portal-heading.tsx";
import { Stepper, type StepperStep } from "#components/ui/stepper.tsx";

/** The pages of a registration: which step, and what it asks. */
export function WizardView({ steps, children }: { steps: StepperStep[]; children: ReactNode }) {
  return (
    <>
      <PortalHeading title="Request New Application" />
      <div className="grid grid-cols-1 gap-6">
        <div className="max-w-text">
          <Stepper label="Steps" steps={steps} />
        </div>
        {children}
      </div>
    </>
  );
}

/** What one fills in, beside or above what comes of it. */
export function WithPreview({ children, preview }: { children: ReactNode; preview: ReactNode }) {
  return (
    <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)]">
      {children}
      {/* Goes along with the lower fields, as far as there is room. */}
      <div className="min-w-0 lg:sticky lg:top-6">{preview}</div>
    </div>
  );
}
