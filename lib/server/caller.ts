import type { IncomingMessage } from "node:http";

import { canonicalAddress, CLIENT_ADDRESS_HEADER } from "#lib/http/client-address.ts";
import { newRequestId } from "#lib/log.ts";
import { isRequestId } from "#lib/request-id.ts";

/** A proxy that counts its requests gives each its identifier; anybody else's could be any text, or the one of another request. */
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
 * Who is calling, and under which name, is said by this server and not by the caller: a forged `X-Forwarded-For` would slip
 * past the limit of sign-in attempts, a forged `X-Forwarded-Host` past the origin check of server actions.
 */
export function setTrustedHeaders(request: IncomingMessage, origin: URL, trustProxy: boolean): void {
  request.headers[CLIENT_ADDRESS_HEADER] = addressOf(request, trustProxy);
  request.headers["x-forwarded-for"] = request.headers[CLIENT_ADDRESS_HEADER];
  request.headers["x-forwarded-proto"] = origin.protocol.slice(0, -1);
  request.headers["x-forwarded-host"] = origin.host;
  request.headers.host = origin.host;
}
