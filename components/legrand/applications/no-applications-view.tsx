import { ButtonLink } from "#components/ui/button.tsx";
import { LineDrawing } from "#components/ui/drawing.tsx";
import { Plate } from "#components/ui/plate.tsx";

const STEPS = [
  {
    act: "Register your application.",
    detail:
      "Its name and description, which people see when they are asked, and the addresses that they return to.",
  },
  {
    act: "Check the scopes.",
    detail: "What it may see and control in people's homes: the smallest set that works.",
  },
  {
    act: "Get its details.",
    detail: "The client ID and the client secret, with settings to paste into your code.",
  },
];

/** Shows the three steps of the tutorial to a developer without applications. */
export function NoApplicationsView() {
  return (
    <Plate as="section" edge="legrand" className="p-5 pt-6 sm:p-8">
      <LineDrawing
        name="no-application"
        party="legrand"
        className="float-right -mt-1 max-sm:float-none max-sm:mb-3"
      />
      <h2 className="text-lg">Register your first application</h2>
      <p className="mt-1 max-w-text text-ink-muted">
        An application is anything that asks people for access to their home. Three steps to your first token:
      </p>
      <ol className="my-5 grid gap-3">
        {STEPS.map(({ act, detail }, index) => (
          <li key={act} className="flex gap-3">
            <span
              aria-hidden="true"
              className="grid size-6 flex-none place-items-center rounded-full border border-border-strong text-xs font-semibold text-ink-muted"
            >
              {index + 1}
            </span>
            <span className="max-w-text">
              <span className="font-semibold">{act}</span> {detail}
            </span>
          </li>
        ))}
      </ol>
      <ButtonLink href="/legrand/applications/new">Request New Application</ButtonLink>
    </Plate>
  );
}
