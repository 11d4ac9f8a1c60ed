import type { Answer } from "#tests/bench/http-client.ts";
import type { FuzzedRequest, Registered } from "#tests/torture/fuzz/generate-request.ts";
import { findUnescaped, INJECTED_HEADER } from "#tests/torture/fuzz/hostile-text.ts";

/**
 * The parameters that an authorization response adds to a reply URL (RFC 6749 §4.1.2, RFC 9207 §2; the
 * library adds `scope`). With any other parameter it is another address.
 */
const OF_A_RESPONSE = new Set(["code", "state", "iss", "error", "error_description", "scope"]);

/**
 * Returns the rule that the answer breaks, and the offending text, or null if it breaks none. `issuer` is the
 * sandbox's.
 */
export function judgeAnswer(
  issuer: string,
  registered: Registered,
  request: FuzzedRequest,
  answer: Answer,
): string | null {
  if (answer.status >= 500) return `the status is ${answer.status}`;
  if (INJECTED_HEADER in answer.headers) return "a header was injected";
  if (answer.status >= 300 && answer.status < 400)
    return isAllowed(issuer, registered, request, answer.location)
      ? null
      : `a redirect to ${answer.location}`;
  const unescaped = String(answer.headers["content-type"]).startsWith("text/html")
    ? findUnescaped(answer.body)
    : null;
  return unescaped === null ? null : `unescaped in the page: ${unescaped}`;
}

/**
 * Returns whether a redirect leads to a page of the sandbox, or to a reply URL registered for a client that
 * the request names (RFC 9700 §4.1.3).
 */
function isAllowed(
  issuer: string,
  registered: Registered,
  { parameters }: FuzzedRequest,
  location: string,
): boolean {
  const url = new URL(location, issuer).href;
  if (
    /^\/(?:interaction\/[\w-]+|authorize(?:\?|$))/.test(
      url.startsWith(issuer) ? url.slice(issuer.length) : "",
    )
  )
    return true;
  const named = parameters.filter(([name]) => name === "client_id").map(([, value]) => value);
  const allowed = registered
    .filter(({ clientId }) => named.includes(clientId))
    .flatMap(({ replyUrls }) => replyUrls);
  return allowed.some(
    (reply) =>
      location.startsWith(reply) && isResponse(location.slice(reply.length), reply.includes("?") ? "&" : "?"),
  );
}

/**
 * Returns whether only response parameters were added. The fragment is allowed, because an error to a client
 * that asked for another response mode or type is sent there (OAuth 2.0 Multiple Response Types §2.1).
 */
const isResponse = (added: string, separator: string) =>
  [separator, "#"].includes(added[0]!) &&
  [...new URLSearchParams(added.slice(1)).keys()].every((name) => OF_A_RESPONSE.has(name));
