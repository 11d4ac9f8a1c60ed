import type { IncomingMessage } from "node:http";

/**
 * What an endpoint reads of a request: a web `Request`, or one that Node received (`toIncomingRequest`). `url`
 * is absolute. `body` is null if the request has none.
 */
export type IncomingRequest = {
  method: string;
  url: string;
  headers: Headers;
  body: AsyncIterable<Uint8Array> | null;
};

/**
 * Returns a request that Node received as endpoints read it, with that `url`. Its body is read from the
 * connection on demand.
 */
export function toIncomingRequest(request: IncomingMessage, url: string): IncomingRequest {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, String(value));
  const hasBody =
    "transfer-encoding" in request.headers || Number(request.headers["content-length"] ?? 0) > 0;
  return {
    method: request.method ?? "GET",
    url,
    headers,
    body: hasBody ? request : null,
  };
}
