import { digest } from "#lib/crypto/digest.ts";
import { readCookie } from "#lib/http/read-cookie.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import {
  loadAuthorizationRequest,
  loadTokenRequest,
  type Artifact,
} from "#lib/legrand/authorization-server/store.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";

/**
 * Reads in one query what the library will look up one by one during a token request. Returns the stored code
 * or refresh token, or null. It only fills the request's memory; the library still makes every check.
 */
export async function readAheadForToken(
  parameters: URLSearchParams,
  authorization: string | null,
): Promise<Artifact | null> {
  const clientId = presentedClientId(parameters, authorization);
  const isCode = parameters.get("grant_type") === "authorization_code";
  const value = parameters.get(isCode ? "code" : "refresh_token");
  if (!isClientId(clientId) || !value) return null;
  const key = digest(value);
  const found = await loadTokenRequest(clientId, key);
  const kind = isCode ? "AuthorizationCode" : "RefreshToken";
  const artifact = found.artifact?.kind === kind ? found.artifact : null;
  const { loaded } = requestScope();
  loaded.set(`Client:${clientId}`, found.application);
  loaded.set(`${kind}:${key}`, artifact);
  if (artifact?.grantId) loaded.set(`Grant:${artifact.grantId}`, found.grant);
  if (found.account) loaded.set(`Account:${found.account.id}`, found.account);
  return artifact;
}

/**
 * Reads in one query what the library will look up during an authorization request: the application and, if
 * the browser has a session, that session, its account and the account's grant. The library verifies the
 * cookie's signature later. Until then, this is a look-up like any other.
 */
export async function readAheadForAuthorization(clientId: string, cookies: string | null): Promise<void> {
  const session = readCookie(cookies, sandboxCookieName("session"));
  if (!isClientId(clientId) || !session) return;
  const key = digest(session);
  const found = await loadAuthorizationRequest(clientId, key);
  const { loaded } = requestScope();
  loaded.set(`Client:${clientId}`, found.application);
  if (found.session?.kind !== "Session") return;
  loaded.set(`Session:${key}`, found.session);
  const { accountId } = found.session.payload;
  if (typeof accountId !== "string") return;
  loaded.set(`Account:${accountId}`, found.account);
  loaded.set(`GrantOf:${accountId}:${clientId}`, found.grant);
}

/**
 * Returns the client that a token request names in its body or in `Authorization: Basic`, or null. The
 * library refuses a request that names two different clients.
 */
export function presentedClientId(parameters: URLSearchParams, authorization: string | null): string | null {
  // The library treats an empty parameter as absent.
  return parameters.get("client_id") || clientIdOfBasic(authorization);
}

/**
 * Returns the user part of `Authorization: Basic`, or null. It is form-encoded (RFC 6749 §2.3.1): some
 * libraries write `-` as `%2D`.
 */
function clientIdOfBasic(authorization: string | null): string | null {
  const encoded = /^basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  const [user = ""] = Buffer.from(encoded ?? "", "base64")
    .toString()
    .split(":");
  return new URLSearchParams(`user=${user.replaceAll("&", "%26")}`).get("user") || null;
}
