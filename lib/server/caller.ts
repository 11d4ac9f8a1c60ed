import type { IncomingMessage } from "node:http";

import { CLIENT_ADDRESS_HEADER } from "#lib/http/client-address.ts";
import { SHOWN_ERROR_HEADER } from "#lib/http/shown-error-header.ts";
import { newRequestId } from "#lib/log.ts";
import { isRequestId } from "#lib/request-id.ts";

/** Between Next and `proxy.ts`, which it calls middleware. */
const NEXTS_OWN = "x-middleware-";

/** A proxy that counts its requests gives each its identifier; anybody else's could be any text, or the one of another request. */
export function requestIdOf(request: IncomingMessage, trustProxy: boolean): string {
  const given = request.headers["x-request-id"];
  return trustProxy && isRequestId(given) ? given : newRequestId();
}

/** The address that the connection came from, or that the proxy in front says. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = [request.headers["x-forwarded-for"]].flat().join(",").split(",").at(-1)?.trim();
  return (trustProxy && forwarded) || request.socket.remoteAddress || "unknown";
}

/**
 * Who is calling, and under which name, is said by this server and not by the caller: a forged `X-Forwarded-For` would slip
 * past the limit of sign-in attempts, a forged `X-Forwarded-Host` past the origin check of server actions.
 * Headers in which the server and Next talk to themselves are removed: with one of Next's, an address below /admin that exists would be
 * told from one that does not.
 */
export function setTrustedHeaders(request: IncomingMessage, origin: URL, trustProxy: boolean): void {
  for (const name of Object.keys(request.headers)) if (name.startsWith(NEXTS_OWN) || name === SHOWN_ERROR_HEADER) delete request.headers[name];
  request.headers[CLIENT_ADDRESS_HEADER] = addressOf(request, trustProxy);
  request.headers["x-forwarded-for"] = request.headers[CLIENT_ADDRESS_HEADER];
  request.headers["x-forwarded-proto"] = origin.protocol.slice(0, -1);
  request.headers["x-forwarded-host"] = origin.host;
  request.headers.host = origin.host;
}
