import type { IncomingMessage, ServerResponse } from "node:http";

import { constantTimeEqual } from "#lib/crypto/constant-time-equal.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { env } from "#lib/env.ts";
import { isLoopback } from "#lib/http/client-address.ts";
import { readCookie } from "#lib/http/read-cookie.ts";
import { setCookieLine } from "#lib/http/set-cookie-line.ts";
import { KEPT_MAIL_HEADER } from "#lib/legrand/mail/may-read-kept-mail.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";
import { isLocalCaller } from "#lib/server/front/caller.ts";
import { findTraits } from "#lib/server/front/find-traits.ts";

const MAIL = "/legrand/mail";
const OPEN = `${MAIL}/open`;
/** An address of the sandbox that matches no file. */
const NOWHERE = "/legrand/-";
const COOKIE = "mail";
const LOCAL_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Opens the kept mail to a caller on another machine. Valid until this process ends. */
const token = randomToken("lgm_");

/**
 * Returns the link that opens the kept mail from another machine. Returns null if no link is needed: no mail
 * is kept, or only callers on this machine reach the server, without a proxy.
 */
export function keptMailLink(): string | null {
  const { origin, isHttps, hosts, trustProxy, sandbox } = env();
  // This server speaks plain HTTP, so an https origin means that there is a proxy.
  const isOnlyLocal = hosts.length > 0 && hosts.every(isLoopback) && !trustProxy && !isHttps;
  return sandbox?.mail.isReadable && !isOnlyLocal ? `${origin}${OPEN}?token=${token}` : null;
}

/**
 * Decides who may read the kept mail: callers on this machine, and users who opened the link that the start
 * printed. For every other caller these addresses do not exist, whatever the method. A header passes the
 * decision to the pages.
 *
 * Returns true if the request was answered. That is the case when the link was opened: a cookie replaces the
 * token, which so stays out of the address bar, the history and the `Referer`.
 */
export function guardKeptMail(request: IncomingMessage, response: ServerResponse): boolean {
  const mayRead =
    Boolean(env().sandbox?.mail.isReadable) &&
    (isLocalCaller(request) || isToken(readCookie(request.headers.cookie, sandboxCookieName(COOKIE))));
  request.headers[KEPT_MAIL_HEADER] = mayRead ? "1" : "0";
  const url = URL.parse(request.url ?? "", "http://here.invalid");
  if (!isKeptMail(url)) return false;
  if (
    request.method === "GET" &&
    env().sandbox?.mail.isReadable &&
    url?.pathname === OPEN &&
    isToken(url.searchParams.get("token"))
  ) {
    open(response);
    return true;
  }
  if (!mayRead) request.url = NOWHERE;
  return false;
}

/**
 * True if the kept mail is requested under a name that is not a local one. A web site that points its own
 * name at this machine (DNS rebinding) has the same origin as what it reads, and its requests come from this
 * machine. Only the requested name shows the difference.
 */
export function isRebound(request: IncomingMessage): boolean {
  return (
    isKeptMail(URL.parse(request.url ?? "", "http://here.invalid")) &&
    !LOCAL_NAME.test(request.headers.host ?? "")
  );
}

const isKeptMail = (url: URL | null) => findTraits(url?.pathname).isKeptMail;

const isToken = (given: string | null | undefined) => constantTimeEqual(given ?? "", token);

/** SameSite is Lax because the user may follow the link from a terminal that runs in a web page. */
function open(response: ServerResponse): void {
  response
    .writeHead(303, {
      location: MAIL,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "set-cookie": setCookieLine(sandboxCookieName(COOKIE), token, { path: "/legrand" }),
    })
    .end();
}
