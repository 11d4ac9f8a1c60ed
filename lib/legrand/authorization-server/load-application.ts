import { refreshPolicyOf } from "#lib/legrand/applications/compatibility.ts";
import type { RefreshPolicy } from "#lib/legrand/applications/compatibility-constants.ts";
import { findApplication, type Application } from "#lib/legrand/applications/store.ts";
import { readOnce, requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

/** The error description for a suspended application. */
export const SUSPENDED = "the application is suspended; its developer can resume it in the developer portal";

/** Returns the registered application with this `client_id`, or null. Reads it once per request. */
export function loadApplication(clientId: string): Promise<Application | null> {
  return readOnce(requestScope().loaded.applications, clientId, () => findApplication(clientId));
}

/**
 * Returns the application with this `client_id` if this request has loaded it. Returns null if it does not
 * exist, and undefined if the request has not looked it up.
 */
export function loadedApplication(clientId: string): Application | null | undefined {
  return requestScope().loaded.applications.get(clientId);
}

/** True if this request comes from, or is about, an application that its developer suspended. */
export function isSuspended(clientId: string | undefined): boolean {
  return clientId !== undefined && loadedApplication(clientId)?.state === "suspended";
}

/**
 * Returns the refresh policy of a client in this request. The "former tokens" policy applies only to a
 * request that sent the client's secret. If the secret does not bind the token, rotation is what detects a
 * stolen one (RFC 9700 §4.14.2). Other requests of such a client follow the overlap policy.
 */
export function findRefreshPolicy(clientId: string | null): RefreshPolicy {
  const application = clientId ? loadedApplication(clientId) : null;
  const policy = refreshPolicyOf(application ?? { refreshPolicy: null });
  return policy === "former" && requestScope().shownSecret === null ? "overlap" : policy;
}
