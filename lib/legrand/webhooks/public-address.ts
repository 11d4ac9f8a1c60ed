import { lookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";

import ipaddr from "ipaddr.js";

/**
 * The part of IPv6 that is routed today (IANA, IPv6 Global Unicast Address Assignments). The library calls
 * the rest unicast too.
 */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** True if that IP address is public: not loopback, private, link-local or otherwise special (RFC 6890). */
export function isPublicAddress(address: string): boolean {
  // The library also parses 127.1 and 0177.0.0.1.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === "unicast" && (parsed.kind() === "ipv4" || parsed.match(GLOBAL_IPV6));
}

/**
 * Resolves a name for a connection. Fails if the name leads to any address that is not public. The connection
 * uses the addresses that were checked here, so a name that answers differently the next time gains nothing
 * (DNS rebinding).
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(
    hostname,
    { ...options, all: true },
    (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
      const refusal =
        error ??
        (addresses.every(({ address }) => isPublicAddress(address))
          ? null
          : new Error("The name leads to an address that is not public"));
      if (refusal) return callback(refusal, "", 0);
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    },
  );
};
