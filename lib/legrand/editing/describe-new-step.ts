import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { checkDraft, type FieldProblem } from "#lib/legrand/editing/check-draft.ts";
import { describePreview } from "#lib/legrand/editing/describe-preview.ts";
import { stepPath } from "#lib/legrand/editing/step-path.ts";
import {
  EMPTY_FIELDS,
  FORM_STEPS,
  STEPS,
  STEP_WORDS,
  type DraftFields,
  type FormStep,
  type Step,
} from "#lib/legrand/editing/draft-schema.ts";
import { findLogoProblem } from "#lib/legrand/editing/logo-notice.ts";
import type { OpenedDraft } from "#lib/legrand/editing/open-draft.ts";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { APPLICATION_LIMIT, hasAllApplications } from "#lib/legrand/editing/registration.store.ts";
import { versionOf } from "#lib/legrand/editing/registered-version.ts";
import { PORTAL } from "#lib/legrand/portal/return-to.ts";

/** A step of a new registration, as its page shows it. */
export type NewStep = {
  step: Step;
  fields: DraftFields;
  logoPath: string | null;
  steps: ReturnType<typeof describeSteps>;
  /**
   * Problems to show at the fields. The review page shows all of them; another page shows its own after the
   * user has asked for a check.
   */
  problems: (FieldProblem & { href: string })[];
  isChecked: boolean;
  preview: ReturnType<typeof describePreview>;
  action: string;
  saveAction: string;
  hidden: Record<string, string>;
  paths: Record<FormStep, string>;
};

type Asked = {
  account: LegrandAccount;
  step: Step;
  opened: Extract<OpenedDraft, { state: "draft" | "new" }>;
  isChecked: boolean;
  notice: FormNotice | null;
};

/**
 * Returns what the page of a step shows: what the user typed, what is wrong with it, and where its forms
 * lead.
 */
export async function describeNewStep({ account, step, opened, isChecked, notice }: Asked): Promise<NewStep> {
  const draft = opened.state === "draft" ? opened.draft : null;
  const { fields, logoPath, id } = draft ?? { fields: EMPTY_FIELDS, logoPath: null, id: null };
  const { problems } = checkDraft(fields);
  const address = stepPath(step, null);
  const logo = draft && step === "description" ? findLogoProblem(notice, draft) : null;
  const shown = [
    ...problems.filter((problem) => step === "review" || (isChecked && problem.step === step)),
    ...(logo ? [{ step: "description" as const, field: "logo", message: logo }] : []),
  ];
  return {
    step,
    fields,
    logoPath,
    isChecked,
    steps: describeSteps(step, draft, problems),
    problems: [
      ...shown.map((problem) => ({
        ...problem,
        href:
          step === "review"
            ? stepPath(problem.step, id, { check: true, field: problem.field })
            : `#${problem.field}`,
      })),
      ...(step === "review" && (await hasAllApplications(account)) ? [TOO_MANY] : []),
    ],
    preview: describePreview(account, fields, logoPath),
    action: `${address}/submit`,
    saveAction: `${address}/save`,
    hidden: {
      ...(opened.state === "new" ? { ticket: opened.ticket } : { draft: opened.draft.id }),
      ...(step === "review" ? { reviewed: versionOf({ ...fields, logoPath }) } : {}),
    },
    paths: Object.fromEntries(FORM_STEPS.map((one) => [one, stepPath(one, id)])) as Record<FormStep, string>,
  };
}

const TOO_MANY = {
  step: "description" as const,
  field: "",
  href: PORTAL,
  message: `An account can have at most ${APPLICATION_LIMIT} applications. Delete one that you do not need. This one stays a draft.`,
};

/** One step as the stepper shows it. */
type ShownStep = { word: string; href: string | null; state: "done" | "current" | "open" };

/**
 * Describes the steps for the stepper. Once there is a draft, every other step is a link. A step is done when
 * something was typed into it and it has no errors.
 */
function describeSteps(
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
