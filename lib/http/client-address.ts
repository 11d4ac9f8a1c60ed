import ipaddr from "ipaddr.js";

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

/** A parsed address. Code compares and counts this, not the spelling. */
type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

const BRACKETED = /^\[([^\]]*)\](?::\d+)?$/;
const IPV4_WITH_PORT = /^([\d.]+):\d+$/;
/**
 * IPv4-compatible form, which is deprecated (RFC 4291 §2.5.5.1). The library treats it as IPv4-mapped, so a
 * sender of ::127.0.0.1 would be loopback.
 */
const IPV4_COMPATIBLE = /^::\d+\.[\d.]+$/;

/**
 * Parses an IP address as sockets and proxies write it: with or without a port, brackets (RFC 3986 §3.2.2),
 * quotes (RFC 7239 §6) and a zone (RFC 4007 §11). An IPv4-mapped IPv6 address becomes the IPv4 address.
 * Returns null for anything else, such as a host name.
 */
function parseIpAddress(text: string): IpAddress | null {
  const unquoted = text.trim().replace(/^"(.*)"$/, "$1");
  const bare = (BRACKETED.exec(unquoted)?.[1] ?? IPV4_WITH_PORT.exec(unquoted)?.[1] ?? unquoted).replace(
    /%.*$/,
    "",
  );
  // Shortened, octal and hexadecimal IPv4 addresses are rejected: 0177.1 is 127.0.0.1 for one program and
  // invalid for another.
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare);
  return ipaddr.IPv6.isValid(bare) && !IPV4_COMPATIBLE.test(bare) ? ipaddr.process(bare) : null;
}

/**
 * True if the address is this machine's own loopback: 127.0.0.0/8 or ::1 (RFC 1122 §3.2.1.3, RFC 4291
 * §2.5.3).
 */
export function isLoopback(text: string): boolean {
  return parseIpAddress(text)?.range() === "loopback";
}
