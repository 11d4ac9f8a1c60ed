import { Icon } from "#components/ui/icon.tsx";

export type StepperStep = {
  word: string;
  /** Null if the step cannot be opened yet. */
  href: string | null;
  state: "done" | "current" | "open";
};

/**
 * Shows the current position in a sequence of pages. Each step is a part of one line across the whole page,
 * with its word below, so that four of them fit on a phone.
 */
export function Stepper({ label, steps }: { label: string; steps: StepperStep[] }) {
  return (
    <nav aria-label={label}>
      <ol className="grid auto-cols-fr grid-flow-col gap-2 sm:gap-3">
        {steps.map((step, index) => (
          <li key={step.word} className="grid min-w-0">
            <StepLink step={step} number={index + 1} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

// A border instead of a background, so that it stays visible with forced colours.
const LINES = {
  done: "border-success text-ink-muted",
  current: "border-brand font-semibold text-ink",
  open: "border-border text-ink-muted",
} as const;

function StepLink({ step: { word, href, state }, number }: { step: StepperStep; number: number }) {
  const look = `flex min-h-10 gap-1.5 border-t-4 pt-2 text-sm max-sm:flex-col max-sm:gap-0 pointer-coarse:min-h-11 ${LINES[state]}`;
  const current = state === "current" ? "step" : undefined;
  const content = (
    <>
      <StepMark state={state} number={number} />
      <span className="min-w-0">
        {word}
        {state === "done" && <span className="sr-only">, complete</span>}
      </span>
    </>
  );
  if (!href)
    return (
      <span className={look} aria-current={current}>
        {content}
      </span>
    );
  return (
    <a
      href={href}
      className={`${look} no-underline transition-colors hover:text-ink hover:underline`}
      aria-current={current}
    >
      {content}
    </a>
  );
}

function StepMark({ state, number }: { state: StepperStep["state"]; number: number }) {
  return (
    <span aria-hidden="true" className="flex h-5 flex-none items-center">
      {state === "done" ? <Icon name="check" className="size-4 text-success" /> : `${number}.`}
    </span>
  );
}
