import type { ClientMetadata } from "oidc-provider";
import type Provider from "oidc-provider";
import { errors } from "oidc-provider";

import { now } from "#lib/clock.ts";
import { matchSecret } from "#lib/legrand/applications/match-secret.ts";
import type { Application } from "#lib/legrand/applications/store.ts";
import { requireClientHooks, type ClientHooks } from "#lib/legrand/authorization-server/check-library.ts";
import { loadedApplication, SUSPENDED } from "#lib/legrand/authorization-server/load-application.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { matchesReplyUrl } from "#lib/legrand/reply-urls/matches-reply-url.ts";
import { UNREGISTERED_SCOPES } from "#lib/legrand/scopes.ts";

/**
 * Replaces three methods of the library's client, so that Legrand's rules apply: exact reply URLs, several
 * secrets, suspension (decision 55). Throws `StartError` if the library no longer has one of the methods.
 */
export function applyClientRules({ Client }: Pick<Provider, "Client">): void {
  const prototype: unknown = Client.prototype;
  requireClientHooks(prototype);
  compareReplyUrls(prototype);
  compareSecrets(prototype);
  refuseSuspendedGrants(prototype);
}

/**
 * Compares reply URLs byte by byte and not as URLs, for every type of application, loopback included (Works
 * with Legrand, EXACT).
 */
function compareReplyUrls(prototype: ClientHooks): void {
  prototype.redirectUriAllowed = function redirectUriAllowed(value) {
    return matchesReplyUrl(loadedApplication(this.clientId)?.replyUrls ?? [], value);
  };
}

/**
 * Compares a secret with the digests of all secrets of the application, of which several may be active. The
 * error for an expired secret says which secret expired and when.
 */
function compareSecrets(prototype: ClientHooks): void {
  prototype.compareClientSecret = function compareClientSecret(actual) {
    const match = matchSecret(actual, loadedApplication(this.clientId)?.secrets ?? [], now());
    if (match.result === "match") requestScope().shownSecret = match.digest;
    if (match.result === "match" || match.result === "expired")
      requestScope().secretEnding = actual.slice(-4);
    if (match.result !== "expired") return match.result === "match";
    const error = new errors.InvalidClient(
      `the client secret that ends in ${actual.slice(-4)} expired on ${match.expiredAt.toISOString()}; generate a new one in the developer portal`,
      "expired",
    );
    throw Object.assign(error, { status: 401, statusCode: 401 });
  };
}

/**
 * Refuses the grants of a suspended application. The check runs after client authentication and spends
 * nothing, so that resuming the application loses nothing.
 */
function refuseSuspendedGrants(prototype: ClientHooks): void {
  const original = prototype.grantTypeAllowed;
  prototype.grantTypeAllowed = function grantTypeAllowed(type) {
    if (requestScope().isSuspended) throw new errors.UnauthorizedClient(SUSPENDED);
    return original.call(this, type);
  };
}

/**
 * Returns an application as client metadata (RFC 7591 §2) for this request. `isPublic` is true if it may
 * leave out its secret. The library's reply URLs and secret are placeholders, because the rules above compare
 * the application's own.
 */
export function toClientMetadata(application: Application, isPublic: boolean): ClientMetadata {
  return {
    client_id: application.clientId,
    client_name: application.name,
    // The library requires a secret of a confidential client. `compareClientSecret` compares the digests
    // instead.
    ...(isPublic
      ? { token_endpoint_auth_method: "none" }
      : { token_endpoint_auth_method: "client_secret_post", client_secret: "compared-by-digest" }),
    application_type: "web",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    // The library's own rules for redirect URIs are not Legrand's (it refuses `urn:`, for example).
    // Registration decides which URIs are allowed.
    redirect_uris: ["https://reply-urls-are-compared-by-us.invalid/"],
    scope: [...application.scopes, ...UNREGISTERED_SCOPES].join(" "),
  };
}
