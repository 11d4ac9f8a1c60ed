import { clientNetwork } from "#lib/http/client-address.ts";
import { answerFailure, answerUnreadable, seeOther } from "#lib/http/form-post.ts";
import { UnreadableRequestError } from "#lib/http/read-body.ts";
import {
  isBasicWithoutSecret,
  tidyAuthorization,
} from "#lib/legrand/authorization-server/authorization-header.ts";
import { respond, toNode } from "#lib/legrand/authorization-server/bridge.ts";
import { concludeRequest } from "#lib/legrand/authorization-server/conclude-request.ts";
import { concludeTokenRequest } from "#lib/legrand/authorization-server/conclude-token-request.ts";
import { checkRequestSize } from "#lib/legrand/authorization-server/check-request-size.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import { answerShownError } from "#lib/legrand/authorization-server/error-answers.ts";
import { noteUse } from "#lib/legrand/authorization-server/note-use.ts";
import { acceptJson, forbidStoring } from "#lib/legrand/authorization-server/program-endpoints.ts";
import { getAuthorizationServer } from "#lib/legrand/authorization-server/provider.ts";
import { presentedClientId } from "#lib/legrand/authorization-server/read-ahead.ts";
import { completeRequest, readRequest } from "#lib/legrand/authorization-server/read-request.ts";
import {
  answerPaused,
  countTokenFailure,
  findPause,
} from "#lib/legrand/authorization-server/token-failures.ts";
import {
  newRequestScope,
  requestScope,
  runInRequestScope,
} from "#lib/legrand/authorization-server/request-scope.ts";

/**
 * Answers a request to an endpoint of the authorization server. It reads and bounds the request, completes it
 * as Legrand does, lets `oidc-provider` decide, and writes the decision in one statement before it responds.
 * Never throws: an internal failure becomes a 500 or 503 with a request id.
 */
export function handleRequest(request: Request): Promise<Response> {
  const scope = newRequestScope(clientNetwork(request.headers));
  return runInRequestScope(scope, async () =>
    forbidStoring(new URL(request.url).pathname, await answerOrExplain(request)),
  );
}

async function answerOrExplain(request: Request): Promise<Response> {
  try {
    return await answer(request);
  } catch (error) {
    return error instanceof UnreadableRequestError
      ? explainUnreadable(request, error)
      : answerFailure(request, error);
  }
}

/**
 * Explains an unreadable request. Authorization requests come from a person's browser, which receives a page.
 * The other endpoints are called by programs.
 */
function explainUnreadable(request: Request, error: UnreadableRequestError): Response {
  if (new URL(request.url).pathname !== ENDPOINTS.authorize) return answerUnreadable(error);
  const shown = { error: "invalid_request", description: error.message, clientId: null, redirectUri: null };
  return answerShownError(request, shown, error.status);
}

/**
 * Moves the client_id of a public client from `Authorization: Basic` into the body (RFC 6749 §2.3.1). If a
 * client uses `Authorization: Basic` to say that it has no secret, the library demands a secret.
 */
function nameClientInBody(body: URLSearchParams, headers: Headers): void {
  const authorization = headers.get("authorization");
  if (!requestScope().isPublicClient || !isBasicWithoutSecret(authorization)) return;
  const named = presentedClientId(new URLSearchParams(), authorization)!;
  // The library refuses a request that names two different clients.
  if ((body.get("client_id") || named) !== named) return;
  body.set("client_id", named);
  headers.delete("authorization");
}

async function answer(request: Request): Promise<Response> {
  const { method } = request;
  const headers = tidyAuthorization(new Headers(request.headers));
  const read = await readRequest(request);
  const { path, query, body } = read;
  if (path === ENDPOINTS.authorize) checkRequestSize(body ?? query);
  // A form post is an equivalent request (OpenID Connect Core §3.1.2.1). Redirecting to it as a URL makes the
  // browser send its Lax cookies.
  if (path === ENDPOINTS.authorize && body) return seeOther(`${ENDPOINTS.authorize}?${body}`);
  const clientId = body ? presentedClientId(body, headers.get("authorization")) : null;
  const caller = { clientId, network: requestScope().network };
  const pause = path === ENDPOINTS.token ? findPause(caller) : null;
  if (pause !== null) return answerPaused(pause);
  const source = await completeRequest(read, headers);
  if (body) nameClientInBody(body, headers);
  const target = query.size ? `${path}?${query}` : path;
  const { answer: library } = await getAuthorizationServer();
  const response = await respond(
    library,
    toNode(target, {
      method: method === "HEAD" ? "GET" : method,
      headers: acceptJson(path, headers),
      ...(body ? { body } : {}),
    }),
  );
  const { failure } = requestScope();
  if (failure) return answerFailure(request, failure);
  if (body) await noteUse(clientId, response.ok);
  if (!body || path !== ENDPOINTS.token) return concludeRequest(request, path, target, response);
  const concluded = await concludeTokenRequest({ parameters: body, clientId, source, response });
  if (concluded.status >= 400 && concluded.status < 500) await countTokenFailure(caller);
  return concluded;
}
