import type { IncomingMessage, ServerResponse } from "node:http";

import { isUnusableCookie } from "#lib/connect/flows/auth-cookies.ts";
import { readCookiePairs, writeCookiePairs } from "#lib/http/cookie-pairs.ts";
import { deleteCookieLines } from "#lib/http/set-cookie-line.ts";

/**
 * Removes cookies that would disturb next-auth from the request, and has the browser delete them. Another
 * application on this host, or an earlier version of this one, may have set them. With them, every sign-in
 * would fail without a message until the user deletes them by hand.
 */
export function dropUnusableCookies(request: IncomingMessage, response: ServerResponse): void {
  const pairs = readCookiePairs(request.headers.cookie);
  const unusable = [...new Set(pairs.map(({ name }) => name).filter(isUnusableCookie))];
  if (unusable.length === 0) return;
  request.headers.cookie = writeCookiePairs(pairs.filter(({ name }) => !unusable.includes(name)));
  alsoSet(response, deleteCookieLines(unusable));
}

/**
 * Adds these lines to the response's `Set-Cookie` whenever that header is set. Adding them once is not
 * enough: Next replaces the header with what the proxy sets for a page, and a held-back page is written by
 * other methods (documents.ts).
 */
function alsoSet(response: ServerResponse, lines: string[]): void {
  const setHeader = response.setHeader.bind(response);
  setHeader("set-cookie", lines);
  response.setHeader = (name, value) =>
    setHeader(
      name,
      name.toLowerCase() === "set-cookie" ? [...new Set([...[value].flat().map(String), ...lines])] : value,
    );
}
