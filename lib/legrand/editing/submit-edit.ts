import { answerInvalid, seeOther } from "#lib/http/form-post.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { answerRefusedLogo } from "#lib/legrand/editing/logo-notice.ts";
import { readLogo } from "#lib/legrand/editing/read-logo.ts";
import { hasReplyUrlButton, pressReplyUrlButton } from "#lib/legrand/editing/reply-url-buttons.ts";
import type { SentStep } from "#lib/legrand/editing/submit-step.ts";
import type { EditStep } from "#lib/legrand/editing/edit-step-schema.ts";
import { readEdit } from "#lib/legrand/editing/read-edit.ts";
import type { TypedEdit } from "#lib/legrand/editing/check-edit.ts";
import { editPath, TAB_OF_STEP } from "#lib/legrand/editing/edit-path.ts";
import { dropEditDraft, findEditDraft, keepEditDraft, saveEdit } from "#lib/legrand/editing/edit.store.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";

/** The form of one page of the editor as it was sent. */
type SentEdit = Omit<SentStep, "step"> & { step: EditStep };

/**
 * Does what the pressed button of an editor page says. Input that cannot be saved (it has errors, conflicts
 * with a save since, or removes a scope without confirmation) is kept, and the page shows why. Returns where
 * the browser goes, or an error for a form that no page of this project sends; such a form changes nothing.
 */
export async function submitEdit(
  application: OwnedApplication,
  account: LegrandAccount,
  sent: SentEdit,
): Promise<string | Response> {
  const { step, form } = sent;
  if (form.get("action") === "cancel") {
    await dropEditDraft(application, account, step);
    return applicationPath(application.clientId, TAB_OF_STEP[step]);
  }
  const read = readEdit(step, form);
  const seen = form.get("seen");
  if (!read.ok) return answerInvalid(422, read.sentence);
  if (!seen)
    return answerInvalid(422, "The form does not say which version of the application it was filled in for.");
  if (step === "reply-urls" && hasReplyUrlButton(form))
    return press(application, account, form, read.fields.replyUrls!, seen);
  return step === "description"
    ? submitDescription(application, account, sent, read.fields, seen)
    : save(application, account, sent, read.fields, seen);
}

async function press(
  application: OwnedApplication,
  account: LegrandAccount,
  form: URLSearchParams,
  urls: string[],
  seen: string,
): Promise<string | Response> {
  const pressed = pressReplyUrlButton(form, urls, application.type);
  if (!pressed) return answerInvalid(422, "Unknown button.");
  const draft = await keepEditDraft(application, account, {
    step: "reply-urls",
    seen,
    typed: { replyUrls: pressed.replyUrls },
  });
  if (!draft) return answerGone();
  return editPath(application.clientId, "reply-urls", { field: `reply-url-${pressed.focus}` });
}

async function submitDescription(
  application: OwnedApplication,
  account: LegrandAccount,
  sent: SentEdit,
  fields: TypedEdit,
  seen: string,
): Promise<string | Response> {
  const { form, file, size } = sent;
  const before = (await findEditDraft(application, account))?.pages.description;
  const logo = await readLogo(form, file);
  // A logo that was chosen or removed in an earlier attempt stays chosen or removed.
  const kept = before ? before.logoPath : application.logoPath;
  const typed = {
    ...fields,
    logoPath:
      (logo.ok ? logo.logoPath : undefined) === undefined
        ? (kept ?? null)
        : (logo as { logoPath: string | null }).logoPath,
  };
  if (logo.ok && form.get("action") !== "remove-logo") return save(application, account, sent, typed, seen);
  const draft = await keepEditDraft(application, account, { step: "description", seen, typed });
  if (!draft) return answerGone();
  if (logo.ok) return editPath(application.clientId, "description", { field: "logo" });
  return answerRefusedLogo(
    editPath(application.clientId, "description", { check: true }),
    draft,
    logo.message,
    size,
  );
}

async function save(
  application: OwnedApplication,
  account: LegrandAccount,
  { step, form }: SentEdit,
  typed: TypedEdit,
  seen: string,
): Promise<string | Response> {
  const outcome = await saveEdit(application, account, {
    step,
    seen,
    typed,
    confirmed: form.getAll("confirmed"),
  });
  const tab = applicationPath(application.clientId, TAB_OF_STEP[step]);
  if (outcome === "gone") return answerGone();
  if (outcome === "unchanged") return tab;
  if (outcome === "saved")
    return seeOther(tab, formNotice(tab).seal({ tone: "success", message: "Your changes are saved." }));
  const kept = await keepEditDraft(application, account, { step, seen, typed });
  return kept ? editPath(application.clientId, step, { check: true }) : answerGone();
}

/** The response if the application was deleted while its form was being sent. */
const answerGone = () => answerInvalid(404, "Application not found.");
