import type Provider from "oidc-provider";
import { errors } from "oidc-provider";

import { now } from "#lib/clock.ts";
import { matchSecret } from "#lib/legrand/applications/match-secret.ts";
import { matchesReplyUrl } from "#lib/legrand/reply-urls/matches-reply-url.ts";
import { loadedApplication, SUSPENDED } from "#lib/legrand/authorization-server/loaded-application.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

/** Adds Legrand's client rules to the library: exact reply URLs, several secrets, suspension. */
export function applyClientRules(provider: Provider): void {
  compareReplyUrls(provider);
  compareSecrets(provider);
  refuseSuspendedGrants(provider);
}

/**
 * Compares reply URLs byte by byte and not as URLs, for every type of application, loopback included (Works
 * with Legrand, EXACT).
 */
function compareReplyUrls(provider: Provider): void {
  provider.Client.prototype.redirectUriAllowed = function redirectUriAllowed(value: string) {
    return matchesReplyUrl(loadedApplication(this.clientId)?.replyUrls ?? [], value);
  };
}

/**
 * Compares a secret with the digests of all secrets of the application, of which several may be active. The
 * error for an expired secret says which secret expired and when.
 */
function compareSecrets(provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as {
    compareClientSecret: (actual: string) => boolean;
  };
  prototype.compareClientSecret = function compareClientSecret(this: { clientId: string }, actual: string) {
    const match = matchSecret(actual, loadedApplication(this.clientId)?.secrets ?? [], now());
    if (match.result === "match") requestScope().shownSecret = match.digest;
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
function refuseSuspendedGrants(provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as {
    grantTypeAllowed: (this: unknown, type: string) => boolean;
  };
  const original = prototype.grantTypeAllowed;
  prototype.grantTypeAllowed = function grantTypeAllowed(type) {
    if (requestScope().isSuspended) throw new errors.UnauthorizedClient(SUSPENDED);
    return original.call(this, type);
  };
}
