/** Where a person goes who signed in without coming from a page of the sandbox. */
export const PORTAL = "/legrand/applications";

/**
 * Longer than every address of this project that leads to a sign-in. It is also part of mails, which a
 * stranger can have sent.
 */
const LONGEST = 1_000;

/**
 * A path below `/legrand` to go on to, or the portal: it replaces an address of another site (OWASP,
 * unvalidated redirects) and one that is too long.
 */
export function parseReturnTo(value: string | null | undefined): string {
  if (value && value.length > LONGEST) return PORTAL;
  const parsed = value?.startsWith("/legrand/") ? URL.parse(value, "http://here.invalid") : null;
  if (parsed?.origin !== "http://here.invalid" || !parsed.pathname.startsWith("/legrand/")) return PORTAL;
  return parsed.pathname + parsed.search;
}

/**
 * Whether that is the path of an interaction's page, where somebody signs in or decides in the middle of
 * connecting.
 */
export function isInteractionPath(path: string): boolean {
  return /^\/legrand\/interaction\/[^/?]+$/.test(path);
}

/**
 * That path with `return_to` behind it, where it is another one than the portal: the way back survives a
 * visit to a page.
 */
export function withReturnTo(path: string, returnTo: string): string {
  if (returnTo === PORTAL) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams({ return_to: returnTo })}`;
}
