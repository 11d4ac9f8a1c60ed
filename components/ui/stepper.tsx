import { Icon } from "#components/ui/icon.tsx";

export type StepperStep = {
  word: string;
  /** Null if the step cannot be opened yet. */
  href: string | null;
  state: "done" | "current" | "open";
};

/**
 * Shows the current position in a sequence of pages. The words are below the marks, so that four of them fit
 * on a phone.
 */
export function Stepper({ label, steps }: { label: string; steps: StepperStep[] }) {
  return (
    <nav aria-label={label}>
      <ol className="isolate flex">
        {steps.map((step, index) => (
          <li key={step.word} className="group relative flex flex-1 justify-center">
            <span
              aria-hidden="true"
              className="absolute top-[21px] right-1/2 -z-1 w-full border-t border-border-strong group-first:hidden"
            />
            <StepLink step={step} number={index + 1} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

const LINK =
  "relative grid min-w-0 justify-items-center gap-1 rounded-control px-1 py-1.5 text-center text-sm";

function StepLink({ step: { word, href, state }, number }: { step: StepperStep; number: number }) {
  const content = (
    <>
      <StepMark state={state} number={number} />
      <span>{word}</span>
      {state === "done" && <span className="sr-only">, complete</span>}
    </>
  );
  const look = `${LINK} ${state === "current" ? "font-semibold text-ink" : "text-ink-muted"}`;
  if (!href)
    return (
      <span className={look} aria-current={state === "current" ? "step" : undefined}>
        {content}
      </span>
    );
  return (
    <a
      href={href}
      className={`${look} no-underline transition-colors hover:text-ink hover:underline`}
      aria-current={state === "current" ? "step" : undefined}
    >
      {content}
    </a>
  );
}

const MARKS = {
  done: "border-success bg-success-soft text-success",
  current: "border-brand bg-surface text-ink",
  open: "border-border-strong bg-surface text-ink-muted",
} as const;

function StepMark({ state, number }: { state: StepperStep["state"]; number: number }) {
  return (
    <span
      aria-hidden="true"
      className={`grid size-8 place-items-center rounded-full border-2 font-semibold ring-6 ring-canvas ${MARKS[state]}`}
    >
      {state === "done" ? <Icon name="check" className="size-4" /> : number}
    </span>
  );
}
