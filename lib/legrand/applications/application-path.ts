/** Returns the path of an application's details page. The paths of its other pages begin with it. */
export function applicationPath(clientId: string): string {
  return `/legrand/applications/${clientId}`;
}
