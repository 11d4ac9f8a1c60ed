/** Where a user goes after a sign-in that no page of the sandbox led to. */
export const PORTAL = "/legrand/applications";

/**
 * Longer than every address of this project that leads to a sign-in. It limits what a stranger can put into
 * mails, which contain the address too.
 */
const LONGEST = 1_000;

/**
 * Returns the path below `/legrand` to go on to. Replaces an address of another site (OWASP, unvalidated
 * redirects), or one that is too long, with the portal.
 */
export function parseReturnTo(value: string | null | undefined): string {
  if (value && value.length > LONGEST) return PORTAL;
  const parsed = value?.startsWith("/legrand/") ? URL.parse(value, "http://here.invalid") : null;
  if (parsed?.origin !== "http://here.invalid" || !parsed.pathname.startsWith("/legrand/")) return PORTAL;
  return parsed.pathname + parsed.search;
}

/**
 * True for the path of an interaction's page, where a person signs in or decides in the middle of connecting.
 */
export function isInteractionPath(path: string): boolean {
  return /^\/legrand\/interaction\/[^/?]+$/.test(path);
}

/**
 * Adds `return_to` to that path unless it is the portal, so that a visit to another page does not lose the
 * way back.
 */
export function withReturnTo(path: string, returnTo: string): string {
  if (returnTo === PORTAL) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams({ return_to: returnTo })}`;
}
