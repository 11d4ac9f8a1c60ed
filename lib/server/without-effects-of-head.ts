import type { IncomingMessage, ServerResponse } from "node:http";

import { asReadOnlyRequest } from "#lib/http/read-only-request.ts";

/**
 * Runs `work` for a request. If the request is a HEAD, `work` is told to have no effect, and the answer sets
 * no cookie (decision 49).
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
 * A cookie would be an effect in the client, and may name a session or an interaction that was not stored.
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

/** Headers that are handed to `writeHead` directly, without cookies. */
function withoutCookies(argument: unknown): unknown {
  if (typeof argument !== "object" || argument === null || Array.isArray(argument)) return argument;
  return Object.fromEntries(Object.entries(argument).filter(([name]) => name.toLowerCase() !== "set-cookie"));
}
