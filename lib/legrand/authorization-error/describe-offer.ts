import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import type { SealedError } from "#lib/legrand/authorization-server/shown-error.ts";
import { editPath } from "#lib/legrand/editing/edit-path.ts";
import { findRegistrationProblem } from "#lib/legrand/reply-url-requests/find-registration-problem.ts";
import { registerPath } from "#lib/legrand/reply-url-requests/register-path.ts";
import { sealReplyUrlRequest } from "#lib/legrand/reply-url-requests/sealed-request.ts";
import { REPLY_URL_MAX_LENGTH } from "#lib/legrand/reply-urls/reply-url-schema.ts";

/** What the developer of the application can do about the mismatch. */
export type RegistrationOffer = {
  /** Where the application is in the portal, and where its reply URLs are edited. */
  applicationHref: string;
  editHref: string;
} & (
  | {
      /** The form of **Register this reply URL**. */ form: { action: string; request: string };
      problem: null;
    }
  | { form: null; /** Why the reply URL cannot be registered. */ problem: string }
);

/** After the registration, the request must fit into the head of an HTTP request together with cookies. */
const LONGEST_QUERY = 12_000;

/**
 * Offers the developer to register the reply URL that was sent, or says why it cannot be registered. The
 * refused request is sealed for the form, so that it can run again.
 */
export function describeOffer(
  account: LegrandAccount,
  application: OwnedApplication,
  error: SealedError,
): RegistrationOffer {
  const { clientId } = application;
  const links = { applicationHref: applicationPath(clientId), editHref: editPath(clientId, "reply-urls") };
  const problem = findProblem(application, error);
  if (problem !== null) return { ...links, form: null, problem };
  const refused = { redirectUri: error.redirectUri ?? "", query: error.query ?? "" };
  const request = sealReplyUrlRequest(account, application, refused);
  return { ...links, form: { action: `${registerPath(clientId)}/start`, request }, problem: null };
}

function findProblem(application: OwnedApplication, error: SealedError): string | null {
  if (error.redirectUriLength > REPLY_URL_MAX_LENGTH)
    return `A reply URL has at most ${REPLY_URL_MAX_LENGTH.toLocaleString("en")} characters; this one has ${error.redirectUriLength.toLocaleString("en")}.`;
  if (error.query === null || error.query.length > LONGEST_QUERY)
    return "The request is too long to run again after the registration.";
  return findRegistrationProblem(application, error.redirectUri ?? "");
}
