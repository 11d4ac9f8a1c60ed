import type { ReactNode } from "react";
import { LineDrawing } from "#components/ui/drawing.tsx";
import { HandOver } from "#components/ui/hand-over.tsx";
import { Plate } from "#components/ui/plate.tsx";

const STEPS = [
  "You sign in at Legrand. Connect never sees your password.",
  "Legrand asks what you allow. Untick anything that you do not want to allow.",
  "You return here, and see exactly what was granted.",
];

export function NoAccountView({ connectAction }: { connectAction: ReactNode }) {
  return (
    <Plate as="section" edge="connect" className="p-5 pt-6 sm:p-8">
      <LineDrawing
        name="not-connected"
        party="connect"
        className="float-right -mt-1 max-sm:float-none max-sm:mb-3"
      />
      <h2 className="text-lg">No Legrand account is connected yet</h2>
      <p className="mt-1 text-ink-muted">Connecting one takes about a minute:</p>
      <ol className="my-5 grid gap-3">
        {STEPS.map((step, index) => (
          <li key={step} className="flex gap-3">
            <span
              aria-hidden="true"
              className="grid size-6 flex-none place-items-center rounded-full border border-border-strong text-xs font-semibold text-ink-muted"
            >
              {index + 1}
            </span>
            {step}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        {connectAction}
        <HandOver>You will be taken to Legrand.</HandOver>
      </div>
    </Plate>
  );
}
