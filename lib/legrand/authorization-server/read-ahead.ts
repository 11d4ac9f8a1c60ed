import { digest } from "#lib/crypto/digest.ts";
import type { ArtifactKind } from "#lib/db/generated/enums.ts";
import { readCookie } from "#lib/http/read-cookie.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import {
  loadAuthorizationRequest,
  loadToken,
  loadTokenRequest,
  type Artifact,
} from "#lib/legrand/authorization-server/artifacts.store.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";

/**
 * Reads in one query what the library will look up one by one during a token request: the client's
 * application, the code or refresh token, its grant and its account. Returns the stored code or refresh
 * token, or null. It only fills the request's memory; the library still makes every check.
 */
export async function readAheadForToken(
  clientId: string | null,
  parameters: URLSearchParams,
): Promise<Artifact | null> {
  const isCode = parameters.get("grant_type") === "authorization_code";
  const value = parameters.get(isCode ? "code" : "refresh_token");
  if (!isClientId(clientId) || !value) return null;
  const key = digest(value);
  const found = await loadTokenRequest(clientId, key);
  const kind = isCode ? "AuthorizationCode" : "RefreshToken";
  const artifact = found.artifact?.kind === kind ? found.artifact : null;
  const { loaded } = requestScope();
  loaded.applications.set(clientId, found.application);
  loaded.artifacts.set(`${kind}:${key}`, artifact);
  if (artifact?.grantId) loaded.grants.set(artifact.grantId, found.grant);
  if (found.account) loaded.accounts.set(found.account.id, found.account);
  return artifact;
}

/**
 * Reads a token in one query with what the library will look up after it: its grant, its application and its
 * account. Returns the token if it is of this kind, or null. Introspection asks for one value as two kinds at
 * once (RFC 7662 §2.1), and both get the result of one query.
 */
export async function readToken(kind: ArtifactKind, key: string): Promise<Artifact | null> {
  const { tokens } = requestScope().loaded;
  const reading = tokens.get(key) ?? readTokenOfEitherKind(key);
  tokens.set(key, reading);
  const artifact = await reading;
  return artifact?.kind === kind ? artifact : null;
}

async function readTokenOfEitherKind(key: string): Promise<Artifact | null> {
  const { artifact, grant, application, account } = await loadToken(key);
  if (artifact?.kind !== "AccessToken" && artifact?.kind !== "RefreshToken") return null;
  const { loaded } = requestScope();
  if (artifact.grantId) loaded.grants.set(artifact.grantId, grant);
  if (application) loaded.applications.set(application.clientId, application);
  if (account) loaded.accounts.set(account.id, account);
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
  loaded.applications.set(clientId, found.application);
  if (found.session?.kind !== "Session") return;
  loaded.artifacts.set(`Session:${key}`, found.session);
  const { accountId } = found.session.payload;
  if (typeof accountId !== "string") return;
  loaded.accounts.set(accountId, found.account);
  loaded.grantReadAhead = { accountId, clientId, grant: found.grant };
}
