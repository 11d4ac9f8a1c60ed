import { describe, expect, test } from "vitest";

import { connect, issuer } from "#tests/factories/client.ts";
import { testOrigin } from "#tests/factories/browser.ts";
import { subscriptionKey } from "#tests/factories/subscription-key.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { anyString, matching } from "#tests/factories/matchers.ts";

/** Accept headers of a browser, and of programs. */
const ACCEPTS = [
  "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "text/html",
  "*/*",
  "application/json",
];
const UNKNOWN = "x".repeat(43);

type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

async function call(
  path: string,
  init: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(issuer() + path, { redirect: "manual", ...init });
  expect([path, response.headers.get("content-type")]).toEqual([
    path,
    expect.stringMatching(/^application\/(?:jwk-set\+)?json/),
  ]);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  call(path, { method: "POST", body: new URLSearchParams(form), headers });
const basic = (clientId: string, secret: string) =>
  `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;

function expectUnstored({ headers }: Answer): void {
  expect([headers.get("cache-control"), headers.get("pragma")]).toEqual(["no-store", "no-cache"]);
}

describe.each(ACCEPTS)("with Accept: %s, every endpoint for programs answers in JSON", (accept) => {
  test.each(["/revoke", "/introspect", "/token"])(
    "%s: a wrong secret is 401 invalid_client, with a challenge if Basic was used (RFC 6749 §5.2)",
    async (path) => {
      const { clientId } = await makeApplication();
      const form = { token: UNKNOWN, grant_type: "refresh_token", refresh_token: UNKNOWN };
      const inBody = await post(
        path,
        { ...form, client_id: clientId, client_secret: "lgs_wrong" },
        { accept },
      );
      expect(inBody).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expect(inBody.headers.get("www-authenticate")).toBeNull();
      const inHeader = await post(path, form, { accept, authorization: basic(clientId, "lgs_wrong") });
      expect(inHeader).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expect(inHeader.headers.get("www-authenticate")).toMatch(/^Basic /);
      for (const answer of [inBody, inHeader]) expectUnstored(answer);
    },
  );

  test("a revocation is 200 {}, an introspection is 200 with the token's state, and no cache may store either (RFC 7009 §2.2, RFC 7662 §2.2)", async () => {
    const {
      application: { clientId, clientSecret },
      tokens,
    } = await connect();
    const introspected = await post(
      "/introspect",
      { token: tokens.access_token },
      { accept, authorization: basic(clientId, clientSecret) },
    );
    expect(introspected).toMatchObject({ status: 200, body: { active: true } });
    const revoked = await post(
      "/revoke",
      { token: tokens.access_token, client_id: clientId, client_secret: clientSecret },
      { accept },
    );
    expect([revoked.status, revoked.headers.get("content-type"), revoked.body]).toEqual([
      200,
      "application/json",
      {},
    ]);
    for (const answer of [introspected, revoked]) expectUnstored(answer);
  });

  test.each([
    ["/revoke", 400],
    ["/introspect", 400],
    ["/token", 400],
  ])("%s: an empty request is %i", async (path, status) => {
    const answer = await post(path, {}, { accept });
    expect(answer).toMatchObject({
      status,
      body: { error: "invalid_request", error_description: anyString },
    });
    expectUnstored(answer);
  });

  test.each(["/revoke", "/introspect", "/token"])("%s: a body that is not a form is 415", async (path) => {
    const answer = await call(path, {
      method: "POST",
      body: "{}",
      headers: { accept, "content-type": "application/json" },
    });
    expect(answer).toMatchObject({ status: 415, body: { error: "invalid_request" } });
    expectUnstored(answer);
  });

  test.each([
    ["/revoke", "GET", "POST, OPTIONS"],
    ["/introspect", "GET", "POST"],
    ["/token", "GET", "POST, OPTIONS"],
    ["/jwks", "POST", "GET, HEAD, OPTIONS"],
    ["/.well-known/openid-configuration", "POST", "GET, HEAD, OPTIONS"],
  ])("%s: %s is 405 with the allowed methods (RFC 9110 §15.5.6)", async (path, method, allow) => {
    const answer = await call(path, {
      method,
      headers: { accept },
      ...(method === "POST" ? { body: new URLSearchParams({ a: "b" }) } : {}),
    });
    expect([answer.status, answer.headers.get("allow"), answer.body.error]).toEqual([
      405,
      allow,
      "invalid_request",
    ]);
  });

  test("userinfo: an unknown token is 401 with a challenge (RFC 6750 §3)", async () => {
    const answer = await call("/userinfo", { headers: { accept, authorization: `Bearer ${UNKNOWN}` } });
    expect(answer).toMatchObject({ status: 401, body: { error: "invalid_token" } });
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /);
    expectUnstored(answer);
  });

  test("keys and metadata", async () => {
    expect(await call("/jwks", { headers: { accept } })).toMatchObject({
      status: 200,
      body: { keys: expect.anything() as unknown },
    });
    expect(await call("/.well-known/openid-configuration", { headers: { accept } })).toMatchObject({
      status: 200,
      body: { issuer: issuer() },
    });
  });
});

describe("a slash at the end works without a redirect at addresses for programs", () => {
  test("for a whole exchange", async () => {
    const {
      application: { clientId, clientSecret },
      tokens,
    } = await connect();
    const key = {
      [SUBSCRIPTION_KEY_HEADER]: await subscriptionKey(),
      authorization: `Bearer ${tokens.access_token}`,
    };
    const credentials = { client_id: clientId, client_secret: clientSecret };
    const refreshed = await post("/token/", {
      grant_type: "refresh_token",
      refresh_token: tokens.refresh_token,
      ...credentials,
    });
    expect([
      refreshed.status,
      (await post("/introspect/", { token: tokens.access_token, ...credentials })).body.active,
    ]).toEqual([200, true]);
    expect((await call("/userinfo/", { headers: key })).status).toBe(200);
    expect((await call("/api/smarther/v2.0/plants/?a=b", { headers: key })).body.plants).toHaveLength(1);
    for (const path of [
      "/jwks/",
      "/.well-known/openid-configuration/",
      `/${clientId}/.well-known/openid-configuration/`,
      "/api/smarther/v2.0/",
    ])
      expect((await call(path)).status).toBe(200);
    expect(await call("/token/", { headers: { accept: "text/html" } })).toMatchObject({
      status: 405,
      body: { error: "invalid_request" },
    });
    expect(
      (await post("/revoke/", { token: String(refreshed.body.refresh_token), ...credentials })).status,
    ).toBe(200);
  });

  test.each(["/legrand/sign-in/", "/legrand/authorize/", "/account/", "/api/auth/callback/legrand/"])(
    "pages redirect to the address without it: %s",
    async (path) => {
      const response = await fetch(testOrigin() + path, { redirect: "manual" });
      expect([response.status, new URL(response.headers.get("location")!, testOrigin()).pathname]).toEqual([
        308,
        path.slice(0, -1),
      ]);
    },
  );
});

describe("the echo of Legrand's own Try it (LEGRAND, More facts of the wire)", () => {
  const echo = async (body: string, headers: Record<string, string>) =>
    fetch(`${issuer()}/api/echo/resource`, { method: "POST", body, headers });

  test("with token and key repeats what was sent", async () => {
    const { tokens } = await connect();
    const headers = {
      [SUBSCRIPTION_KEY_HEADER]: await subscriptionKey(),
      authorization: `Bearer ${tokens.access_token}`,
    };
    for (const [type, body] of [
      ["application/json", '{"vehicleType":"train"}'],
      ["text/plain", "Camille"],
    ] as const) {
      const response = await echo(body, { ...headers, "content-type": type });
      expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
        200,
        type,
        body,
      ]);
    }
    expect((await echo("x".repeat(64 * 1024 + 1), { ...headers, "content-type": "text/plain" })).status).toBe(
      430,
    );
    const page = await echo("<script>alert(1)</script>", { ...headers, "content-type": "text/html" });
    expect([
      page.status,
      page.headers.get("content-type"),
      page.headers.get("x-content-type-options"),
    ]).toEqual([200, "application/octet-stream", "nosniff"]);
  });

  test("is refused without token or key, and with another method", async () => {
    expect((await echo("{}", {})).status).toBe(401);
    expect((await echo("{}", { [SUBSCRIPTION_KEY_HEADER]: await subscriptionKey() })).status).toBe(401);
    const response = await fetch(`${issuer()}/api/echo/resource`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });
});

describe("a client whose token requests fail sixty times a minute has to wait (LEGRAND, More facts of the wire)", () => {
  test("the next request is 429 in Legrand's format, even a correct one; successes do not count, and other clients are not affected", async () => {
    const [{ application, tokens }, other] = [await connect(), await connect()];
    const renew = (
      { clientId, clientSecret }: { clientId: string; clientSecret: string },
      refreshToken: string,
    ) =>
      post("/token", {
        grant_type: "refresh_token",
        refresh_token: refreshToken,
        client_id: clientId,
        client_secret: clientSecret,
      });
    const fail = () => renew(application, UNKNOWN);
    const first = await Promise.all(Array.from({ length: 58 }, fail));
    let latest = tokens.refresh_token;
    for (let round = 0; round < 3; round++)
      latest = String((await renew(application, latest)).body.refresh_token);
    const last = [await fail(), await fail()];
    expect([...first, ...last].map(({ status }) => status)).toEqual(Array(60).fill(400));
    const refused = await renew(application, latest);
    expect(refused).toMatchObject({
      status: 429,
      body: { statusCode: 429, message: matching(/^Rate limit is exceeded\. Try again in \d+ seconds\.$/) },
    });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect((await renew(other.application, other.tokens.refresh_token)).status).toBe(200);
  });
});

test("OPTIONS that is not a preflight lists the methods (RFC 9110 §9.3.7)", async () => {
  const response = await fetch(`${issuer()}/revoke`, { method: "OPTIONS" });
  expect([response.status, response.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
});
