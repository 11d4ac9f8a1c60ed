/** The address of an application's details; its other pages lie below. */
export function applicationPath(clientId: string): string {
  return `/legrand/applications/${clientId}`;
}
