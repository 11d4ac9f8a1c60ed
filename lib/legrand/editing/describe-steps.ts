import type { FieldProblem } from "#lib/legrand/editing/check-draft.ts";
import { stepPath } from "#lib/legrand/editing/step-path.ts";
import { STEPS, STEP_WORDS, type FormStep, type Step } from "#lib/legrand/editing/draft-schema.ts";

/** One step as the stepper shows it. */
type ShownStep = { word: string; href: string | null; state: "done" | "current" | "open" };

/**
 * Describes the steps for the stepper. Once there is a draft, every other step is a link. A step is done when
 * something was typed into it and it has no errors.
 */
export function describeSteps(
  current: Step,
  draft: { id: string; typedSteps: FormStep[] } | null,
  problems: FieldProblem[],
): ShownStep[] {
  const isDone = (step: Step) =>
    draft?.typedSteps.some((typed) => typed === step) && problems.every((problem) => problem.step !== step);
  return STEPS.map((step) => ({
    word: STEP_WORDS[step],
    href: draft && step !== current ? stepPath(step, draft.id) : null,
    state: step === current ? "current" : isDone(step) ? "done" : "open",
  }));
}
