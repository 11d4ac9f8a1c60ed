import { refreshPolicyOf } from "#lib/legrand/applications/compatibility.ts";
import type { RefreshPolicy } from "#lib/legrand/applications/compatibility-constants.ts";
import { loadedApplication } from "#lib/legrand/authorization-server/loaded-application.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

/**
 * The refresh policy of a client in this request. Former tokens are for a request that showed the client's
 * secret: where the secret does not bind the token, rotation is what detects a stolen one (RFC 9700 §4.14.2).
 * Other requests of such a client follow the overlap.
 */
export function findRefreshPolicy(clientId: string | null | undefined): RefreshPolicy {
  const application = clientId ? loadedApplication(clientId) : null;
  const policy = refreshPolicyOf(application ?? { refreshPolicy: null });
  return policy === "former" && requestScope().shownSecret === null ? "overlap" : policy;
}
