import type { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Requests that come while a stop waits, and have no end, keep it no longer than that. */
const LATE_MS = 2_000;
const LOOK_MS = 20;

/** The requests of the servers that are being answered, and how to end them. */
export type RequestsUnderWay = {
  note: (response: ServerResponse) => void;
  count: () => number;
  /** Whether `end` was called. */
  isEnding: () => boolean;
  end: (delayMs: number, graceMs: number) => Promise<number>;
};

/**
 * Keeps a list of what the servers are answering. `end` stops them without cutting any: from then on connections are closed after their
 * answer; after the delay (for a balancer that has to notice) the servers wait until what was begun has ended, still listening, because a
 * request of ours may need another one of these very servers (Connect redeems a code at the sandbox); then they take no new connection.
 * What takes longer than the grace is cut. Returns how many were.
 */
export function trackRequests(...servers: Server[]): RequestsUnderWay {
  const underWay = new Set<ServerResponse>();
  let [isEnding, isClosed] = [false, false];
  const note = (response: ServerResponse) => {
    underWay.add(response);
    if (isEnding) response.setHeader("connection", "close");
    response.once("close", () => {
      underWay.delete(response);
      // Its head was sent before the stop, and said that the connection stays.
      if (isClosed) setImmediate(() => servers.forEach((server) => server.closeIdleConnections()));
    });
  };
  const end = async (delayMs: number, graceMs: number) => {
    isEnding = true;
    for (const response of underWay) if (!response.headersSent) response.setHeader("connection", "close");
    await sleep(delayMs);
    const deadline = performance.now() + graceMs;
    const early = [...underWay];
    const lateEnd = performance.now() + LATE_MS;
    await until(() => underWay.size === 0 || (performance.now() > lateEnd && !early.some((response) => underWay.has(response))), deadline);
    isClosed = true;
    for (const server of servers) {
      server.close();
      server.closeIdleConnections();
    }
    await until(() => underWay.size === 0, deadline);
    const cut = underWay.size;
    for (const server of servers) server.closeAllConnections();
    return cut;
  };
  return { note, count: () => underWay.size, isEnding: () => isEnding, end };
}

async function until(condition: () => boolean, deadline: number): Promise<void> {
  while (!condition() && performance.now() < deadline) await sleep(LOOK_MS);
}
