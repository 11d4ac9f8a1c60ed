import { answerInvalid } from "#lib/http/form-post.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { FormStep } from "#lib/legrand/editing/draft-schema.ts";
import { isUntouched, keepTyped } from "#lib/legrand/editing/keep-typed.ts";
import { readStep } from "#lib/legrand/editing/read-step.ts";

const NO_STORE = { headers: { "cache-control": "no-store" } };

/**
 * Saves what is being typed, without checking it. Responds with the id of the draft, or null for an empty
 * form.
 */
export async function autosave(
  account: LegrandAccount,
  step: FormStep,
  form: URLSearchParams,
): Promise<Response> {
  const read = readStep(step, form);
  if (!read.ok) return answerInvalid(422, read.sentence);
  if (isUntouched(form, read.fields)) return Response.json({ draft: null }, NO_STORE);
  const kept = await keepTyped(account, form, read.fields);
  if (kept.ok) return Response.json({ draft: kept.id }, NO_STORE);
  return kept.reason === "too_many"
    ? answerInvalid(409, "The account has the maximum number of drafts.")
    : answerInvalid(404, "Draft not found.");
}
