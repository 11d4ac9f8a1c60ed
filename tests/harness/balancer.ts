import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { freePort } from "#tests/harness/server.ts";

/** A load balancer without sticky sessions. */
export type TestBalancer = {
  origin: string;
  /** Sets the servers behind it by their ports. Each request goes to the next one. */
  setServers: (ports: number[]) => void;
  /** Returns how many requests each of them got. */
  counts: () => number[];
  stop: () => Promise<void>;
};

const LOOK_MS = 100;

/**
 * Starts a balancer that sends every request to another server than the one before. With `looksAtReadiness`
 * it uses only servers whose /readyz is 200.
 */
export async function startBalancer({ looksAtReadiness = false } = {}): Promise<TestBalancer> {
  const port = await freePort();
  let [servers, next, isStopped] = [[] as number[], 0, false];
  const isReady = new Map<number, boolean>();
  const counts = new Map<number, number>();
  const balancer = createServer((incoming, outgoing) => {
    const fit = servers.filter((server) => !looksAtReadiness || isReady.get(server) !== false);
    const server = fit[next++ % fit.length];
    if (server === undefined) return void outgoing.writeHead(502).end("No server");
    counts.set(server, (counts.get(server) ?? 0) + 1);
    forward(server, incoming, outgoing);
  });
  await new Promise<void>((resolve) => balancer.listen(port, resolve));
  const look = async () => {
    for (; !isStopped; await sleep(LOOK_MS))
      await Promise.all(
        servers.map(async (server) => {
          isReady.set(server, await readiness(server));
        }),
      );
  };
  if (looksAtReadiness) void look();
  return {
    origin: `http://localhost:${port}`,
    setServers: (ports) => {
      servers = ports;
    },
    counts: () => servers.map((server) => counts.get(server) ?? 0),
    stop: () => {
      isStopped = true;
      balancer.closeAllConnections();
      return new Promise((resolve) => balancer.close(() => resolve()));
    },
  };
}

const readiness = (port: number) =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );

/** Forwards a request like a real balancer: without retries, and a broken connection is a 502. */
function forward(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { connection: _, ...headers } = incoming.headers;
  const request = ask({
    port,
    host: "127.0.0.1",
    method: incoming.method,
    path: incoming.url,
    agent: false,
    headers: { ...headers, "x-forwarded-for": incoming.socket.remoteAddress },
  });
  request.on("response", (response) => {
    const { connection: _ours, "keep-alive": _too, ...answered } = response.headers;
    outgoing.writeHead(response.statusCode!, answered);
    response.pipe(outgoing).on("error", () => response.destroy());
    response.on("error", () => outgoing.destroy());
  });
  request.on("error", () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end("The server broke the connection");
  });
  incoming.pipe(request);
}
