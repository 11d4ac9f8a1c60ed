import { connect } from "node:net";

import { testOrigin } from "#tests/factories/browser.ts";

/**
 * Sends these bytes over a new socket. Returns everything that the server sent until it closed the socket, as
 * text.
 */
export function rawRequest(bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(testOrigin());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
    // A server that has answered with a 4xx may close the socket while the test is still writing.
    socket.on("error", (error) =>
      chunks.length ? resolve(Buffer.concat(chunks).toString("latin1")) : reject(error),
    );
    socket.setTimeout(5_000, () => socket.destroy(new Error("The server neither answered nor closed")));
  });
}

/** Returns the status of an answer as it came over the wire. */
export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
