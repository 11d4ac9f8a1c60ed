import type { Application } from "#lib/legrand/applications/store.ts";

/**
 * True if only this application can receive what is sent to the redirect URI. A web application's redirect
 * URI is its server, or the developer's own machine. A mobile application owns an https address, which the
 * phone opens only for that application. A custom scheme, a `urn:` and a loopback port are open to every app
 * (RFC 8252 §7.2, §8.6).
 */
export function isRedirectOwned({ type }: Pick<Application, "type">, redirectUri: string): boolean {
  return type === "web" || URL.parse(redirectUri)?.protocol === "https:";
}
