import type { IncomingMessage, ServerResponse } from "node:http";

import { findRoute } from "#lib/server/routes.ts";

/**
 * Answers a prefetch by 503, and returns true. A browser prefetches what a person may never open: a callback
 * that redeems a code, a page that makes a client secret while it is shown, an export that is written into
 * the audit log. It discards this answer and asks again when the person opens the address (Fetch §3.2.7,
 * `Sec-Purpose`). Files may be prefetched. Every other address answers the same, so that none below /admin
 * can be distinguished by it.
 */
export function answerPrefetch(request: IncomingMessage, response: ServerResponse): boolean {
  if (!isPrefetch(request) || findRoute(request.url ?? "/")?.kind === "file") return false;
  response.statusCode = 503;
  response.setHeader("cache-control", "no-store").setHeader("content-type", "text/plain; charset=utf-8");
  response.end("A prefetch is not answered. Nothing was changed.\n");
  return true;
}

/** Older browsers say it in a header of their own. */
function isPrefetch({ headers }: IncomingMessage): boolean {
  return [headers["sec-purpose"], headers.purpose, headers["x-moz"]]
    .flat()
    .some((value) => /^prefetch\b/i.test(value ?? ""));
}
