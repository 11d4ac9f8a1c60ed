/** Where a person goes who signed in without coming from a page of the sandbox. */
const PORTAL = "/legrand/applications";

/** A path below `/legrand` to go on to, or the portal: an address of another site is none (OWASP, unvalidated redirects). */
export function parseReturnTo(value: string | null | undefined): string {
  const parsed = value?.startsWith("/legrand/") ? URL.parse(value, "http://here.invalid") : null;
  if (parsed?.origin !== "http://here.invalid" || !parsed.pathname.startsWith("/legrand/")) return PORTAL;
  return parsed.pathname + parsed.search;
}
