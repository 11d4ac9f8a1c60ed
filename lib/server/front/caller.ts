import type { IncomingMessage } from "node:http";

import { env } from "#lib/env.ts";
import { canonicalAddress, CLIENT_ADDRESS_HEADER, isLoopback } from "#lib/http/client-address.ts";
import { SHOWN_ERROR_HEADER } from "#lib/http/server-headers.ts";
import { THIS_MACHINE_HEADER } from "#lib/http/this-machine.ts";
import { newRequestId } from "#lib/log.ts";
import { isRequestId } from "#lib/request-id.ts";

/**
 * Names of headers by which a proxy says that it forwards a request: `Forwarded` (RFC 7239), `Via` (RFC 9110
 * §7.6.3), `X-Forwarded-For` and its family, and product-specific headers with the caller's address:
 * `X-Real-IP`, `True-Client-IP`, `CF-Connecting-IP`, `X-Envoy-External-Address`.
 */
const FORWARDING = /^via$|forwarded|(?:^|-)(?:client)?ip(?:v6)?$|-addr(?:ess)?$/;
/** Prefix of the headers between Next and `proxy.ts` (which Next calls middleware). */
const NEXTS_OWN = "x-middleware-";

/**
 * Returns the identifier of a request. A trusted proxy that numbers its requests decides it. An identifier
 * from any other caller is ignored: it could be any text, or the identifier of another request.
 */
export function requestIdOf(request: IncomingMessage, trustProxy: boolean): string {
  const given = request.headers["x-request-id"];
  return trustProxy && isRequestId(given) ? given : newRequestId();
}

/** Returns the address that the connection came from, or the one that the trusted proxy in front reports. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = [request.headers["x-forwarded-for"]].flat().join(",").split(",").at(-1)?.trim();
  return canonicalAddress((trustProxy && forwarded) || request.socket.remoteAddress || "");
}

/**
 * True if a program on this machine is the caller: the origin is localhost, the connection comes from a
 * loopback address, and no proxy forwarded the request (behind a proxy on this machine, every connection
 * comes from loopback).
 */
export function isLocalCaller(request: IncomingMessage): boolean {
  return env().isLocal && isLoopback(request.socket.remoteAddress ?? "") && !isForwarded(request);
}

/**
 * True if a proxy forwarded the request: a header says so, or the request uses HTTP/1.0, as nginx does by
 * default and browsers do not. Reads the headers as they arrived, because `setTrustedHeaders` changes the
 * parsed ones.
 */
export function isForwarded({ httpVersion, rawHeaders }: IncomingMessage): boolean {
  // Names and values alternate.
  return (
    httpVersion === "1.0" ||
    rawHeaders.some((text, index) => index % 2 === 0 && FORWARDING.test(text.toLowerCase()))
  );
}

/**
 * Overwrites the headers that name the caller and the host, so that this server decides them and not the
 * caller. A forged `X-Forwarded-For` would evade the rate limit of sign-in attempts; a forged
 * `X-Forwarded-Host` would pass the origin check of server actions. Also removes the internal headers of this
 * server and of Next: with one of Next's, a caller could distinguish an address below /admin that exists from
 * one that does not.
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
