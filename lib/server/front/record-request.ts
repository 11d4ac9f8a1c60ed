import type { IncomingMessage, ServerResponse } from "node:http";

import { networkOf } from "#lib/http/client-address.ts";
import { logEvent } from "#lib/log.ts";
import { countRequest } from "#lib/metrics.ts";
import { NEXTS_PREFIX } from "#lib/server/front/find-traits.ts";
import { BUILT, findRoute } from "#lib/server/front/routes.ts";

/** Files of `public`, and missing ones. They share one name, so that a scan cannot create many. */
const FILE = /^\/[\w-]+\.(?:svg|ico|txt|png|webmanifest)$/;

/**
 * Counts and logs the request when its answer has ended. The log line has the pattern of the address, which
 * contains no code, token or identifier.
 */
export function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, address, isLogged }: { requestId: string; address: string; isLogged: boolean },
): void {
  const begin = performance.now();
  const before = request.socket.bytesWritten;
  const [method, target] = [request.method ?? "", request.url ?? ""];
  response.once("close", () => {
    const [seconds, route, status] = [
      (performance.now() - begin) / 1000,
      describeRoute(target),
      response.statusCode,
    ];
    countRequest({ method, route, status, seconds });
    if (!isLogged) return;
    logEvent(requestId, "request", {
      method,
      route,
      status,
      ms: Math.round(seconds * 1000),
      bytes: request.socket.bytesWritten - before,
      network: networkOf(address),
      ...(response.writableFinished ? {} : { broken: true }),
    });
  });
}

/** Returns the pattern of the page or route, or the kind of the address. */
export function describeRoute(target: string): string {
  const path = target.split("?")[0]!;
  if (path.startsWith(NEXTS_PREFIX)) return BUILT;
  try {
    return findRoute(target)?.pattern ?? (FILE.test(path) ? "(file)" : "(unknown)");
  } catch {
    return "(unreadable)";
  }
}
