/** The tabs of an application. Overview has the address of the application itself. */
export type ApplicationTab =
  "overview" | "credentials" | "reply-urls-and-scopes" | "access" | "attempts" | "settings";

/** Returns the path of an application's Overview, or of another tab. The paths of its other pages begin with it. */
export function applicationPath(clientId: string, tab: ApplicationTab = "overview"): string {
  return `/legrand/applications/${clientId}${tab === "overview" ? "" : `/${tab}`}`;
}
