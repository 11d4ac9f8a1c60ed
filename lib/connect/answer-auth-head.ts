/** What next-auth answers a GET with that needs no cookie: a redirect, or JSON. */
const REDIRECTS: readonly string[] = ["signin/legrand", "callback/legrand", "signout", "error"];
const JSON_ANSWERS: readonly string[] = ["providers", "csrf", "session"];

/**
 * Answers a HEAD at an endpoint of next-auth. next-auth knows no HEAD: run for one, its GET would spend the
 * code of a callback, and count a connection that failed. The status is that of GET; a `Location` that only
 * the work would tell is left out (RFC 9110 §9.3.2).
 */
export function answerAuthHead(path: string): Response {
  const endpoint = path.replace(/^\/api\/auth\//, "");
  const headers = { "cache-control": "private, no-cache, no-store" };
  if (JSON_ANSWERS.includes(endpoint))
    return new Response(null, { headers: { ...headers, "content-type": "application/json" } });
  return new Response(null, { status: REDIRECTS.includes(endpoint) ? 303 : 404, headers });
}
