import { randomUUID } from "node:crypto";

import type { JWTPayload } from "jose";
import { afterAll, beforeEach, describe, expect, test } from "vitest";

import { Browser, testOrigin } from "#tests/factories/browser.ts";
import {
  callbackUrl,
  countConnections,
  deliver,
  findLinkedAccount,
  startConnecting,
} from "#tests/factories/connect-client.ts";
import { connectCookie } from "#tests/factories/cookies.ts";
import {
  HARMLESS_TOKEN_ANSWERS,
  HOSTILE_ID_TOKENS,
  HOSTILE_REDIRECTS,
  HOSTILE_TOKEN_ANSWERS,
} from "#tests/factories/hostile-answers.ts";
import { textOf } from "#tests/factories/html.ts";
import { CLOUD_CLIENT, signIdToken, startCloud, type TestCloud } from "#tests/factories/start-cloud.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { passTime } from "#tests/harness/database.ts";
import { anyString, matching } from "#tests/factories/matchers.ts";

const cloud: TestCloud = await startCloud({ discovery: true });
ownServer(() => ({ ...cloud.environment, CONNECTS_AT_ONCE: "1" }));
afterAll(() => cloud.stop());

const tokens = () => ({
  access_token: `at-${randomUUID()}`,
  refresh_token: `rt-${randomUUID()}`,
  token_type: "Bearer",
  expires_in: 3600,
  scope: "openid topology.read",
});

beforeEach(() => {
  Object.assign(cloud, { token: () => undefined, tamper: () => {}, publish: () => undefined });
  cloud.received.length = 0;
});

/** The revoked tokens, in order. */
const revoked = () =>
  cloud.received.filter(({ path }) => path === "/revoke").map(({ parameters }) => parameters.get("token"));

/**
 * Connects with that answer of the token endpoint. Returns the path where the person lands, relative to our
 * origin.
 */
async function connectWith(answer: TestCloud["answer"], browser = new Browser()): Promise<string> {
  cloud.answer = answer;
  const page = await browser.open((await startConnecting(browser)).href);
  const { location } = await deliver(browser, page.location!);
  return location!.slice(testOrigin().length);
}

describe("refuses an id_token that does not verify, and stores nothing (OpenID Connect Core §3.1.3.7)", () => {
  test.each(HOSTILE_ID_TOKENS)("%s", async (_case, make) => {
    const [browser, before, given] = [new Browser(), await countConnections(), tokens()];
    const landed = await connectWith(
      async (request) => ({ ...given, id_token: await make(cloud, request) }),
      browser,
    );
    expect(landed).toMatch(/^\/connection-error\?problem=(id_token|not_recognised)$/);
    expect(revoked(), "what is not stored is revoked, the refresh token first (RFC 7009)").toEqual([
      given.refresh_token,
      given.access_token,
    ]);
    expect(browser.cookie(connectCookie("session"))).toBeUndefined();
    expect(await countConnections()).toBe(before);
  });

  test("a missing id_token, though openid was granted", async () => {
    const before = await countConnections();
    expect(await connectWith(() => tokens())).toBe("/connection-error?problem=not_recognised");
    expect(await countConnections()).toBe(before);
  });
});

describe("refuses an invalid token response as a fault of the cloud, and stores nothing (RFC 6749 §5.1)", () => {
  test.each(HOSTILE_TOKEN_ANSWERS)("%s", async (_case, send, problem) => {
    const before = await countConnections();
    cloud.token = send;
    expect(
      await connectWith(async (request) => ({
        ...tokens(),
        id_token: await signIdToken(cloud, request, { sub: randomUUID() }),
      })),
    ).toBe(`/connection-error?problem=${problem}`);
    expect(await countConnections()).toBe(before);
  });

  test.each(HARMLESS_TOKEN_ANSWERS)("accepts a harmless violation: %s", async (_reason, change) => {
    const sub = randomUUID();
    expect(
      await connectWith(async (request) =>
        change({ ...tokens(), id_token: await signIdToken(cloud, request, { sub }) }),
      ),
    ).toBe("/account");
    expect(await findLinkedAccount(sub)).toMatchObject({
      state: "connected",
      granted_scopes: ["openid", "topology.read"],
    });
  });

  test("the page says which side failed, and what to do", async () => {
    const text = textOf((await new Browser().open("/connection-error?problem=unusable_answer")).text);
    expect(text).toContain("Legrand’s answer could not be used");
    expect(text).not.toContain("on our side");
  });
});

