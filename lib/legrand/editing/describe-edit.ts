import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { refreshPolicyOf } from "#lib/legrand/applications/compatibility.ts";
import type { ActivationTime, RefreshPolicy } from "#lib/legrand/applications/compatibility-constants.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import type { FieldProblem } from "#lib/legrand/editing/check-draft.ts";
import { describePreview } from "#lib/legrand/editing/describe-preview.ts";
import type { DraftFields } from "#lib/legrand/editing/draft-schema.ts";
import { findLogoProblem } from "#lib/legrand/editing/logo-notice.ts";
import { checkEdit } from "#lib/legrand/editing/check-edit.ts";
import type { EditStep } from "#lib/legrand/editing/edit-step-schema.ts";
import { editPath } from "#lib/legrand/editing/edit-path.ts";
import { countGrantsWith, findEditDraft } from "#lib/legrand/editing/edit.store.ts";
import { listChanges, versionOfStep, type Change } from "#lib/legrand/editing/edit-values.ts";
import type { FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { findScope } from "#lib/legrand/scopes.ts";

/** One page of the editor as it is shown. */
export type DescribedEdit = {
  step: EditStep;
  name: string;
  fields: DraftFields;
  /** The choices on the Compatibility page. */
  compatibility: { refreshPolicy: RefreshPolicy; activationTime: ActivationTime };
  logoPath: string | null;
  problems: (Pick<FieldProblem, "field" | "message"> & { href: string })[];
  isChecked: boolean;
  /** True if the page shows values that were typed earlier and could not be saved. */
  isUnsaved: boolean;
  /**
   * Filled if this page was saved elsewhere after the form was opened. For each field that differs, it has
   * the stored value (`from`) and the value that was typed here (`to`).
   */
  conflict: Change[];
  /** Scopes that would be removed after the user confirms, and how many people granted one of them. */
  removal: { scopes: { name: string; label: string }[]; people: number } | null;
  preview: ReturnType<typeof describePreview>;
  action: string;
  hidden: Record<string, string>;
  details: string;
  /** The path of this page without the confirmation question. */
  back: string;
};

type Asked = {
  application: OwnedApplication;
  account: LegrandAccount;
  step: EditStep;
  isChecked: boolean;
  notice: FormNotice | null;
};

/**
 * Describes a page of the editor. It shows the stored values, replaced by what this user typed and could not
 * save.
 */
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
  const merged = {
    ...application,
    ...typed,
    scopeTerms: { ...application.scopeTerms, ...typed.scopeTerms },
  };
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
    // The form carries the stored version, because the page has shown it.
    hidden: { seen: versionOfStep(step, application) },
    details: applicationPath(clientId),
    back: editPath(clientId, step),
  };
}
