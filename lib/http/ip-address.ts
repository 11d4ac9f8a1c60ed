import ipaddr from "ipaddr.js";

/** A parsed address. Code compares and counts this, not the spelling. */
export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

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
export function parseIpAddress(text: string): IpAddress | null {
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
