import { refreshPolicyOf } from "#lib/legrand/applications/compatibility.ts";
import type { RefreshPolicy } from "#lib/legrand/applications/compatibility-constants.ts";
import { loadedApplication } from "#lib/legrand/authorization-server/loaded-application.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

/**
 * Returns the refresh policy of a client in this request. The "former tokens" policy applies only to a
 * request that sent the client's secret. If the secret does not bind the token, rotation is what detects a
 * stolen one (RFC 9700 §4.14.2). Other requests of such a client follow the overlap policy.
 */
export function findRefreshPolicy(clientId: string | null | undefined): RefreshPolicy {
  const application = clientId ? loadedApplication(clientId) : null;
  const policy = refreshPolicyOf(application ?? { refreshPolicy: null });
  return policy === "former" && requestScope().shownSecret === null ? "overlap" : policy;
}
