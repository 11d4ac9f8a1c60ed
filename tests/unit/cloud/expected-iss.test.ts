import { expect, test } from "vitest";

import { setEnvironment } from "#tests/unit/environment.ts";
import { serveHere } from "#tests/unit/cloud/serve-here.ts";

const PINNED = "https://login.example/legrand";

/**
 * Connects to a cloud on this machine. It answers discovery at each path with the result of `metadata`, or
 * with 404 if that is null.
 */
async function expectedIss(
  metadata: (origin: string) => Record<string, unknown> | null,
  pinned?: string,
): Promise<{ origin: string; iss: string | null }> {
  const { origin } = await serveHere((_request, response) => {
    const found = metadata(origin);
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(found));
  });
  setEnvironment({
    LEGRAND_AUTHORIZE_URL: `${origin}/authorize`,
    LEGRAND_TOKEN_URL: `${origin}/token`,
    LEGRAND_API_URL: `${origin}/api`,
    LEGRAND_ISSUER: pinned === "" ? origin : pinned,
  });
  const { findExpectedIss } = await import("#lib/connect/cloud/metadata.ts");
  return { origin, iss: await findExpectedIss() };
}

const honest = (origin: string) => ({
  issuer: origin,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
});

test("expects no value of `iss` without discovery and without LEGRAND_ISSUER", async () => {
  expect((await expectedIss(() => null)).iss).toBeNull();
});

test("takes the value of `iss` from discovery (RFC 9207 §2.4)", async () => {
  const { origin, iss } = await expectedIss(honest);
  expect(iss).toBe(origin);
});

test("LEGRAND_ISSUER pins the value of `iss`, with discovery and without", async () => {
  const { origin, iss } = await expectedIss(honest, "");
  expect(iss).toBe(origin);
  const unreachable = "http://127.0.0.1:9";
  expect((await expectedIss(() => null, unreachable)).iss).toBe(unreachable);
});

test("metadata of an issuer other than the pinned one does not make it an OpenID provider", async () => {
  setEnvironment();
  const { iss } = await expectedIss((origin) => ({ ...honest(origin), issuer: PINNED }), "");
  expect(iss).not.toBe(PINNED);
});

test("next-auth receives the pinned value as the provider's issuer, and compares `iss` with it", async () => {
  const { default: Legrand } = await import("#lib/connect/legrand-provider.ts");
  expect(Legrand({ clientId: "id", clientSecret: "secret", expectedIss: PINNED })).toMatchObject({
    type: "oauth",
    issuer: PINNED,
  });
  expect(Legrand({ clientId: "id", clientSecret: "secret" }).issuer).toBeUndefined();
});

test("removes only `iss` from a callback's address", async () => {
  const { withoutIss } = await import("#lib/connect/legrand-provider.ts");
  expect(withoutIss("https://app.example/callback?iss=https%3A%2F%2Fa&code=b%20c&state=d")).toBe(
    "https://app.example/callback?code=b+c&state=d",
  );
  expect(withoutIss("https://app.example/callback?code=b%20c&state=d")).toBe(
    "https://app.example/callback?code=b%20c&state=d",
  );
});
