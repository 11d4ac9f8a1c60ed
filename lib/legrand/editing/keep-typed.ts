import { randomUUID } from "node:crypto";

import { answerInvalid } from "#lib/http/form-post.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { describeTerms } from "#lib/legrand/applications/scope-terms-constants.ts";
import { findOwned } from "#lib/legrand/applications/owned.ts";
import { stepPath } from "#lib/legrand/editing/step-path.ts";
import { EMPTY_FIELDS, type DraftFields } from "#lib/legrand/editing/draft-schema.ts";
import { openDraftTicket } from "#lib/legrand/editing/draft-ticket.ts";
import { createDraft, saveDraft } from "#lib/legrand/editing/draft.store.ts";

/** The draft into which the typed fields were saved, or why they were not saved. */
export type Kept = { ok: true; id: string } | NotKept;
type NotKept =
  { ok: false; reason: "not_found" | "too_many" } | { ok: false; reason: "registered"; clientId: string };

/**
 * Saves the fields of a form in the draft that it names. The first form of a registration creates the draft.
 * `logoPath` changes only if given.
 */
export async function keepTyped(
  account: LegrandAccount,
  form: URLSearchParams,
  fields: Partial<DraftFields>,
  logoPath?: string | null,
): Promise<Kept> {
  const id = form.get("draft");
  if (id !== null)
    return (await saveDraft(account, id, fields, logoPath)) ? { ok: true, id } : explain(account, id);
  const fresh = form.has("ticket") ? openDraftTicket(account, form.get("ticket")) : randomUUID();
  if (!fresh) return { ok: false, reason: "not_found" };
  const outcome = await createDraft(account, fresh, fields, logoPath);
  if (outcome === "saved") return { ok: true, id: fresh };
  return outcome === "registered" ? explain(account, fresh) : { ok: false, reason: outcome };
}

/** True if the user only looked at the form. A first form without changes creates no draft. */
export function isUntouched(form: URLSearchParams, fields: Partial<DraftFields>): boolean {
  const comparable = ({ scopeTerms, ...rest }: DraftFields) =>
    JSON.stringify({ ...rest, terms: describeTerms(Object.keys(scopeTerms), scopeTerms) });
  return !form.has("draft") && comparable({ ...EMPTY_FIELDS, ...fields }) === comparable(EMPTY_FIELDS);
}

/** Returns where the browser goes when nothing was saved, or the error response. */
export function answerNotKept(outcome: NotKept): string | Response {
  if (outcome.reason === "registered") return applicationPath(outcome.clientId);
  // The page says that there are too many drafts, and what to do.
  return outcome.reason === "too_many"
    ? stepPath("description", null)
    : answerInvalid(404, "Draft not found.");
}

async function explain(account: LegrandAccount, id: string): Promise<NotKept> {
  return (await findOwned(account, id))
    ? { ok: false, reason: "registered", clientId: id }
    : { ok: false, reason: "not_found" };
}
