import { isClientId } from "#lib/legrand/applications/store.ts";
import { loadApplication } from "#lib/legrand/authorization-server/adapter.ts";
import { respond, toNode } from "#lib/legrand/authorization-server/bridge.ts";
import { answerFailure, answerUnreadable, seeOther } from "#lib/http/form-post.ts";
import { answerShownError } from "#lib/legrand/authorization-server/error-answers.ts";
import { commitWrites } from "#lib/legrand/authorization-server/commit-writes.ts";
import { concludeTokenRequest } from "#lib/legrand/authorization-server/conclude-token-request.ts";
import { endRevokedGrants } from "#lib/legrand/authorization-server/end-revoked-grants.ts";
import { judgeClient } from "#lib/legrand/authorization-server/judge-client.ts";
import { narrowToGrant } from "#lib/legrand/authorization-server/narrow-to-grant.ts";
import { noteUse, noteUseOfToken } from "#lib/legrand/authorization-server/note-use.ts";
import { completeAuthorizationRequest, completeTokenRequest } from "#lib/legrand/authorization-server/legrand-rules.ts";
import { getAuthorizationServer } from "#lib/legrand/authorization-server/provider.ts";
import { presentedClientId, readAheadForAuthorization, readAheadForToken } from "#lib/legrand/authorization-server/read-ahead.ts";
import { readForm, readQuery, UnreadableRequestError } from "#lib/http/read-parameters.ts";
import { newRequestScope, requestScope, runInRequestScope, type ShownError } from "#lib/legrand/authorization-server/request-scope.ts";
import type { Artifact } from "#lib/legrand/authorization-server/store.ts";
import { withJson } from "#lib/legrand/authorization-server/with-json.ts";
import { findScope, parseScope } from "#lib/legrand/scopes.ts";

const AUTHORIZE = "/legrand/authorize";
const TOKEN = "/legrand/token";
const REVOKE = "/legrand/revoke";
const INTROSPECT = "/legrand/introspect";
const USERINFO = "/legrand/userinfo";
const DISCOVERY = "/legrand/.well-known/openid-configuration";

/**
 * Answers a request to an endpoint of the authorization server: reads and bounds it, completes it as Legrand does, lets
 * `oidc-provider` decide, and writes what it decided in one statement before anybody hears of it. Never throws: a failure of
 * ours is a 500 or 503 with a request id.
 */
export function handleRequest(request: Request): Promise<Response> {
  return runInRequestScope(newRequestScope(), async () => {
    try {
      return await answer(request);
    } catch (error) {
      return error instanceof UnreadableRequestError ? explainUnreadable(request, error) : answerFailure(request, error);
    }
  });
}

/** An authorization request is made by a person's browser, which gets a page; other endpoints are called by programs. */
function explainUnreadable(request: Request, error: UnreadableRequestError): Promise<Response> | Response {
  if (new URL(request.url).pathname !== AUTHORIZE) return answerUnreadable(error);
  const shown = { error: "invalid_request", description: error.message, clientId: null, redirectUri: null };
  return answerShownError(request, shown, error.status);
}

async function answer(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = await resolvePath(pathname);
  const query = readQuery(search);
  const body = request.method === "POST" ? await readForm(request) : undefined;
  // A form post is the same request (OpenID Connect Core §3.1.2.1); as an address it brings the Lax cookies along.
  if (path === AUTHORIZE && body) return seeOther(`${AUTHORIZE}?${body}`);
  if (path === AUTHORIZE) await completeAuthorization(query, request.headers.get("cookie"));
  const source = path === TOKEN && body ? await completeToken(body, request.headers.get("authorization")) : null;
  if (body && (path === TOKEN || path === REVOKE)) await judgeClient(path === TOKEN ? "token" : "revoke", body, request.headers.get("authorization"), source);
  const target = query.size ? `${path}?${query}` : path;
  const { answer: library } = await getAuthorizationServer();
  const response = await respond(library, toNode(target, { method: request.method, headers: request.headers, ...(body ? { body } : {}) }));
  const { failure, shownError } = requestScope();
  if (failure) return answerFailure(request, failure);
  const clientId = body ? presentedClientId(body, request.headers.get("authorization")) : null;
  if (body) await noteUse(clientId, response.ok);
  if (body && path === TOKEN) return concludeTokenRequest({ parameters: body, clientId, source, response });
  if (path === REVOKE) await endRevokedGrants("application");
  if (!(await commitWrites())) return seeOther(explanationOf(path, target));
  if (shownError && path.startsWith(`${AUTHORIZE}/`)) return seeOther(explanationOf(path, target));
  // 401 would ask the browser for credentials that the person does not have.
  if (shownError) return answerShownError(request, shownError, 400);
  if (path === USERINFO && response.ok) await noteUseOfToken();
  if (response.status === 404) return answerShownError(request, NO_SUCH_ENDPOINT, 404);
  return finish(path, response);
}

const NO_SUCH_ENDPOINT: ShownError = { error: "not_found", description: "there is no such endpoint", clientId: null, redirectUri: null };

/** Legrand's own discovery address has the client_id before the well-known part. */
async function resolvePath(pathname: string): Promise<string> {
  const [, , clientId, ...rest] = pathname.split("/");
  if (!isClientId(clientId) || rest.join("/") !== ".well-known/openid-configuration") return pathname;
  return (await loadApplication(clientId)) ? DISCOVERY : pathname;
}

async function completeAuthorization(query: URLSearchParams, cookies: string | null): Promise<void> {
  const clientId = query.get("client_id");
  requestScope().unknownScopes = parseScope(query.get("scope") ?? "").filter((scope) => !findScope(scope));
  if (!clientId) return;
  await readAheadForAuthorization(clientId, cookies);
  completeAuthorizationRequest(query, await loadApplication(clientId));
}

async function completeToken(body: URLSearchParams, authorization: string | null): Promise<Artifact | null> {
  const source = await readAheadForToken(body, authorization);
  completeTokenRequest(body, source?.payload);
  return source;
}

/**
 * Where a person goes when their step could not be made: after a resumption, to the interaction's page, which knows whether it
 * was answered, has expired, or is another's; else to the same authorization request once more.
 */
function explanationOf(path: string, target: string): string {
  return path.startsWith(`${AUTHORIZE}/`) ? path.replace("/authorize/", "/interaction/") : target;
}

async function finish(path: string, response: Response): Promise<Response> {
  if (path === DISCOVERY && response.status === 200) {
    return withJson(response, { ...(await response.json() as Record<string, unknown>), response_modes_supported: ["query"] });
  }
  // The form that every revoking client accepts, of four that were tried (RFC 7009 §2.2 leaves the body open).
  if (path === REVOKE && response.status === 200) return withJson(response, {});
  if (path === INTROSPECT && response.status === 200) return withJson(response, narrowToGrant(await response.json() as Record<string, unknown>));
  return response;
}
