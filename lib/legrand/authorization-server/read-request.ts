import { readForm, readQueryString } from "#lib/http/read-parameters.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import { loadApplication } from "#lib/legrand/authorization-server/adapter.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import { judgeClient } from "#lib/legrand/authorization-server/judge-client.ts";
import {
  completeAuthorizationRequest,
  completeTokenRequest,
} from "#lib/legrand/authorization-server/legrand-rules.ts";
import {
  readAheadForAuthorization,
  readAheadForToken,
} from "#lib/legrand/authorization-server/read-ahead.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import type { Artifact } from "#lib/legrand/authorization-server/store.ts";
import { findScope, parseScope } from "#lib/legrand/scopes.ts";

/**
 * A request as it goes to the library. `body` is a form body, and `path` is the path that the library knows.
 */
export type ReadRequest = { path: string; query: URLSearchParams; body: URLSearchParams | undefined };

/** Reads a request within its size limits. Throws `UnreadableRequestError`. */
export async function readRequest(request: Request): Promise<ReadRequest> {
  const { pathname, search } = new URL(request.url);
  return {
    path: await resolvePath(pathname),
    query: readQueryString(search),
    body: request.method === "POST" ? await readForm(request) : undefined,
  };
}

/** Resolves Legrand's own discovery address, which has the client_id before the well-known part. */
async function resolvePath(pathname: string): Promise<string> {
  const [, , clientId, ...rest] = pathname.split("/");
  if (!isClientId(clientId) || rest.join("/") !== ".well-known/openid-configuration") return pathname;
  return (await loadApplication(clientId)) ? ENDPOINTS.discovery : pathname;
}

/**
 * Completes a request as the real cloud does, and reads ahead what the library will need. Returns the stored
 * code or refresh token of a token request, otherwise null.
 */
export async function completeRequest(
  { path, query, body }: ReadRequest,
  headers: Headers,
): Promise<Artifact | null> {
  const authorization = headers.get("authorization");
  if (path === ENDPOINTS.authorize) await completeAuthorization(query, headers.get("cookie"));
  const source = path === ENDPOINTS.token && body ? await completeToken(body, authorization) : null;
  if (path === ENDPOINTS.token && body) await judgeClient("token", body, authorization, source);
  if (path === ENDPOINTS.revoke && body) await judgeClient("revoke", body, authorization, null);
  return source;
}

async function completeAuthorization(query: URLSearchParams, cookies: string | null): Promise<void> {
  const clientId = query.get("client_id");
  requestScope().unknownScopes = refusedScopes(parseScope(query.get("scope") ?? ""));
  if (!clientId) return;
  await readAheadForAuthorization(clientId, cookies);
  completeAuthorizationRequest(query, await loadApplication(clientId));
}

/**
 * Returns the requested scopes that are unknown and for which the request is refused (RFC 6749 §3.3). With
 * `openid`, unknown scopes are ignored, as OpenID Connect requires (Core §3.1.2.1): libraries send all the
 * scopes that they know, such as `address`, to every provider.
 */
function refusedScopes(requested: string[]): string[] {
  return requested.includes("openid") ? [] : requested.filter((scope) => !findScope(scope));
}

async function completeToken(body: URLSearchParams, authorization: string | null): Promise<Artifact | null> {
  const source = await readAheadForToken(body, authorization);
  completeTokenRequest(body, source?.payload);
  return source;
}
