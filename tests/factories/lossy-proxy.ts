import { createServer, request as ask } from "node:http";

import { freePort } from "#tests/harness/server.ts";

/** A line to a server on which one answer gets lost. */
export type LossyProxy = {
  origin: string;
  /** The port of the server behind it, which has this proxy's origin. */
  port: number;
  /** How many requests there were for the address whose first answer is lost. */
  count: () => number;
  stop: () => Promise<void>;
};

/**
 * Starts one. The server works on the first request whose path matches, and the connection breaks in place of
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
