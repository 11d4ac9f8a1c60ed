import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { findRegistrationProblem } from "#lib/legrand/reply-url-requests/find-registration-problem.ts";
import { needsPassword } from "#lib/legrand/reply-url-requests/needs-password.ts";
import { openRequest, type RequestEnd } from "#lib/legrand/reply-url-requests/open-request.ts";
import { registerPath } from "#lib/legrand/reply-url-requests/register-path.ts";
import { explainReplyUrl, type ExplainedReplyUrl } from "#lib/legrand/reply-urls/explain-reply-url.ts";

/** The question whether a reply URL is to be registered, as its page shows it. */
export type DescribedQuestion = {
  name: string;
  /** Where the developer goes who does not register it: the reply URLs of the application. */
  keepHref: string;
} & (
  | { refusal: { title: string; sentence: string } }
  | {
      refusal: null;
      explained: ExplainedReplyUrl;
      action: string;
      ticket: string;
      email: string;
      isPasswordNeeded: boolean;
    }
);

const ENDED: Record<RequestEnd, { title: string; sentence: string }> = {
  unknown: {
    title: "We do not know this request",
    sentence: "It was made in another session, or it ended long ago. Nothing was registered.",
  },
  used: {
    title: "This request was used already",
    sentence: "Its reply URL was registered then, and the request went on. Nothing more was changed.",
  },
  expired: {
    title: "This request has expired",
    sentence: "You had ten minutes from when you saw the error. Nothing was registered.",
  },
  changed: {
    title: "The application has changed",
    sentence:
      "It was edited after you saw the error, so the comparison may be wrong. Nothing was registered.",
  },
};

/** Describes the question for the stored request that `ticket` names, or why nothing can be registered. */
export async function describeQuestion(
  account: LegrandAccount,
  application: OwnedApplication,
  { ticket, headers }: { ticket: string; headers: Headers },
): Promise<DescribedQuestion> {
  const { name, clientId, replyUrls, url } = application;
  const common = { name, keepHref: applicationPath(clientId, "reply-urls-and-scopes") };
  const request = await openRequest(account, application, ticket);
  if (!request.ok) return { ...common, refusal: ENDED[request.end] };
  const problem = findRegistrationProblem(application, request.redirectUri);
  if (problem)
    return { ...common, refusal: { title: "This reply URL cannot be registered", sentence: problem } };
  return {
    ...common,
    refusal: null,
    explained: explainReplyUrl(request.redirectUri, { replyUrls, url }),
    action: `${registerPath(clientId)}/submit`,
    ticket,
    email: account.email,
    isPasswordNeeded: await needsPassword(headers),
  };
}
