import { lookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

// IANA special-purpose registries (RFC 6890): what is routed on the internet is left. Two lists: in one, rules of IPv6 would also
// be asked about IPv4 addresses.
const SPECIAL = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, bits] of [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24], ["192.0.2.0", 24],
  ["192.88.99.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 4], ["240.0.0.0", 4],
] as const) SPECIAL.ipv4.addSubnet(network, bits, "ipv4");
// Of IPv6 only 2000::/3 is global, without Teredo, documentation and 6to4, which lead elsewhere.
for (const [network, bits] of [["::", 3], ["4000::", 2], ["8000::", 1], ["2001::", 32], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20]] as const) {
  SPECIAL.ipv6.addSubnet(network, bits, "ipv6");
}

/** Whether that IP address is one of the internet: not loopback, private, link-local or otherwise special (RFC 6890). */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  const family = version === 6 ? "ipv6" : "ipv4";
  return version !== 0 && !SPECIAL[family].check(address, family);
}

/**
 * Resolves a name for a connection, and fails where it leads to any address that is not public. The connection goes to what was
 * looked at here: a name that answers differently the next time gains nothing (DNS rebinding).
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
    const refusal = error ?? (addresses.every(({ address }) => isPublicAddress(address)) ? null : new Error("The name leads to an address that is not public"));
    if (refusal) return callback(refusal, "", 0);
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};
