import type { IncomingMessage, ServerResponse } from "node:http";

import { asReadOnlyRequest } from "#lib/http/read-only-request.ts";

/**
 * Runs `work` for a request. For a HEAD, `work` runs as a read-only request, and the response sets no cookie
 * (decision 49).
 */
export function withoutEffectsOfHead(
  request: IncomingMessage,
  response: ServerResponse,
  work: () => void,
): void {
  if (request.method !== "HEAD") return work();
  dropCookies(response);
  asReadOnlyRequest(work);
}

/**
 * Keeps the response from setting cookies. A cookie would be an effect in the client, and may name a session
 * or an interaction that was not stored.
 */
function dropCookies(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    ...rest: unknown[]
  ) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.removeHeader("set-cookie");
    return writeHead(status, ...rest.map(withoutCookies));
  };
}

/** Removes cookies from headers that are passed to `writeHead` directly. */
function withoutCookies(argument: unknown): unknown {
  if (typeof argument !== "object" || argument === null || Array.isArray(argument)) return argument;
  return Object.fromEntries(Object.entries(argument).filter(([name]) => name.toLowerCase() !== "set-cookie"));
}
