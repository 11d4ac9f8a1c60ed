import { once } from "node:events";
import type { RequestListener, ServerOptions } from "node:http";
import { connect, type Socket } from "node:net";

import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { makeHttpServer } from "#lib/server/front/http-server.ts";
import { SECRETS } from "#tests/unit/environment.ts";

// The page for an unknown address depends on the settings: it is the sandbox's own if there is a sandbox.
beforeAll(() => {
  Object.assign(process.env, SECRETS);
});

const KB = 1024;
const hello: RequestListener = (_request, response) => response.end("hello");

/** Starts a server on a free port. Returns a function that opens a connection to it. */
async function serve(handle: RequestListener = hello, options: ServerOptions = {}, keepAliveMs = 75_000) {
  const server = makeHttpServer(
    handle,
    { keepAliveMs, isLogged: false, isDevelopment: false },
    options,
  ).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return () => connect(port, "127.0.0.1");
}

/**
 * Returns everything that arrives on a connection until the server ends it. Fails if the server breaks it.
 */
async function readAll(socket: Socket): Promise<string> {
  return Buffer.concat((await socket.toArray()) as Buffer[]).toString();
}

const send = async (open: () => Socket, bytes: string | Buffer) => {
  const socket = open();
  socket.write(bytes);
  return readAll(socket);
};

const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
const HOST = "Host: localhost\r\n";

describe("accepts a request head of 64 KB, because applications on other ports of localhost add their cookies (RFC 6265 §8.5)", () => {
  const withCookies = (size: number, accept = "text/html") =>
    `GET / HTTP/1.1\r\n${HOST}Connection: close\r\nCookie: a=${"x".repeat(size)}\r\nAccept: ${accept}\r\n\r\n`;

  test("reads 60 KB of cookies", async () => {
    expect(statuses(await send(await serve(), withCookies(60 * KB)))).toEqual([200]);
  });

  test.each([
    [
      "a browser receives a page that says what to do",
      "text/html,*/*;q=0.8",
      /^content-type: text\/html/m,
      /<h1>Your browser sent too many cookies<\/h1>.*Delete the cookies/,
    ],
    [
      "a program receives JSON",
      "application/json",
      /^content-type: application\/json/m,
      /"error_description":"[^"]*cookies/,
    ],
  ])("answers 431 to more: %s", async (_who, accept, type, words) => {
    const answer = await send(await serve(), withCookies(70 * KB, accept));
    expect(statuses(answer)).toEqual([431]);
    for (const part of [
      /^connection: close\r$/m,
      /^cache-control: no-store\r$/m,
      /^x-request-id: \w{8}\r$/m,
      type,
      words,
    ])
      expect(answer).toMatch(part);
  });

  test("a caller that is still sending receives the answer instead of a broken connection (RFC 9112 §9.6)", async () => {
    const socket = (await serve())();
    socket.write(withCookies(2_000 * KB));
    expect(statuses(await readAll(socket))).toEqual([431]);
  });
});

