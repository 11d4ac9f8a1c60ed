import type { IncomingMessage, ServerResponse } from "node:http";

import { NOTHING_HERE } from "#lib/http/form-post.ts";

const ADMINISTRATION = /^\/admin(?![^/])/;
/** What stands for `notFound()` in a part of a page (Next's `HTTPAccessFallbackErrorCode`). */
const GIVEN_UP = "NEXT_HTTP_ERROR_FALLBACK;404";

/** Whether that request target lies below /admin. Throws for one that does not decode. */
export function isAdministration(target = "/"): boolean {
  return ADMINISTRATION.test(decodeURIComponent(target.split("?")[0]!));
}

/**
 * Prepares a request below /admin for Next. A slash at the end is taken off: Next would redirect, which an
 * unknown address does not. Only a GET has parts (RSC): of a HEAD nobody could see that the page gave up.
 */
export function hideAdministration(request: IncomingMessage): void {
  const { method, url = "" } = request;
  if (!isAdministration(url)) return;
  if (method !== "GET") delete request.headers.rsc;
  request.url = url.replace(/^([^?]*[^/?])\/+(?=\?|$)/, "$1");
}

/**
 * True if the answer says that there is nothing at an address below /admin, in HTML or in JSON. What an
 * administrator's form names in vain has a sentence of its own. For a script of Next's that asks for a part
 * of a page (RSC), a page that gave up is a 200, and one that is asked for without the right sum in its
 * address a redirect, which an unknown address is not.
 */
export function isHiddenAnswer(
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): boolean {
  if (!isAdministration(url)) return false;
  if (headers.rsc && (response.statusCode === 307 || body.includes(GIVEN_UP))) return true;
  if (response.statusCode !== 404) return false;
  const isJson = String(response.getHeader("content-type") ?? "").startsWith("application/json");
  return !isJson || method === "HEAD" || body.includes(NOTHING_HERE);
}
