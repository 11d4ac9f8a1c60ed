import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { ServerState } from "#tests/harness/describe-server.ts";

type Seen = { method: string; target: string; at: number };

const MOST_DOCUMENTS = 10;

const open = new Set<Seen>();
let documents: Seen[] = [];

/**
 * Starts to record the requests of every server in this process, except those to that port (the control's
 * own).
 */
export function watchRequests(controlPort: number): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.socket.localPort === controlPort) return;
    const seen = { method: request.method ?? "", target: request.url ?? "", at: performance.now() };
    open.add(seen);
    response.once("close", () => open.delete(seen));
    if (request.headers["sec-fetch-dest"] === "document")
      documents = [...documents.slice(1 - MOST_DOCUMENTS), seen];
  });
}

/**
 * Returns the open requests, and the last documents that browsers opened. Addresses are patterns, without
 * codes, tokens and queries.
 */
export async function readRequests(): Promise<ServerState> {
  const { describeRoute } = await import("#lib/server/front/record-request.ts");
  const nameOf = ({ method, target }: Seen) => `${method} ${describeRoute(target)}`;
  const secondsSince = ({ at }: Seen) => (performance.now() - at) / 1000;
  return {
    open: [...open].map((seen) => ({ request: nameOf(seen), seconds: secondsSince(seen) })),
    documents: documents.map((seen) => ({ request: nameOf(seen), secondsAgo: secondsSince(seen) })),
  };
}
