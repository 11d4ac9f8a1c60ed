import ipaddr from "ipaddr.js";

import { parseIpAddress } from "#lib/http/ip-address.ts";

/** Header that our server writes at each request, over whatever the client sent (lib/server/serve.ts). */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

/** Stands for every caller whose address is not an IP address: they count as one. */
const UNKNOWN_ADDRESS = "unknown";

const HOUSEHOLD_BITS = 64;

/**
 * The network that the request came from, for counting: an IPv4 address, or the first 64 bits of an IPv6 one,
 * of which a household has all that follow (RFC 6177 §2).
 */
export function clientNetwork(headers: Headers): string {
  return networkOf(headers.get(CLIENT_ADDRESS_HEADER) ?? UNKNOWN_ADDRESS);
}

/**
 * The network of an address, in one spelling: `203.0.113.7`, or `2001:db8:0:1::`. `unknown` for what is not
 * an IP address.
 */
export function networkOf(given: string): string {
  const address = parseIpAddress(given);
  if (address?.kind() !== "ipv6") return address?.toString() ?? UNKNOWN_ADDRESS;
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${HOUSEHOLD_BITS}`).toString();
}

/** An address in one spelling (RFC 5952), without port and zone; `unknown` for what is not an IP address. */
export function canonicalAddress(given: string): string {
  return parseIpAddress(given)?.toString() ?? UNKNOWN_ADDRESS;
}
