import { connect } from "node:net";

import { testOrigin } from "#tests/factories/browser.ts";

/**
 * Sends these bytes over a socket of its own and returns what came back until the server closed it, as text.
 */
export function rawRequest(bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(testOrigin());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
    // A server that has said its 4xx may close while we are still writing.
    socket.on("error", (error) =>
      chunks.length ? resolve(Buffer.concat(chunks).toString("latin1")) : reject(error),
    );
    socket.setTimeout(5_000, () => socket.destroy(new Error("The server neither answered nor closed")));
  });
}

/** Status of an answer as it came over the wire. */
export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
