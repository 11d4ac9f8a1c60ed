/** Header that our server writes at each request, over whatever the client sent (lib/server/serve.ts). */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

/**
 * The network that the request came from, for counting: an IPv4 address, or the first 64 bits of an IPv6 one, of which a
 * household has all that follow (RFC 6177 §2).
 */
export function clientNetwork(headers: Headers): string {
  return networkOf(headers.get(CLIENT_ADDRESS_HEADER) ?? "unknown");
}

/** The same of an address. */
export function networkOf(given: string): string {
  const address = given.replace(/^::ffff:(?=\d+\.)/, "");
  return address.includes(":") ? firstHalf(address) : address;
}

function firstHalf(address: string): string {
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(":").filter(Boolean).length;
  return [...groups, ...Array<string>(missing).fill("0"), ...(tail ?? "").split(":").filter(Boolean)].slice(0, 4).join(":");
}
