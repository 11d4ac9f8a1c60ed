import { descriptionSchema } from "#lib/legrand/applications/description-schema.ts";
import { checkReplyUrls } from "#lib/legrand/reply-urls/reply-url-schema.ts";
import type { Compatibility } from "#lib/legrand/applications/compatibility.ts";
import { parseScopes } from "#lib/legrand/applications/scopes-schema.ts";
import {
  checkDraft,
  checkTerms,
  typedReplyUrls,
  type FieldProblem,
} from "#lib/legrand/editing/check-draft.ts";
import type { DraftFields } from "#lib/legrand/editing/draft-schema.ts";
import type { EditStep } from "#lib/legrand/editing/edit-step-schema.ts";
import type { Values } from "#lib/legrand/editing/edit-values.ts";

/** What was typed into one page of the editor. For the description, it includes the wanted logo. */
export type TypedEdit = Partial<DraftFields & Compatibility> & { logoPath?: string | null };

/**
 * Checks one page of the editor: its own fields and, if the type changes, whether the reply URLs are allowed
 * for the new type. `next` is the application after the edit, or null if there is a problem.
 */
export function checkEdit(
  step: EditStep,
  current: Values,
  typed: TypedEdit,
): { problems: FieldProblem[]; next: Values | null } {
  const merged = { ...current, ...typed, scopeTerms: { ...current.scopeTerms, ...typed.scopeTerms } };
  const problems = [
    ...checkDraft(merged).problems.filter((problem) => problem.step === step),
    ...problemsOfType(current, merged),
  ];
  return { problems, next: problems.length === 0 ? { ...current, ...read(step, merged) } : null };
}

function read(
  step: EditStep,
  merged: DraftFields & Compatibility & { logoPath: string | null },
): Partial<Values> {
  if (step === "compatibility")
    return { refreshPolicy: merged.refreshPolicy, activationTime: merged.activationTime };
  if (step === "description") return { ...descriptionSchema.parse(merged), logoPath: merged.logoPath };
  return step === "reply-urls" ? { replyUrls: typedReplyUrls(merged) } : readScopes(merged);
}

function readScopes(merged: DraftFields): Pick<Values, "scopes" | "scopeTerms"> {
  const scopes = parseScopes(merged.scopes)!;
  return { scopes, scopeTerms: checkTerms(scopes, merged.scopeTerms).terms };
}

function problemsOfType(current: Values, { type, replyUrls }: DraftFields): FieldProblem[] {
  if (type === current.type) return [];
  const [wrong] = checkReplyUrls(replyUrls, type).problems.flatMap((problem, index) =>
    problem ? [{ problem, url: replyUrls[index] }] : [],
  );
  return wrong
    ? [
        {
          step: "description",
          field: "type",
          message: `The reply URL ${wrong.url} is not allowed for this type of application: change the reply URLs first. ${wrong.problem.message}`,
        },
      ]
    : [];
}
