import type { Application } from "#lib/legrand/applications/store.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

/** The error description for a suspended application. */
export const SUSPENDED = "the application is suspended; its developer can resume it in the developer portal";

/**
 * Returns the application with this `client_id` if this request has loaded it. Returns null if it does not
 * exist, and undefined if the request has not looked it up.
 */
export function loadedApplication(clientId: string): Application | null | undefined {
  return requestScope().loaded.get(`Client:${clientId}`) as Application | null | undefined;
}

/** True if this request comes from, or is about, an application that its developer suspended. */
export function isSuspended(clientId: string | undefined): boolean {
  return clientId !== undefined && loadedApplication(clientId)?.state === "suspended";
}