describe("refuses an authorization response to a request that this browser did not send, and spends no code (RFC 6749 §10.12)", () => {
  test.each([
    ...HOSTILE_REDIRECTS,
    [
      "another iss (RFC 9207 §2.4)",
      (answer: URLSearchParams) => answer.set("iss", "https://evil.example"),
      "wrong_issuer",
    ] as const,
  ])("%s", async (_case, tamper, problem) => {
    const before = await countConnections();
    cloud.tamper = tamper;
    expect(
      await connectWith(async (request) => ({ ...tokens(), id_token: await signIdToken(cloud, request) })),
    ).toBe(`/connection-error?problem=${problem}`);
    expect(cloud.received.some(({ path }) => path === "/token")).toBe(false);
    expect(await countConnections()).toBe(before);
  });
});

test("a valid id_token connects", async () => {
  const sub = randomUUID();
  expect(
    await connectWith(async (request) => ({
      ...tokens(),
      id_token: await signIdToken(cloud, request, { sub }),
    })),
  ).toBe("/account");
  expect(await findLinkedAccount(sub)).toMatchObject({
    provider: "legrand",
    granted_scopes: ["openid", "topology.read"],
  });
});

test.each<[string, JWTPayload]>([
  ["no text", { name: { first: "Ada" }, email: 7 }],
  ["a NUL", { name: "\0", email: "\0" }],
])("does not store a name and an address that are %s, and connects", async (_what, claims) => {
  const sub = randomUUID();
  expect(
    await connectWith(async (request) => ({
      ...tokens(),
      id_token: await signIdToken(cloud, request, { sub, ...claims }),
    })),
  ).toBe("/account");
  expect(await findLinkedAccount(sub)).toMatchObject({ name: null, email: null });
});

test.each(["x".repeat(256), "a\0b", "persön"])(
  "an invalid sub identifies no account (OpenID Connect Core §2): %j",
  async (sub) => {
    const before = await countConnections();
    expect(
      await connectWith(async (request) => ({
        ...tokens(),
        id_token: await signIdToken(cloud, request, { sub }),
      })),
    ).toBe("/connection-error?problem=id_token");
    expect(await countConnections()).toBe(before);
  },
);

test("sends the requests of an honest client: PKCE S256, state, nonce, the secret in the body, never in an address", async () => {
  cloud.received.length = 0;
  await connectWith(async (request) => ({
    ...tokens(),
    id_token: await signIdToken(cloud, request, { sub: randomUUID() }),
  }));
  const authorization = cloud.received.find(({ path }) => path === "/authorize")!.parameters;
  expect(Object.fromEntries(authorization)).toMatchObject({
    client_id: CLOUD_CLIENT.id,
    response_type: "code",
    redirect_uri: callbackUrl(),
    code_challenge_method: "S256",
    code_challenge: matching(/^[\w-]{43}$/),
    state: anyString,
    nonce: anyString,
  });
  const token = cloud.received.find(({ path }) => path === "/token")!;
  expect(Object.fromEntries(token.parameters)).toMatchObject({
    client_id: CLOUD_CLIENT.id,
    client_secret: CLOUD_CLIENT.secret,
    grant_type: "authorization_code",
    redirect_uri: callbackUrl(),
  });
  expect(token.headers.authorization).toBeUndefined();
});

test("a second connect fetches no discovery document again (OpenID Connect Discovery §4)", async () => {
  const connectOnce = () =>
    connectWith(async (request) => ({
      ...tokens(),
      id_token: await signIdToken(cloud, request, { sub: randomUUID() }),
    }));
  expect(await connectOnce()).toBe("/account");
  cloud.received.length = 0;
  expect(await connectOnce()).toBe("/account");
  expect(cloud.received.map(({ path }) => path).filter((path) => !path.startsWith("/api/"))).toEqual([
    "/authorize",
    "/token",
  ]);
});

