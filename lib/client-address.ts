/** Header that our server writes at each request, over whatever the client sent (lib/server/serve.ts). */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

/** The network address that the request came from. */
export function clientAddress(headers: Headers): string {
  return headers.get(CLIENT_ADDRESS_HEADER) ?? "unknown";
}
