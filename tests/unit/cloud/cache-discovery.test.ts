import { afterEach, expect, test, vi } from "vitest";

import { cacheDiscovery } from "#lib/connect/cloud/cache-discovery.ts";
import { serveHere } from "#tests/unit/cloud/serve-here.ts";

const WELL_KNOWN = "/.well-known/openid-configuration";
const TEN_MINUTES_MS = 600_000;

afterEach(() => {
  vi.useRealTimers();
});

type Answer = { status?: number; body: unknown };

/**
 * Starts a server with an issuer at each path. `answer` turns the correct metadata into its discovery answer.
 */
async function startIssuer(answer: (metadata: Record<string, unknown>) => Answer = (body) => ({ body })) {
  const asked: string[] = [];
  const { origin } = await serveHere((request, response) => {
    asked.push(request.url!);
    const issuer = origin + request.url!.replace(WELL_KNOWN, "");
    const { status = 200, body } = answer({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      more: "kept",
    });
    response
      .writeHead(status, { "content-type": "application/json" })
      .end(typeof body === "string" ? body : JSON.stringify(body));
  });
  const recall = cacheDiscovery(fetch);
  return { origin, asked, recall, discover: (path = "") => recall(new URL(`${origin}${path}${WELL_KNOWN}`)) };
}

test("asks an issuer once in ten minutes, and each caller can read the answer", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { discover, asked, origin } = await startIssuer();
  for (let one = 0; one < 3; one++)
    expect(await (await discover()).json()).toMatchObject({ issuer: origin, more: "kept" });
  expect(asked).toHaveLength(1);
  vi.setSystemTime(Date.now() + TEN_MINUTES_MS);
  await discover();
  expect(asked).toHaveLength(2);
});

test.each<[string, (metadata: Record<string, unknown>) => Answer]>([
  ["500", (body) => ({ status: 500, body })],
  ["404", (body) => ({ status: 404, body })],
  ["a redirect", (body) => ({ status: 302, body })],
  ["no JSON", () => ({ body: "<html>" })],
  ["nothing", () => ({ body: "" })],
  ["a list", () => ({ body: [] })],
  [
    "another issuer (OpenID Connect Discovery §4.3)",
    (body) => ({ body: { ...body, issuer: "https://evil.example" } }),
  ],
  ["no token endpoint", ({ token_endpoint: _left, ...body }) => ({ body })],
  ["more than 64 KB", (body) => ({ body: { ...body, more: "x".repeat(65_536) } })],
])("does not cache an unusable answer: %s", async (_what, spoil) => {
  let isSpoilt = true;
  const { discover, asked } = await startIssuer((metadata) =>
    isSpoilt ? spoil(metadata) : { body: metadata },
  );
  await discover();
  isSpoilt = false;
  expect((await discover()).status).toBe(200);
  await discover();
  expect(asked).toHaveLength(2);
});

test("does not cache a failed request", async () => {
  let isThere = false;
  const recall = cacheDiscovery((address, init) =>
    isThere ? fetch(address, init) : Promise.reject(new TypeError("fetch failed")),
  );
  const { origin, asked } = await startIssuer();
  await expect(recall(origin + WELL_KNOWN)).rejects.toThrow("fetch failed");
  isThere = true;
  expect((await recall(origin + WELL_KNOWN)).status).toBe(200);
  expect(asked).toHaveLength(1);
});

test("caches ten issuers and drops the oldest", async () => {
  const { discover, asked } = await startIssuer();
  for (let issuer = 0; issuer <= 10; issuer++) await discover(`/${issuer}`);
  await discover("/10");
  expect(asked).toHaveLength(11);
  await discover("/0");
  expect(asked).toHaveLength(12);
});

test("caches no other path and no POST", async () => {
  const { origin, recall, asked } = await startIssuer();
  for (let one = 0; one < 2; one++) {
    await recall(`${origin}/token`);
    await recall(origin + WELL_KNOWN, { method: "POST" });
  }
  expect(asked).toHaveLength(4);
});
