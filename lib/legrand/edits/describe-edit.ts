import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { refreshPolicyOf } from "#lib/legrand/applications/compatibility.ts";
import type { ActivationTime, RefreshPolicy } from "#lib/legrand/applications/compatibility-constants.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import type { FieldProblem } from "#lib/legrand/drafts/check-draft.ts";
import { describePreview } from "#lib/legrand/drafts/describe-preview.ts";
import type { DraftFields } from "#lib/legrand/drafts/draft-schema.ts";
import { findLogoProblem } from "#lib/legrand/drafts/logo-notice.ts";
import { checkEdit } from "#lib/legrand/edits/check-edit.ts";
import { EDIT_STEPS, EDIT_WORDS, type EditStep } from "#lib/legrand/edits/edit-step-schema.ts";
import { editPath } from "#lib/legrand/edits/edit-path.ts";
import { countGrantsWith, findEditDraft } from "#lib/legrand/edits/store.ts";
import { listChanges, versionOfStep, type Change } from "#lib/legrand/edits/values.ts";
import type { FormNotice } from "#lib/legrand/form-notice.ts";
import { findScope } from "#lib/legrand/scopes.ts";

/** One page of the editor as it is shown. */
export type DescribedEdit = {
  step: EditStep;
  name: string;
  fields: DraftFields;
  /** What is chosen on the page of that name. */
  compatibility: { refreshPolicy: RefreshPolicy; activationTime: ActivationTime };
  logoPath: string | null;
  problems: (Pick<FieldProblem, "field" | "message"> & { href: string })[];
  isChecked: boolean;
  /** What is shown is not what is stored: it was typed earlier and could not be saved. */
  isUnsaved: boolean;
  /**
   * Somebody saved this page since the form was opened: what is stored (`from`), and what was typed here
   * (`to`).
   */
  conflict: Change[];
  /** Scopes that would go, to be agreed to first, and how many people granted one of them. */
  removal: { scopes: { name: string; label: string }[]; people: number } | null;
  preview: ReturnType<typeof describePreview>;
  action: string;
  hidden: Record<string, string>;
  pages: { word: string; href: string; isCurrent: boolean }[];
  details: string;
  /** This page without the question. */
  back: string;
};

type Asked = {
  application: OwnedApplication;
  account: LegrandAccount;
  step: EditStep;
  isChecked: boolean;
  notice: FormNotice | null;
};

/** What a page of the editor shows: what is stored, and over it what this person typed and could not save. */
export async function describeEdit({
  application,
  account,
  step,
  isChecked,
  notice,
}: Asked): Promise<DescribedEdit> {
  const { clientId } = application;
  const draft = await findEditDraft(application, account);
  const { seen, ...typed } = draft?.pages[step] ?? { seen: versionOfStep(step, application) };
  const merged = { ...application, ...typed };
  const fields = merged.replyUrls.length ? merged : { ...merged, replyUrls: [""] };
  const { problems, next } = checkEdit(step, application, typed);
  const logo = draft && step === "description" ? findLogoProblem(notice, draft) : null;
  const isConflict = seen !== versionOfStep(step, application);
  const removed =
    isChecked && next && !isConflict
      ? application.scopes.filter((scope) => !next.scopes.includes(scope))
      : [];
  return {
    step,
    fields,
    isChecked,
    compatibility: { refreshPolicy: refreshPolicyOf(merged), activationTime: merged.activationTime },
    name: application.name,
    logoPath: merged.logoPath,
    problems: [...(isChecked ? problems : []), ...(logo ? [{ field: "logo", message: logo }] : [])].map(
      (problem) => ({ ...problem, href: `#${problem.field}` }),
    ),
    isUnsaved: listChanges(step, application, merged).length > 0,
    conflict: isConflict ? listChanges(step, application, merged) : [],
    removal: removed.length
      ? {
          scopes: removed.map((name) => ({ name, label: findScope(name)?.label ?? name })),
          people: await countGrantsWith(application, removed),
        }
      : null,
    preview: describePreview(account, fields, merged.logoPath),
    action: `${editPath(clientId, step)}/submit`,
    // What is stored now has been seen, once the page showed it.
    hidden: { seen: versionOfStep(step, application) },
    pages: EDIT_STEPS.map((one) => ({
      word: EDIT_WORDS[one],
      href: editPath(clientId, one),
      isCurrent: one === step,
    })),
    details: applicationPath(clientId),
    back: editPath(clientId, step),
  };
}
