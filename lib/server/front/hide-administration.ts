import type { IncomingMessage, ServerResponse } from "node:http";

import { NOTHING_HERE } from "#lib/http/form-post.ts";
import { findTraits } from "#lib/server/front/find-traits.ts";

/** What Next writes into a part of a page for `notFound()` (its `HTTPAccessFallbackErrorCode`). */
const GIVEN_UP = "NEXT_HTTP_ERROR_FALLBACK;404";

/**
 * Prepares a request below /admin for Next. Removes a trailing slash: Next would redirect it, but would not
 * redirect an unknown address. Only a GET may ask for a part of a page (RSC), because the answer to a HEAD
 * has no body that shows whether the page called `notFound()`.
 */
export function hideAdministration(request: IncomingMessage): void {
  const { method, url = "" } = request;
  if (!findTraits(url).isHidden) return;
  if (method !== "GET") delete request.headers.rsc;
  request.url = url.replace(/^([^?]*[^/?])\/+(?=\?|$)/, "$1");
}

/**
 * True if the answer says, in HTML or JSON, that an address below /admin does not exist. An administrator's
 * form that names something missing has its own message and does not count.
 *
 * For a part of a page that one of Next's scripts requests (RSC), two more answers count: a 200 from a page
 * that called `notFound()`, and a redirect for a request without the right checksum in its address. An
 * unknown address gets neither.
 */
export function isHiddenAnswer(
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): boolean {
  if (!findTraits(url).isHidden) return false;
  if (headers.rsc && (response.statusCode === 307 || body.includes(GIVEN_UP))) return true;
  if (response.statusCode !== 404) return false;
  const isJson = String(response.getHeader("content-type") ?? "").startsWith("application/json");
  return !isJson || method === "HEAD" || body.includes(NOTHING_HERE);
}
