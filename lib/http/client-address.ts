import ipaddr from "ipaddr.js";

import { parseIpAddress } from "#lib/http/ip-address.ts";

/** Header that the server sets on each request, overwriting what the client sent (lib/server/front/caller.ts). */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

/** Stands for every caller whose address is not an IP address. They all count as one. */
const UNKNOWN_ADDRESS = "unknown";

const HOUSEHOLD_BITS = 64;

/**
 * Returns the network that the request came from, for counting: an IPv4 address, or the first 64 bits of an
 * IPv6 address, because a household owns all addresses with these bits (RFC 6177 §2).
 */
export function clientNetwork(headers: Headers): string {
  return networkOf(headers.get(CLIENT_ADDRESS_HEADER) ?? UNKNOWN_ADDRESS);
}

/**
 * Returns the network of an address, in one spelling: `203.0.113.7`, or `2001:db8:0:1::`. Returns `unknown`
 * if it is not an IP address.
 */
export function networkOf(given: string): string {
  const address = parseIpAddress(given);
  if (address?.kind() !== "ipv6") return address?.toString() ?? UNKNOWN_ADDRESS;
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${HOUSEHOLD_BITS}`).toString();
}

/**
 * Returns an address in one spelling (RFC 5952), without port and zone, or `unknown` if it is not an IP
 * address.
 */
export function canonicalAddress(given: string): string {
  return parseIpAddress(given)?.toString() ?? UNKNOWN_ADDRESS;
}
