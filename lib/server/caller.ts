import type { IncomingMessage } from "node:http";

import { env } from "#lib/env.ts";
import { canonicalAddress, CLIENT_ADDRESS_HEADER } from "#lib/http/client-address.ts";
import { isLoopback } from "#lib/http/ip-address.ts";
import { SHOWN_ERROR_HEADER } from "#lib/http/shown-error-header.ts";
import { THIS_MACHINE_HEADER } from "#lib/http/this-machine.ts";
import { newRequestId } from "#lib/log.ts";
import { isRequestId } from "#lib/request-id.ts";

/**
 * Names of headers by which a proxy says that it forwards a request: `Forwarded` (RFC 7239), `Via` (RFC 9110
 * §7.6.3), `X-Forwarded-For` and its family, and those with the caller's address that products made up:
 * `X-Real-IP`, `True-Client-IP`, `CF-Connecting-IP`, `X-Envoy-External-Address`.
 */
const FORWARDING = /^via$|forwarded|(?:^|-)(?:client)?ip(?:v6)?$|-addr(?:ess)?$/;
/** Between Next and `proxy.ts`, which it calls middleware. */
const NEXTS_OWN = "x-middleware-";

/**
 * A proxy that counts its requests gives each its identifier; anybody else's could be any text, or the one of
 * another request.
 */
export function requestIdOf(request: IncomingMessage, trustProxy: boolean): string {
  const given = request.headers["x-request-id"];
  return trustProxy && isRequestId(given) ? given : newRequestId();
}

/** The address that the connection came from, or that the proxy in front says. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = [request.headers["x-forwarded-for"]].flat().join(",").split(",").at(-1)?.trim();
  return canonicalAddress((trustProxy && forwarded) || request.socket.remoteAddress || "");
}

/**
 * True if a program on this machine calls: the origin is localhost, the connection comes from a loopback
 * address, and no proxy forwarded the request (behind a proxy on this machine every connection does).
 */
export function isLocalCaller(request: IncomingMessage): boolean {
  return env().isLocal && isLoopback(request.socket.remoteAddress ?? "") && !isForwarded(request);
}

/**
 * True if a proxy forwarded the request: it says so in a header, or speaks HTTP/1.0, as nginx does unless it
 * is told otherwise, and no browser. Reads the headers as they came, because `setTrustedHeaders` changes the
 * others.
 */
export function isForwarded({ httpVersion, rawHeaders }: IncomingMessage): boolean {
  // Names and values take turns.
  return (
    httpVersion === "1.0" ||
    rawHeaders.some((text, index) => index % 2 === 0 && FORWARDING.test(text.toLowerCase()))
  );
}

/**
 * Who is calling, and under which name, is said by this server and not by the caller: a forged
 * `X-Forwarded-For` would slip past the limit of sign-in attempts, a forged `X-Forwarded-Host` past the
 * origin check of server actions. Headers in which the server and Next talk to themselves are removed: with
 * one of Next's, an address below /admin that exists would be told from one that does not.
 */
export function setTrustedHeaders(request: IncomingMessage, origin: URL, trustProxy: boolean): void {
  for (const name of Object.keys(request.headers))
    if (name.startsWith(NEXTS_OWN) || name === SHOWN_ERROR_HEADER) delete request.headers[name];
  request.headers[THIS_MACHINE_HEADER] = isLocalCaller(request) ? "1" : "0";
  request.headers[CLIENT_ADDRESS_HEADER] = addressOf(request, trustProxy);
  request.headers["x-forwarded-for"] = request.headers[CLIENT_ADDRESS_HEADER];
  request.headers["x-forwarded-proto"] = origin.protocol.slice(0, -1);
  request.headers["x-forwarded-host"] = origin.host;
  request.headers.host = origin.host;
}
