import { once } from "node:events";
import { createServer, request, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { beforeAll, describe, expect, test } from "vitest";

import { setEnvironment } from "#tests/unit/environment.ts";

let setTrustedHeaders: typeof import("#lib/server/front/caller.ts").setTrustedHeaders;

async function load(origin: string): Promise<void> {
  setEnvironment({ ORIGIN: origin });
  ({ setTrustedHeaders } = await import("#lib/server/front/caller.ts"));
}

/** Returns the headers, as the pages see them, of the request that `send` sends to this port. */
async function receiveBy(
  send: (port: number) => Promise<void>,
  trustProxy = false,
): Promise<IncomingHttpHeaders> {
  let seen: IncomingHttpHeaders = {};
  const server = createServer((incoming, response) => {
    setTrustedHeaders(incoming, new URL("http://localhost:3000"), trustProxy);
    seen = incoming.headers;
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  await send((server.address() as { port: number }).port);
  server.close();
  return seen;
}

/** Sends a request with these headers. Returns the headers that the pages see. */
function receive(
  headers: Record<string, string | string[]>,
  trustProxy = false,
): Promise<IncomingHttpHeaders> {
  return receiveBy(async (port) => {
    const [response] = (await once(
      request({ port, host: "127.0.0.1", headers, agent: false }).end(),
      "response",
    )) as [NodeJS.ReadableStream];
    response.resume();
    await once(response, "end");
  }, trustProxy);
}

const isOnThisMachine = async (headers: Record<string, string | string[]> = {}) =>
  (await receive(headers))["x-caller-on-this-machine"] === "1";

describe("a caller on this machine (decision 30)", () => {
  beforeAll(() => load("http://localhost:3000"));

  test("connects from loopback, with any host name", async () => {
    for (const host of ["localhost:3000", "127.0.0.1:3000", "compose-service:3000"])
      expect(await isOnThisMachine({ host })).toBe(true);
  });

  test.each([
    "Forwarded",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded",
    "Forwarded-For",
    "X-Original-Forwarded-For",
    "Via",
    "X-Real-IP",
    "X-Client-IP",
    "X-Cluster-Client-IP",
    "True-Client-IP",
    "CF-Connecting-IP",
    "CF-Connecting-IPv6",
    "Fastly-Client-IP",
    "Fly-Client-IP",
    "X-Azure-ClientIP",
    "X-Envoy-External-Address",
    "X-Remote-Addr",
  ])("is not one behind a proxy, which sends %s", async (name) => {
    expect(await isOnThisMachine({ [name]: "x" })).toBe(false);
    expect(await isOnThisMachine({ [name]: "" })).toBe(false);
  });

  test("is not one that speaks HTTP/1.0, as nginx does by default without any such header", async () => {
    const seen = await receiveBy(async (port) => {
      const socket = connect(port, "127.0.0.1").resume();
      socket.end("GET / HTTP/1.0\r\nHost: 127.0.0.1:3000\r\n\r\n");
      await once(socket, "close");
    });
    expect(seen["x-caller-on-this-machine"]).toBe("0");
  });

  test("cannot become one by sending the header itself", async () => {
    for (const claimed of ["1", ["1", "1"], "0, 1"]) {
      expect(
        (await receive({ "x-caller-on-this-machine": claimed, via: "x" }))["x-caller-on-this-machine"],
      ).toBe("0");
    }
  });
});

test("no caller is on this machine if the origin is another host", async () => {
  await load("https://connect.example");
  expect(await isOnThisMachine()).toBe(false);
  await load("http://connect.localhost:3000");
  expect(await isOnThisMachine()).toBe(false);
});

describe("the address of a caller", () => {
  const addressOf = async (forwarded: string | string[], trustProxy = true) =>
    (await receive({ "x-forwarded-for": forwarded }, trustProxy))["x-client-address"];

  test("is the last one that a trusted proxy adds, without its port", async () => {
    for (const said of [
      "203.0.113.10:51234",
      "203.0.113.10:51235",
      "198.51.100.1, 203.0.113.10",
      '"203.0.113.10:1"',
      "::ffff:cb00:710a",
    ])
      expect(await addressOf(said)).toBe("203.0.113.10");
    expect(await addressOf(["198.51.100.1", "203.0.113.10"])).toBe("203.0.113.10");
    expect(await addressOf("[2001:DB8::1]:443")).toBe("2001:db8::1");
  });

  test("is unknown if the proxy names no address, and the connection's address if no proxy is trusted", async () => {
    for (const said of ["_hidden", "198.51.100.1, evil.example", "203.0.113.10\\n"])
      expect(await addressOf(said)).toBe("unknown");
    expect(await addressOf("203.0.113.10", false)).toBe("127.0.0.1");
  });
});