describe("answers an unparsable request with a sentence, and closes the connection", () => {
  test.each([
    ["a line that is no header", `GET / HTTP/1.1\r\n${HOST}no header\r\n\r\n`, 400],
    [
      "two lengths (RFC 9112 §6.3)",
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      400,
    ],
    ["HTTP/2 without asking (RFC 9113 §3.3)", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
    ["TLS", Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), 400],
    ["a body with a broken chunk", `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    ["an unknown method at a page (RFC 9110 §15.5.6)", `BREW /legrand/sign-in HTTP/1.1\r\n${HOST}\r\n`, 405],
    ["an unknown method at an unknown address", `BREW /nowhere HTTP/1.1\r\n${HOST}\r\n`, 404],
    [
      "an unknown method below /admin, where there is nothing",
      `BREW /admin/audit HTTP/1.1\r\n${HOST}\r\n`,
      404,
    ],
    ["a tunnel (CONNECT, RFC 9110 §9.3.6)", `CONNECT localhost:80 HTTP/1.1\r\n${HOST}\r\n`, 405],
  ])("%s", async (_case, bytes, status) => {
    const open = await serve(
      (request, response) => void request.resume().once("end", () => response.end("never")),
    );
    const answer = await send(open, bytes);
    expect(statuses(answer)).toEqual([status]);
    // A missing address has one page for every caller (issue 11, 21).
    expect(answer).toMatch(
      status === 404
        ? /\r\n\r\n<!DOCTYPE html>.*Page not found/
        : /\r\n\r\n\{"error":"invalid_request","error_description":"[^"]+"\}$/,
    );
    expect(/^allow: .+$/m.test(answer)).toBe(status === 405);
    for (const header of [/^connection: close\r$/m, /^cache-control: no-store\r$/m])
      expect(answer).toMatch(header);
  });

  test("answers 408 to a request that takes too long", async () => {
    const answer = await send(
      await serve(hello, { headersTimeout: 50, connectionsCheckingInterval: 20 }),
      `GET / HTTP/1.1\r\n${HOST}`,
    );
    expect(statuses(answer)).toEqual([408]);
    expect(answer).toContain("did not arrive in time");
  });

  test("sends the answer to the previous request on the same connection first, and whole", async () => {
    const open = await serve((_request, response) => void setTimeout(() => response.end("first"), 50));
    const answer = await send(open, `GET / HTTP/1.1\r\n${HOST}\r\nno request\r\n\r\n`);
    expect(statuses(answer)).toEqual([200, 400]);
    expect(answer.indexOf("first")).toBeLessThan(answer.indexOf("HTTP/1.1 400"));
  });

  test("writes nothing into an answer that has begun", async () => {
    const open = await serve((_request, response) => void response.write("begun"));
    const socket = open();
    socket.on("error", () => {});
    socket.write(`POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`);
    await once(socket, "data");
    socket.write("zz\r\n");
    expect(statuses(await readAll(socket).catch(() => ""))).toEqual([]);
  });
});

describe("answers a protocol upgrade request in HTTP/1.1 (RFC 9110 §7.8)", () => {
  test.each(["h2c", "websocket"])("%s", async (protocol) => {
    const open = await serve();
    const answer = await send(
      open,
      `GET / HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`,
    );
    expect([statuses(answer), /^connection: close\r$/im.test(answer)]).toEqual([[200], true]);
  });

  test("also if there is a listener for upgrades, as Next has in production", async () => {
    const handle: RequestListener = ({ socket }, response) => {
      (socket as Socket & { server: { on: (name: string, listener: () => void) => void } }).server.on(
        "upgrade",
        () => {},
      );
      response.end("hello");
    };
    const open = await serve(handle);
    for (let count = 0; count < 2; count++) {
      expect(
        statuses(
          await send(open, `GET / HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`),
        ),
      ).toEqual([200]);
    }
  });
});

describe("keeps an idle connection open for the configured time", () => {
  test("announces it and then closes the connection; the time limit for a request's head is separate", async () => {
    const socket = (
      await serve(
        hello,
        { headersTimeout: 100, connectionsCheckingInterval: 20, keepAliveTimeoutBuffer: 0 },
        1_000,
      )
    )();
    socket.write(`GET / HTTP/1.1\r\n${HOST}\r\n`);
    const [head] = (await once(socket, "data")) as [Buffer];
    expect(head.toString()).toMatch(/^Keep-Alive: timeout=1\r$/m);
    const begin = performance.now();
    expect(await readAll(socket)).toBe("");
    expect(performance.now() - begin).toBeGreaterThan(900);
  });
});

test("also prevents storage by HTTP/1.0 caches with Pragma (RFC 6749 §5.1)", async () => {
  const open = await serve(({ url }, response) => {
    response.setHeader("cache-control", url === "/kept" ? "public, max-age=300" : "private, no-store");
    if (url === "/written") response.writeHead(200, { "content-type": "text/plain" });
    response.end("hello");
  });
  const ask = (path: string) => send(open, `GET ${path} HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
  for (const path of ["/", "/written"]) expect(await ask(path)).toMatch(/^pragma: no-cache\r$/m);
  expect(await ask("/kept")).not.toMatch(/pragma/i);
});
