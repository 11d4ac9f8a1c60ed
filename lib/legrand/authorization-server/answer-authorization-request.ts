import { seeOther } from "#lib/http/form-post.ts";
import { askLibrary, toResponse } from "#lib/legrand/authorization-server/bridge.ts";
import { commitWrites } from "#lib/legrand/authorization-server/commit-writes.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import {
  completeAuthorizationRequest,
  orderResponse,
} from "#lib/legrand/authorization-server/legrand-rules.ts";
import { loadApplication } from "#lib/legrand/authorization-server/load-application.ts";
import { readAheadForAuthorization } from "#lib/legrand/authorization-server/read-ahead.ts";
import type { LibraryAnswer } from "#lib/legrand/authorization-server/provider.ts";
import {
  checkRequestSize,
  targetOf,
  type ReadRequest,
} from "#lib/legrand/authorization-server/read-request.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { answerNoSuchEndpoint, answerShownError } from "#lib/legrand/authorization-server/shown-error.ts";
import { findScope, parseScope } from "#lib/legrand/scopes.ts";

/**
 * Answers an authorization request that was read (RFC 6749 §4.1.1). The function lists the steps in order:
 * bounds, read ahead, complete, library, commit, conclude. The library redirects to an interaction if the
 * person has to sign in or to consent, and to the redirect URI otherwise.
 */
export async function answerAuthorizationRequest(request: ReadRequest): Promise<Response> {
  const { query, body, headers } = request;
  checkRequestSize(body ?? query);
  // A form post is an equivalent request (OpenID Connect Core §3.1.2.1). Redirecting to it as a URL makes the
  // browser send its Lax cookies.
  if (body) return seeOther(`${ENDPOINTS.authorize}?${body}`);
  const asReceived = query.toString();
  requestScope().unknownScopes = refusedScopes(parseScope(query.get("scope") ?? ""));
  const clientId = query.get("client_id");
  if (clientId) {
    await readAheadForAuthorization(clientId, headers.get("cookie"));
    completeAuthorizationRequest(query, await loadApplication(clientId));
  }
  const answer = await askLibrary(request);
  // If another request was first, the browser sends this one again.
  if (!(await commitWrites())) return seeOther(targetOf(request));
  const { shownError } = requestScope();
  // 401 would ask the browser for credentials that the person does not have.
  if (shownError) return answerShownError(headers, shownError, 400, asReceived);
  return conclude(request, answer);
}

/**
 * Resumes an authorization request after a sign-in or a consent: library, commit, conclude. If the step
 * failed, sends the person to the interaction's page, which knows if the interaction was answered, has
 * expired, or belongs to another browser.
 */
export async function resumeAuthorizationRequest(request: ReadRequest): Promise<Response> {
  const answer = await askLibrary(request);
  const isCommitted = await commitWrites();
  if (!isCommitted || requestScope().shownError)
    return seeOther(request.path.replace("/authorize/", "/interaction/"));
  return conclude(request, answer);
}

/**
 * Returns the requested scopes that are unknown and for which the request is refused (RFC 6749 §3.3). With
 * `openid`, unknown scopes are ignored, as OpenID Connect requires (Core §3.1.2.1): libraries send all the
 * scopes that they know, such as `address`, to every provider.
 */
function refusedScopes(requested: string[]): string[] {
  return requested.includes("openid") ? [] : requested.filter((scope) => !findScope(scope));
}

/** Puts the parameters of an authorization response in Legrand's order. Other responses stay as they are. */
function conclude({ headers }: ReadRequest, answer: LibraryAnswer): Response {
  if (answer.status === 404) return answerNoSuchEndpoint(headers);
  const { redirectUri } = requestScope();
  const { location } = answer.headers;
  return toResponse(
    redirectUri && typeof location === "string"
      ? { ...answer, headers: { ...answer.headers, location: orderResponse(location, redirectUri) } }
      : answer,
  );
}
