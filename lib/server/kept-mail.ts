import type { IncomingMessage, ServerResponse } from "node:http";

import { constantTimeEqual } from "#lib/crypto/constant-time-equal.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { env } from "#lib/env.ts";
import { readCookiePairs } from "#lib/http/cookie-pairs.ts";
import { isLoopback } from "#lib/http/ip-address.ts";
import { KEPT_MAIL_HEADER } from "#lib/legrand/mail/may-read-kept-mail.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";
import { isLocalCaller } from "#lib/server/caller.ts";

const MAIL = "/legrand/mail";
const OPEN = `${MAIL}/open`;
/** An address that no file answers. */
const NOWHERE = "/-";
const COOKIE = "mail";
const LOCAL_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Of this process, until it ends. It opens the kept mail from another address. */
const token = randomToken("lgm_");

/**
 * The link that opens the kept mail from everywhere. Null where none is needed: no mail is kept, or only this
 * machine calls, without a proxy.
 */
export function keptMailLink(): string | null {
  const { origin, isHttps, hosts, trustProxy, sandbox } = env();
  // This server speaks http: where the origin is https there is a proxy.
  const isOnlyLocal = hosts.length > 0 && hosts.every(isLoopback) && !trustProxy && !isHttps;
  return sandbox?.mail.isReadable && !isOnlyLocal ? `${origin}${OPEN}?token=${token}` : null;
}

/**
 * Decides who reads the kept mail: callers on this machine, and those who opened the link of the start. To
 * everyone else these addresses do not exist, whatever the method. Tells the pages by a header. Returns true
 * if the request was answered: the link was opened, and a cookie takes the place of the token, which stays
 * out of the address bar, the history and the `Referer`.
 */
export function guardKeptMail(request: IncomingMessage, response: ServerResponse): boolean {
  const mayRead =
    Boolean(env().sandbox?.mail.isReadable) &&
    (isLocalCaller(request) ||
      isToken(
        readCookiePairs(request.headers.cookie).find(({ name }) => name === sandboxCookieName(COOKIE))?.value,
      ));
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
 * True if the kept mail is asked for under a name that is not this machine's. A web site that lets its own
 * name point to this machine (DNS rebinding) shares its origin with what it reads, and its requests come from
 * this machine. Only the name that it asks for tells.
 */
export function isRebound(request: IncomingMessage): boolean {
  return (
    isKeptMail(URL.parse(request.url ?? "", "http://here.invalid")) &&
    !LOCAL_NAME.test(request.headers.host ?? "")
  );
}

const isKeptMail = (url: URL | null) =>
  url?.pathname === MAIL || Boolean(url?.pathname.startsWith(`${MAIL}/`));

const isToken = (given: string | null | undefined) => constantTimeEqual(given ?? "", token);

/** Lax, because the link may be followed from a terminal that is a web page. */
function open(response: ServerResponse): void {
  response
    .writeHead(303, {
      location: MAIL,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "set-cookie": `${sandboxCookieName(COOKIE)}=${token}; Path=/legrand; HttpOnly; SameSite=Lax${env().isHttps ? "; Secure" : ""}`,
    })
    .end();
}
