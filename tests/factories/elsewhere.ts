import { request, type IncomingHttpHeaders } from "node:http";
import { networkInterfaces } from "node:os";

import { testOrigin } from "#tests/factories/browser.ts";

/** An answer to a caller on another machine. */
export type AnswerElsewhere = { status: number; headers: IncomingHttpHeaders; text: string };

/** A way to call the server under test as if from another machine. */
export type Elsewhere = {
  name: string;
  ask: (
    path: string,
    init?: { method?: string; headers?: Record<string, string>; body?: string },
  ) => Promise<AnswerElsewhere>;
};

/** An address of this machine that is not loopback. A connection to it also comes from it. */
const lanAddress = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .find(({ internal, scopeid }) => !internal && !scopeid)?.address;

/**
 * Returns the ways to be a caller on another machine who claims to be on this one: through a proxy on this
 * machine, and by an address of its network if the test's machine has one. Each sends the Host of the server
 * under test, which has to listen at every address (`HOST=0.0.0.0`).
 */
export function elsewhere(): Elsewhere[] {
  return [
    {
      name: "by a proxy on this machine",
      ask: (path, init) =>
        ask("127.0.0.1", path, { ...init, headers: { "x-forwarded-for": "203.0.113.9", ...init?.headers } }),
    },
    ...(lanAddress
      ? [
          {
            name: "by an address of the network",
            ask: ((path, init) => ask(lanAddress, path, init)) satisfies Elsewhere["ask"],
          },
        ]
      : []),
  ];
}

function ask(
  host: string,
  path: string,
  { method = "GET", headers = {}, body }: Parameters<Elsewhere["ask"]>[1] = {},
): Promise<AnswerElsewhere> {
  const { port, host: name } = new URL(testOrigin());
  return new Promise((resolve, reject) => {
    const sent = request(
      { host, port, path, method, agent: false, headers: { host: name, origin: testOrigin(), ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
