import { applicationPath } from "#lib/legrand/applications/application-path.ts";

/**
 * Returns the path of the page that asks whether a reply URL is to be registered. `ticket` names the stored
 * request. The forms are sent to `…/start` and `…/submit` below it.
 */
export function registerPath(clientId: string, ticket?: string): string {
  const query = ticket === undefined ? "" : `?${new URLSearchParams({ request: ticket })}`;
  return `${applicationPath(clientId)}/reply-urls/register${query}`;
}
