import type { Application } from "#lib/legrand/applications/store.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

/** What a suspended application is told. */
export const SUSPENDED = "the application is suspended; its developer can resume it in the developer portal";

/**
 * The application of that `client_id`, if this request has loaded it; null when it looked and there is none.
 */
export function loadedApplication(clientId: string): Application | null | undefined {
  return requestScope().loaded.get(`Client:${clientId}`) as Application | null | undefined;
}

/** Whether this request is of, or about, an application that its developer suspended. */
export function isSuspended(clientId: string | undefined): boolean {
  return clientId !== undefined && loadedApplication(clientId)?.state === "suspended";
}
