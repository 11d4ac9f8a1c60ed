import { once } from "node:events";
import { createServer, request as send, Agent, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { text } from "node:stream/consumers";

import { afterEach, beforeEach, expect, test } from "vitest";

import { toIncomingRequest, type IncomingRequest } from "#lib/http/incoming-request.ts";
import { readBody, UnreadableRequestError } from "#lib/http/read-body.ts";

let server: Server;
let handle: (request: IncomingRequest) => Promise<string>;
const port = () => (server.address() as AddressInfo).port;

beforeEach(async () => {
  server = createServer((request, response) => {
    void handle(toIncomingRequest(request, `http://localhost${request.url}`)).then((answer) =>
      response.end(answer),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test("has the method, the address, the headers and the body of the request", async () => {
  handle = async ({ method, url, headers, body }) =>
    JSON.stringify({
      method,
      url,
      accept: headers.get("Accept"),
      cookie: headers.get("cookie"),
      body: Buffer.from(await readBody({ headers, body }, 100)).toString(),
    });
  const sent = send({
    port: port(),
    method: "POST",
    path: "/a?b=c",
    headers: { accept: "a, b", cookie: "c=d" },
  });
  sent.end("the body");
  const [response] = (await once(sent, "response")) as [AsyncIterable<Buffer>];
  expect(JSON.parse(await text(response))).toEqual({
    method: "POST",
    url: "http://localhost/a?b=c",
    accept: "a, b",
    cookie: "c=d",
    body: "the body",
  });
});

test("has no body if none was announced", async () => {
  handle = async ({ body }) => (body === null ? "none" : "a body");
  const answers = await Promise.all(
    [{}, { headers: { "content-length": "0" } }].map(async (options) => {
      const sent = send({ port: port(), method: "POST", ...options });
      sent.end();
      const [response] = (await once(sent, "response")) as [AsyncIterable<Buffer>];
      return text(response);
    }),
  );
  expect(answers).toEqual(["none", "none"]);
});

test("a body that is too large is read to its end, so that the connection serves the next request", async () => {
  handle = ({ headers, body }) =>
    readBody({ headers: new Headers(), body }, 10).then(
      () => "read",
      (error: UnreadableRequestError) => `${error.status} ${headers.get("x-number")}`,
    );
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  for (const number of ["1", "2"]) {
    const sent = send({ agent, port: port(), method: "POST", headers: { "x-number": number } });
    sent.on("socket", (socket) => sockets.add(socket));
    sent.end("x".repeat(1_000_000));
    const [response] = (await once(sent, "response")) as [AsyncIterable<Buffer>];
    expect(await text(response)).toBe(`413 ${number}`);
  }
  expect(sockets.size).toBe(1);
  agent.destroy();
});

test("a sender that goes away before the end is the sender's fault", async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  handle = ({ headers, body }) =>
    readBody({ headers, body }, 100).then(String, (error) => (resolve(error), ""));
  const socket = connect(port(), "127.0.0.1");
  const begun = once(server, "request");
  socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nhalf");
  await begun;
  socket.destroy();
  expect(await promise).toMatchObject({ name: "Error", status: 400 });
  expect(await promise).toBeInstanceOf(UnreadableRequestError);
});
