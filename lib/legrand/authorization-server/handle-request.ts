import { clientNetwork } from "#lib/http/client-address.ts";
import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { answerFailure, answerUnreadable } from "#lib/http/form-post.ts";
import { UnreadableRequestError } from "#lib/http/read-body.ts";
import {
  answerAuthorizationRequest,
  resumeAuthorizationRequest,
} from "#lib/legrand/authorization-server/answer-authorization-request.ts";
import { answerMetadata, asksForMetadata } from "#lib/legrand/authorization-server/answer-metadata.ts";
import { answerOtherRequest } from "#lib/legrand/authorization-server/answer-other-request.ts";
import { answerTokenRequest } from "#lib/legrand/authorization-server/answer-token-request.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import {
  describeSent,
  describeUnread,
  noteAttempt,
  noteUnreadable,
  type SentRequest,
} from "#lib/legrand/authorization-server/note-attempt.ts";
import { readRequest, type ReadRequest } from "#lib/legrand/authorization-server/read-request.ts";
import { newRequestScope, runInRequestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { answerShownError } from "#lib/legrand/authorization-server/shown-error.ts";

/**
 * Answers a request to an endpoint of the authorization server. Each kind of request has a file that lists
 * its steps in order: `answer-authorization-request.ts`, `answer-token-request.ts`, `answer-other-request.ts`
 * and `answer-metadata.ts`. In all of them, `oidc-provider` decides, and what it decides to write is written in
 * one statement before the response. Never throws: an internal failure becomes a 500 or 503 with a request id.
 */
export function handleRequest(request: IncomingRequest): Promise<Response> {
  const scope = newRequestScope(clientNetwork(request.headers));
  return runInRequestScope(scope, () => answerOrExplain(request));
}

async function answerOrExplain(request: IncomingRequest): Promise<Response> {
  let sent: SentRequest | null = describeUnread(request);
  const answered = await readRequest(request)
    .then((read) => {
      sent = describeSent(read);
      return answer(read);
    })
    .catch(async (error: unknown) => {
      if (!(error instanceof UnreadableRequestError)) return answerFailure(request, error);
      await noteUnreadable(sent, error);
      return explainUnreadable(request, error);
    });
  noteAttempt(sent, answered);
  return answered;
}

/** Passes the request on by its kind. A token request is a form post (RFC 6749 §3.2). */
async function answer(read: ReadRequest): Promise<Response> {
  const { path, body } = read;
  if (path === ENDPOINTS.authorize) return answerAuthorizationRequest(read);
  if (path.startsWith(`${ENDPOINTS.authorize}/`)) return resumeAuthorizationRequest(read);
  if (path === ENDPOINTS.token && body) return answerTokenRequest({ ...read, body });
  return asksForMetadata(read) ? answerMetadata(read) : answerOtherRequest(read);
}

/**
 * Explains an unreadable request. Authorization requests come from a person's browser, which receives a page.
 * The other endpoints are called by programs.
 */
function explainUnreadable(request: IncomingRequest, error: UnreadableRequestError): Response {
  if (new URL(request.url).pathname !== ENDPOINTS.authorize) return answerUnreadable(error);
  const shown = { error: "invalid_request", description: error.message, clientId: null, redirectUri: null };
  return answerShownError(request.headers, shown, error.status);
}
