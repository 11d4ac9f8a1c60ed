import { setTimeout as sleep } from "node:timers/promises";

import { expect, test } from "vitest";

import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { freePort } from "#tests/harness/server.ts";
import { serveHere } from "#tests/unit/cloud/serve-here.ts";

const redeem = (origin: string) =>
  cloudFetch(`${origin}/token`, { method: "POST", body: new URLSearchParams({ code: "once" }) });

test("200 requests at once open at most 32 connections, and later requests open none", async () => {
  const { server, origin } = await serveHere((_request, response) => {
    setImmediate(() => response.end("{}"));
  });
  let connections = 0;
  server.on("connection", () => connections++);
  const ask = () => cloudFetch(`${origin}/plants`).then((response) => response.json());
  await Promise.all(Array.from({ length: 200 }, ask));
  const opened = connections;
  expect(opened).toBeLessThanOrEqual(32);
  for (let one = 0; one < 20; one++) await ask();
  expect(connections).toBe(opened);
});

test("repeats a POST once if no connection was established, because no server can have seen it", async () => {
  const port = await freePort();
  let received = 0;
  const answer = redeem(`http://127.0.0.1:${port}`);
  await sleep(20);
  await serveHere((_request, response) => {
    received++;
    response.end("{}");
  }, port);
  expect((await answer).status).toBe(200);
  expect(received).toBe(1);
});

test("never repeats a POST whose connection broke after it arrived, because its code may be spent (RFC 6749 §4.1.2)", async () => {
  let received = 0;
  const { origin } = await serveHere((request) => {
    received++;
    request.socket.destroy();
  });
  await expect(redeem(origin)).rejects.toThrow("fetch failed");
  expect(received).toBe(1);
});

test("repeats a GET once if its connection broke (RFC 9110 §9.2.2)", async () => {
  let received = 0;
  const { origin } = await serveHere((request, response) => {
    if (received++ === 0) request.socket.destroy();
    else response.end("{}");
  });
  expect((await cloudFetch(`${origin}/plants`)).status).toBe(200);
  expect(received).toBe(2);
});

test("closes an idle connection before the end that the server announced, so that no POST meets a closed one (RFC 9112 §9.5)", async () => {
  const { server, origin } = await serveHere((_request, response) => {
    response.end("{}");
  });
  let connections = 0;
  server.on("connection", () => connections++);
  // Node announces whole seconds (timeout=2), and the client subtracts 2 s.
  server.keepAliveTimeout = 2_000;
  for (let one = 0; one < 3; one++) expect(await (await redeem(origin)).json()).toEqual({});
  expect(connections).toBe(3);
});

test("a status is an answer: a 503 is not retried", async () => {
  let received = 0;
  const { origin } = await serveHere((_request, response) => {
    received++;
    response.writeHead(503).end();
  });
  expect((await cloudFetch(`${origin}/plants`)).status).toBe(503);
  expect(received).toBe(1);
});
