import { answerInvalid, seeOther } from "#lib/http/form-post.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import { formNotice, type FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { reenterPassword } from "#lib/legrand/portal/reenter-password.ts";
import { needsPassword } from "#lib/legrand/reply-url-requests/needs-password.ts";
import { openRequest } from "#lib/legrand/reply-url-requests/open-request.ts";
import { registerPath } from "#lib/legrand/reply-url-requests/register-path.ts";
import { registerRequestedUrl } from "#lib/legrand/reply-url-requests/store.ts";

/**
 * Registers the reply URL of a stored request, and lets the request run again: redirects to the authorization
 * endpoint with the parameters as they arrived, never to the reply URL itself. Everything is checked again:
 * the request, the password if the sign-in is older than 15 minutes, and the rules. If something is refused,
 * redirects to the question, which says why.
 */
export async function registerReplyUrl(
  account: LegrandAccount,
  application: OwnedApplication,
  { form, headers }: { form: URLSearchParams; headers: Headers },
): Promise<Response> {
  const ticket = form.get("request") ?? "";
  const question = registerPath(application.clientId, ticket);
  const request = await openRequest(account, application, ticket);
  if (!request.ok) return seeOther(question);
  if (await needsPassword(headers)) {
    const entered = await reenterPassword(account, form.get("current_password") ?? "", headers);
    if (!entered.ok) return seeOther(question, wrongPassword(application, entered.message));
  }
  const outcome = await registerRequestedUrl(account, application, {
    digest: request.digest,
    url: request.redirectUri,
  });
  if (outcome === "gone") return answerInvalid(404, "Application not found.");
  return seeOther(outcome === "registered" ? `${ENDPOINTS.authorize}?${request.query}` : question);
}

function wrongPassword({ clientId }: OwnedApplication, message: string): string {
  const notice: FormNotice = { tone: "error", fieldErrors: { current_password: message } };
  return formNotice(registerPath(clientId)).seal(notice);
}
