import type { IncomingMessage, ServerResponse } from "node:http";

import { isUnusableCookie } from "#lib/connect/flows/auth-cookies.ts";
import { setCookieLine } from "#lib/connect/flows/set-cookie-line.ts";
import { readCookiePairs, writeCookiePairs } from "#lib/http/cookie-pairs.ts";

/**
 * Takes cookies that would disturb next-auth out of the request, and has the browser delete them. Another
 * application on this host, or an earlier version of this one, may have left them: every sign-in would fail,
 * without a message, until the person deletes them by hand.
 */
export function dropUnusableCookies(request: IncomingMessage, response: ServerResponse): void {
  const pairs = readCookiePairs(request.headers.cookie);
  const unusable = [...new Set(pairs.map(({ name }) => name).filter(isUnusableCookie))];
  if (unusable.length === 0) return;
  request.headers.cookie = writeCookiePairs(pairs.filter(({ name }) => !unusable.includes(name)));
  alsoSet(
    response,
    unusable.map((name) => setCookieLine(name, "", 0)),
  );
}

/**
 * Adds these lines to `Set-Cookie` of the answer. Next replaces that header by what the proxy sets for a
 * page, and the answer of a page is held back and written by methods of its own (documents.ts): so the lines
 * are added whenever the header is set.
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
