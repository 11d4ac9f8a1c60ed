import type { IncomingMessage, ServerResponse } from "node:http";

import { isUnusableCookie } from "#lib/connect/flows/auth-cookies.ts";
import { setCookieLine } from "#lib/connect/flows/set-cookie-line.ts";
import { readCookiePairs, writeCookiePairs } from "#lib/http/cookie-pairs.ts";

/**
 * Takes cookies that would disturb next-auth out of the request, and has the browser delete them. Another application on this host, or an
 * earlier version of this one, may have left them: every sign-in would fail, without a message, until the person deletes them by hand. A page
 * for which the proxy sets a cookie of its own loses these deletions (Next replaces the header); the next answer has them again.
 */
export function dropUnusableCookies(request: IncomingMessage, response: ServerResponse): void {
  const pairs = readCookiePairs(request.headers.cookie);
  const unusable = [...new Set(pairs.map(({ name }) => name).filter(isUnusableCookie))];
  if (unusable.length === 0) return;
  request.headers.cookie = writeCookiePairs(pairs.filter(({ name }) => !unusable.includes(name)));
  for (const name of unusable) response.appendHeader("set-cookie", setCookieLine(name, "", 0));
}
