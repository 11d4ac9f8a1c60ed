import { createServer, request as ask } from "node:http";

import { freePort } from "#tests/harness/server.ts";

/** A proxy that loses one answer of the server behind it. */
export type LossyProxy = {
  origin: string;
  /** The port on which the server behind the proxy has to listen. Its origin is the proxy's. */
  port: number;
  /** Counts the requests for the address whose first answer is lost. */
  count: () => number;
  stop: () => Promise<void>;
};

/**
 * Starts a proxy. The server processes the first request whose path matches, but the connection breaks before
 * its answer.
 */
export async function startLossyProxy(path: RegExp): Promise<LossyProxy> {
  const [own, port] = [await freePort(), await freePort()];
  let count = 0;
  const proxy = createServer((incoming, outgoing) => {
    const isLost = path.test(incoming.url!) && ++count === 1;
    const request = ask(
      {
        port,
        host: "127.0.0.1",
        method: incoming.method,
        path: incoming.url,
        headers: incoming.headers,
        agent: false,
      },
      (response) => {
        if (isLost) return void response.resume().on("end", () => incoming.socket.destroy());
        const { connection: _hop, "keep-alive": _too, ...headers } = response.headers;
        return void response.pipe(outgoing.writeHead(response.statusCode!, headers));
      },
    );
    request.on("error", () => outgoing.destroy());
    incoming.pipe(request);
  });
  await new Promise<void>((started) => proxy.listen(own, "localhost", started));
  return {
    origin: `http://localhost:${own}`,
    port,
    count: () => count,
    stop: () =>
      new Promise((stopped) => {
        proxy.closeAllConnections();
        proxy.close(() => stopped());
      }),
  };
}
