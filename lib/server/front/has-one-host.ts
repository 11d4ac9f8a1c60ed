import type { IncomingMessage } from "node:http";

import { headerValues } from "#lib/server/front/header-values.ts";

/**
 * A name, an IPv4 address, or an IPv6 address in brackets; then an optional port (RFC 3986 §3.2.2). Names
 * have no other characters.
 */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/**
 * True if a request has exactly one Host header, and it can be parsed (RFC 9112 §3.2). HTTP/1.0 may leave it
 * out. Two Host headers are refused because a proxy in front may have used the other one.
 */
export function hasOneHost(request: IncomingMessage): boolean {
  const hosts = headerValues(request, "host");
  if (hosts.length === 0) return request.httpVersion === "1.0";
  return hosts.length === 1 && HOST.test(hosts[0]!);
}
