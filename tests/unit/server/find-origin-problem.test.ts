import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { expect, onTestFinished, test } from "vitest";

import { freePort } from "#tests/harness/server.ts";
import { setEnvironment } from "#tests/unit/environment.ts";

async function problemAt(origin: string, variables: Record<string, string> = {}): Promise<string | null> {
  setEnvironment({ ORIGIN: origin, ...variables });
  return (await import("#lib/server/boot/find-origin-problem.ts")).findOriginProblem();
}

/** Starts a server with this handler until the test ends. Returns its origin. */
async function startAt(handler: RequestListener): Promise<string> {
  const port = await freePort();
  const server = createServer(handler).listen(port, "localhost");
  await once(server, "listening");
  onTestFinished(() => {
    server.close().closeAllConnections();
  });
  return `http://localhost:${port}`;
}

test("reports no problem for an origin with the sandbox's discovery", async () => {
  const origin: string = await startAt((request, response) =>
    response.end(
      request.url === "/legrand/.well-known/openid-configuration"
        ? JSON.stringify({ issuer: `${origin}/legrand` })
        : "",
    ),
  );
  expect(await problemAt(origin)).toBeNull();
});

test.each([502, 503, 504])(
  "reports no problem while a proxy does not know yet that this process is ready (%i)",
  async (status) => {
    expect(
      await problemAt(await startAt((_request, response) => response.writeHead(status).end())),
    ).toBeNull();
  },
);

test.each<[string, RequestListener, string]>([
  ["an error", (_request, response) => response.writeHead(404).end(), "HTTP 404"],
  [
    "a redirect",
    (_request, response) => response.writeHead(301, { location: "https://elsewhere.example" }).end(),
    "HTTP 301",
  ],
  ["a page", (_request, response) => response.end("<html>"), "HTTP 200"],
  [
    "another issuer",
    (_request, response) => response.end('{"issuer":"https://elsewhere.example/legrand"}'),
    "HTTP 200",
  ],
  ["an endless answer", (_request, response) => response.end("x".repeat(100_000)), "HTTP 200"],
])("reports %s in its place", async (_case, handler, named) => {
  const origin = await startAt(handler);
  expect(await problemAt(origin)).toMatch(
    new RegExp(
      `^This process cannot reach its own ORIGIN, ${origin}: something else answers there \\(${named}\\)\\. Connect .*Set ORIGIN`,
    ),
  );
});

test("reports a port without a listener, and a name that does not resolve (RFC 6761 §6.4)", async () => {
  expect(await problemAt(`http://localhost:${await freePort()}`)).toMatch(
    /^This process cannot reach its own ORIGIN, \S+: ECONNREFUSED\. /,
  );
  expect(await problemAt("https://nowhere.invalid")).toMatch(
    /^This process cannot reach its own ORIGIN, https:\/\/nowhere\.invalid: (ENOTFOUND|EAI_AGAIN)\. /,
  );
});

test("checks nothing if Connect uses another cloud", async () => {
  const cloud = {
    LEGRAND_AUTHORIZE_URL: "https://cloud.example/authorize",
    LEGRAND_TOKEN_URL: "https://cloud.example/token",
    LEGRAND_API_URL: "https://cloud.example/api",
  };
  expect(await problemAt("https://nowhere.invalid", cloud)).toBeNull();
});
