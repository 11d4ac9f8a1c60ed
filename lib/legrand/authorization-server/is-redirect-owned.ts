import type { Application } from "#lib/legrand/applications/store.ts";

/**
 * True if only this application can receive what is sent to that redirect URI. That of a web application is
 * its server, or the developer's own machine. A mobile application owns an https address, which the phone
 * opens for its owner alone; a custom scheme, a `urn:` and a port of the loopback address are open to every
 * app (RFC 8252 §7.2, §8.6).
 */
export function isRedirectOwned({ type }: Pick<Application, "type">, redirectUri: string): boolean {
  return type === "web" || URL.parse(redirectUri)?.protocol === "https:";
}
