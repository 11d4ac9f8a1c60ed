import { answerInvalid } from "#lib/http/form-post.ts";
import type { UploadedFile } from "#lib/http/read-upload.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { checkDraft } from "#lib/legrand/editing/check-draft.ts";
import { stepPath } from "#lib/legrand/editing/step-path.ts";
import { STEPS, type DraftFields, type FormStep } from "#lib/legrand/editing/draft-schema.ts";
import { answerNotKept, isUntouched, keepTyped } from "#lib/legrand/editing/keep-typed.ts";
import { answerRefusedLogo } from "#lib/legrand/editing/logo-notice.ts";
import { readLogo, type LogoChange } from "#lib/legrand/editing/read-logo.ts";
import { readStep } from "#lib/legrand/editing/read-step.ts";
import {
  hasReplyUrlButton,
  pressReplyUrlButton,
  type PressedButton,
} from "#lib/legrand/editing/reply-url-buttons.ts";
import { findDraft } from "#lib/legrand/editing/draft.store.ts";
import { PORTAL } from "#lib/legrand/portal/return-to.ts";

/** The form of a step as it was sent. */
export type SentStep = {
  step: FormStep;
  form: URLSearchParams;
  file: UploadedFile;
  /** Size of the whole body, in bytes. */
  size: number;
};

/**
 * Saves what was typed in a step, valid or not, and does what the pressed button says. Only **Next Page**
 * checks. Returns where the browser goes, or an error for a form that no page of this project sends; such a
 * form changes nothing.
 */
export async function submitStep(
  account: LegrandAccount,
  { step, form, file, size }: SentStep,
): Promise<string | Response> {
  const read = readStep(step, form);
  if (!read.ok) return answerInvalid(422, read.sentence);
  if (form.get("action") === "cancel" && isUntouched(form, read.fields)) return PORTAL;
  const pressed =
    step === "reply-urls" && hasReplyUrlButton(form) ? await press(account, form, read.fields) : undefined;
  if (pressed === null) return answerInvalid(422, "Unknown button.");
  const logo: LogoChange =
    step === "description" ? await readLogo(form, file) : { ok: true, logoPath: undefined };
  const kept = await keepTyped(
    account,
    form,
    pressed ? { replyUrls: pressed.replyUrls } : read.fields,
    logo.ok ? logo.logoPath : undefined,
  );
  if (!kept.ok) return answerNotKept(kept);
  if (pressed) return stepPath(step, kept.id, { field: `reply-url-${pressed.focus}` });
  return goOn(account, { id: kept.id, step, action: form.get("action"), logo, size });
}

async function press(
  account: LegrandAccount,
  form: URLSearchParams,
  { replyUrls = [] }: Partial<DraftFields>,
): Promise<PressedButton> {
  const draft = await findDraft(account, form.get("draft") ?? "");
  return pressReplyUrlButton(form, replyUrls, draft?.fields.type ?? "web");
}

type Stop = { id: string; step: FormStep; action: string | null; logo: LogoChange; size: number };

async function goOn(
  account: LegrandAccount,
  { id, step, action, logo, size }: Stop,
): Promise<string | Response> {
  if (action === "cancel") return PORTAL;
  if (action === "remove-logo") return stepPath(step, id, { field: "logo" });
  if (action === "previous") return stepPath(STEPS[STEPS.indexOf(step) - 1] ?? step, id);
  const draft = await findDraft(account, id);
  if (!draft) return answerNotKept({ ok: false, reason: "not_found" });
  const back = stepPath(step, id, { check: true });
  if (!logo.ok) return answerRefusedLogo(back, draft, logo.message, size);
  return checkDraft(draft.fields).problems.some((problem) => problem.step === step)
    ? back
    : stepPath(STEPS[STEPS.indexOf(step) + 1]!, id);
}
