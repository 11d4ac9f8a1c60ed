import type { IncomingMessage, ServerResponse } from "node:http";

import { isUnusableCookie } from "#lib/connect/flows/auth-cookies.ts";
import { setCookieLine } from "#lib/connect/flows/set-cookie-line.ts";
import { readCookiePairs, writeCookiePairs } from "#lib/http/cookie-pairs.ts";

/**
 * Takes cookies that would disturb next-auth out of the request, and has the browser delete them. Another application on this host, or an
 * earlier version of this one, may have left them: every sign-in would fail, without a message, until the person deletes them by hand.
 */
export function dropUnusableCookies(request: IncomingMessage, response: ServerResponse): void {
  const pairs = readCookiePairs(request.headers.cookie);
  const unusable = [...new Set(pairs.map(({ name }) => name).filter(isUnusableCookie))];
  if (unusable.length === 0) return;
  request.headers.cookie = writeCookiePairs(pairs.filter(({ name }) => !unusable.includes(name)));
  const lines = unusable.map((name) => setCookieLine(name, "", 0));
  for (const line of lines) response.appendHeader("set-cookie", line);
  keepLines(response, lines);
}

/** Next replaces `Set-Cookie` by what the proxy sets for a page: the lines are put back when the head is written. */
function keepLines(response: ServerResponse, lines: string[]): void {
  const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => ServerResponse;
  response.writeHead = ((...head: unknown[]) => {
    const set = [response.getHeader("set-cookie") ?? []].flat().map(String);
    for (const line of lines.filter((one) => !set.includes(one))) response.appendHeader("set-cookie", line);
    return writeHead(...head);
  }) as typeof response.writeHead;
}
