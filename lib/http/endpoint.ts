import type { IncomingRequest } from "#lib/http/incoming-request.ts";

/** The methods that a route can have. */
export const HTTP_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
/** A method that a route can have. */
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** Answers a request. `parameters` are the dynamic segments of the address, by the names in its pattern. */
export type EndpointHandler = (
  request: IncomingRequest,
  parameters: Record<string, string>,
) => Promise<Response>;

/**
 * An address that programs call, and that the server answers before Next (lib/server/front/answer-endpoint.ts).
 * It has one handler for each method. HEAD runs the handler of GET if it has none of its own.
 */
export type Endpoint = Partial<Record<HttpMethod, EndpointHandler>>;
