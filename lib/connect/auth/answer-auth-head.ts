/**
 * next-auth endpoints that answer a GET without a cookie with a redirect, and those that answer with JSON.
 */
const REDIRECTS: readonly string[] = ["signin/legrand", "callback/legrand", "signout", "error"];
const JSON_ANSWERS: readonly string[] = ["providers", "csrf", "session"];

/**
 * Answers a HEAD request to an endpoint of next-auth, which does not support HEAD. If its GET handler ran, it
 * would spend the code of a callback and count a failed connection. The status is that of GET. A `Location`
 * that only the real work could determine is left out (RFC 9110 §9.3.2).
 */
export function answerAuthHead(path: string): Response {
  const endpoint = path.replace(/^\/api\/auth\//, "");
  const headers = { "cache-control": "private, no-cache, no-store" };
  if (JSON_ANSWERS.includes(endpoint))
    return new Response(null, { headers: { ...headers, "content-type": "application/json" } });
  return new Response(null, { status: REDIRECTS.includes(endpoint) ? 303 : 404, headers });
}
