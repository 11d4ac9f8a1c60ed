import type { IncomingMessage, ServerResponse } from "node:http";

import { findRoute } from "#lib/server/front/routes.ts";

/**
 * Answers a prefetch with 503 and returns true. Returns false for any other request.
 *
 * A browser prefetches pages that the user may never open: a callback that redeems a code, a page that makes
 * a client secret when it is shown, an export that is written into the audit log. The browser discards this
 * answer and asks again when the user opens the page (Fetch §3.2.7, `Sec-Purpose`). Files may be prefetched.
 * Every other address answers the same, so that a prefetch does not reveal which addresses below /admin
 * exist.
 */
export function answerPrefetch(request: IncomingMessage, response: ServerResponse): boolean {
  if (!isPrefetch(request) || findRoute(request.url ?? "/")?.kind === "file") return false;
  response.statusCode = 503;
  response.setHeader("cache-control", "no-store").setHeader("content-type", "text/plain; charset=utf-8");
  response.end("A prefetch is not answered. Nothing was changed.\n");
  return true;
}

/** True if a header marks the request as a prefetch. Older browsers use other headers. */
function isPrefetch({ headers }: IncomingMessage): boolean {
  return [headers["sec-purpose"], headers.purpose, headers["x-moz"]]
    .flat()
    .some((value) => /^prefetch\b/i.test(value ?? ""));
}