describe("allows at most CONNECTS_AT_ONCE connects in flight, here one (decision 40)", () => {
  test("while a code is redeemed, POST /connect is 503 with Retry-After, and another callback is answered", async () => {
    const other = new Browser();
    const othersAnswer = (await other.open((await startConnecting(other)).href)).location!;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    cloud.received.length = 0;
    const first = connectWith(async (request) => {
      await held;
      return { ...tokens(), id_token: await signIdToken(cloud, request, { sub: randomUUID() }) };
    });
    await expect.poll(() => cloud.received.some(({ path }) => path === "/token")).toBe(true);
    const busy = await new Browser().post("/connect", {});
    expect([busy.status, Number(busy.headers.get("retry-after")) > 0]).toEqual([503, true]);
    expect(busy.text).toContain("Many people are connecting right now");
    cloud.answer = async (request) => ({
      ...tokens(),
      id_token: await signIdToken(cloud, request, { sub: randomUUID() }),
    });
    expect((await deliver(other, othersAnswer)).location).toBe(`${testOrigin()}/account`);
    release();
    expect(await first).toBe("/account");
    await startConnecting(new Browser());
  });

  test("people who begin and never come back do not block others", async () => {
    for (let stranger = 0; stranger < 3; stranger++)
      await new Browser().open((await startConnecting(new Browser())).href);
    await startConnecting(new Browser());
  });
});

test("with another cloud the sandbox is off: everything under /legrand answers 404", async () => {
  for (const path of [
    "/authorize",
    "/jwks",
    "/userinfo",
    "/.well-known/openid-configuration",
    `/${CLOUD_CLIENT.id}/.well-known/openid-configuration`,
    "/interaction/x",
    "/authorization-error",
    "/api/smarther/v2.0/plants",
  ]) {
    const page = await new Browser().open(`/legrand${path}`);
    expect({ path, status: page.status }).toEqual({ path, status: 404 });
  }
  for (const path of [
    "/token",
    "/revoke",
    "/introspect",
    "/interaction/x/sign-in",
    "/interaction/x/consent",
    "/interaction/x/sign-out",
  ]) {
    for (const method of ["POST", "GET", "OPTIONS", "PUT"]) {
      const { status } = await new Browser().send(`/legrand${path}`, {
        method,
        ...(method === "POST" ? { body: new URLSearchParams({ a: "b" }) } : {}),
      });
      expect({ path, method, status }).toEqual({ path, method, status: 404 });
    }
  }
});

describe("the cloud publishes invalid discovery or keys (OpenID Connect Discovery §4.3)", () => {
  /** Lets the cached discovery and keys expire. */
  const forget = async () => {
    await passTime(11 * 60);
    cloud.received.length = 0;
  };
  const inADay = () => ({ iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 100_000 });
  const attempt = async (sub = randomUUID()) =>
    connectWith(async (request) => ({
      ...tokens(),
      id_token: await signIdToken(cloud, request, { sub, ...inADay() }),
    }));

  test.each<[string, TestCloud["publish"]]>([
    [
      "discovery of another issuer",
      (path, honest) => (path === "/jwks" ? undefined : [200, { ...honest, issuer: "https://evil.example" }]),
    ],
    [
      "discovery without an issuer",
      (path, honest) => (path === "/jwks" ? undefined : [200, { ...honest, issuer: undefined }]),
    ],
    [
      "discovery that is HTML",
      (path) => (path === "/jwks" ? undefined : [200, "<html>", { "content-type": "text/html" }]),
    ],
    ["discovery with 500", (path) => (path === "/jwks" ? undefined : [500, "Internal Server Error"])],
    [
      "discovery that leads elsewhere",
      (path) => (path === "/jwks" ? undefined : [302, null, { location: "http://127.0.0.1:9/" }]),
    ],
  ])(
    "%s: the request does not begin, and the page says that the answer could not be used",
    async (_case, publish) => {
      const before = await countConnections();
      await forget();
      cloud.publish = publish;
      expect((await new Browser().post("/connect", {})).location).toBe(
        `${testOrigin()}/connection-error?problem=unusable_answer`,
      );
      expect(await countConnections()).toBe(before);
    },
  );

  test.each<[string, TestCloud["publish"], string]>([
    ["without the key", (path) => (path === "/jwks" ? [200, { keys: [] }] : undefined), "id_token"],
    [
      "that is not a set of keys",
      (path) => (path === "/jwks" ? [200, { keys: "k1" }] : undefined),
      "unusable_answer",
    ],
    [
      "with 500",
      (path) => (path === "/jwks" ? [500, "Internal Server Error"] : undefined),
      "unusable_answer",
    ],
  ])("a key set %s: signs no one in", async (_case, publish, problem) => {
    const before = await countConnections();
    await forget();
    cloud.publish = publish;
    expect(await attempt()).toBe(`/connection-error?problem=${problem}`);
    expect(await countConnections()).toBe(before);
  });

  test("once valid again, it connects", async () => {
    await forget();
    expect(await attempt()).toBe("/account");
  });
});
