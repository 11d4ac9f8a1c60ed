import ipaddr from "ipaddr.js";

/** An address that was parsed: what is compared and counted is this, and not its spelling. */
export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

const BRACKETED = /^\[([^\]]*)\](?::\d+)?$/;
const IPV4_WITH_PORT = /^([\d.]+):\d+$/;
/**
 * Deprecated (RFC 4291 §2.5.5.1). The library takes it for IPv4-mapped: a sender of ::127.0.0.1 would be
 * loopback.
 */
const IPV4_COMPATIBLE = /^::\d+\.[\d.]+$/;

/**
 * Parses an IP address as sockets and proxies write it: with or without a port, brackets (RFC 3986 §3.2.2),
 * quotes (RFC 7239 §6) and a zone (RFC 4007 §11). An IPv4-mapped IPv6 address is the IPv4 address. Returns
 * null for anything else, such as a host name.
 */
export function parseIpAddress(text: string): IpAddress | null {
  const unquoted = text.trim().replace(/^"(.*)"$/, "$1");
  const bare = (BRACKETED.exec(unquoted)?.[1] ?? IPV4_WITH_PORT.exec(unquoted)?.[1] ?? unquoted).replace(
    /%.*$/,
    "",
  );
  // Without shortened, octal and hexadecimal IPv4 addresses: 0177.1 is 127.0.0.1 for one program and nothing
  // for another.
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
