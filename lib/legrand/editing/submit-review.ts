import { answerInvalid, seeOther } from "#lib/http/form-post.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import { findOwned, type OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { SECRET_LIFETIMES_DAYS } from "#lib/legrand/client-secrets/client-secret-constants.ts";
import { requestSecret } from "#lib/legrand/client-secrets/request-secret.ts";
import { listSecrets } from "#lib/legrand/client-secrets/store.ts";
import { stepPath } from "#lib/legrand/editing/step-path.ts";
import { registerDraft } from "#lib/legrand/editing/registration.store.ts";
import { PORTAL } from "#lib/legrand/portal/return-to.ts";

const FIRST_SECRET = { label: "First secret", lifetimeDays: SECRET_LIFETIMES_DAYS[0] };

/** Does what the button of the review page asks for; **Validate** by default. */
export async function submitReview(
  account: LegrandAccount,
  form: URLSearchParams,
): Promise<string | Response> {
  const id = form.get("draft");
  if (!id) return answerInvalid(422, "The draft is missing.");
  if (form.get("action") === "previous") return stepPath("scopes", id);
  if (form.get("action") === "cancel") return PORTAL;
  return validateDraft(account, id, form.get("reviewed"));
}

/**
 * **Validate**: registers the application and redirects to its details, which show its first secret once. If
 * it is pressed again, by a double click, in a second tab or after going back, it leads to the same page, and
 * asks for a secret only while the application has none. `reviewed` is the version that the review page
 * carries. Without it, an incomplete draft was sent past the form, and is refused.
 */
async function validateDraft(
  account: LegrandAccount,
  id: string,
  reviewed: string | null,
): Promise<string | Response> {
  const outcome = await registerDraft(account, id, reviewed);
  if (outcome === "incomplete" && reviewed === null) return answerInvalid(422, "The draft is not complete.");
  if (outcome === "incomplete" || outcome === "changed" || outcome === "too_many")
    return stepPath("review", id, { check: true });
  const application = await findOwned(account, id);
  return application ? showDetails(application, account) : answerInvalid(404, "Draft not found.");
}

async function showDetails(
  application: OwnedApplication,
  account: LegrandAccount,
): Promise<string | Response> {
  const details = applicationPath(application.clientId);
  if ((await listSecrets(application)).length > 0) return details;
  const secret = await requestSecret(application, account, FIRST_SECRET);
  return secret.ok ? seeOther(details, secret.cookie) : details;
}
