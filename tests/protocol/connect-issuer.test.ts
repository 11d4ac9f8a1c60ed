import { randomUUID } from "node:crypto";

import { generateKeyPair, SignJWT, type JWTPayload } from "jose";
import { afterAll, describe, expect, test } from "vitest";

import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { callbackUrl, countConnections, deliver, findLinkedAccount, startConnecting } from "#tests/factories/connect-client.ts";
import { connectCookie } from "#tests/factories/cookies.ts";
import { CLOUD_CLIENT, signIdToken, startCloud, type TestCloud } from "#tests/factories/start-cloud.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { anyString, matching } from "#tests/factories/matchers.ts";

const cloud: TestCloud = await startCloud({ discovery: true });
ownServer(() => ({ ...cloud.environment, CONNECTS_AT_ONCE: "1" }));
afterAll(() => cloud.stop());

const tokens = () => ({ access_token: `at-${randomUUID()}`, refresh_token: `rt-${randomUUID()}`, token_type: "Bearer", expires_in: 3600, scope: "openid topology.read" });

/** Connects with that answer of the token endpoint; returns where the person lands, below our origin. */
async function connectWith(answer: TestCloud["answer"], browser = new Browser()): Promise<string> {
  cloud.answer = answer;
  const page = await browser.open((await startConnecting(browser)).href);
  const { location } = await deliver(browser, page.location!);
  return location!.slice(testOrigin().length);
}

const unsigned = (header: object, claims: JWTPayload, signature = "") =>
  `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.${signature}`;

const claimsFor = (request: URLSearchParams): JWTPayload => ({
  iss: cloud.origin, aud: CLOUD_CLIENT.id, sub: "thief", nonce: request.get("nonce")!, iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 600,
});

const foreignKey = generateKeyPair("RS256");
const PAST = Math.floor(Date.now() / 1000) - 7200;

/** id_tokens that an attacker, or a mistake, could bring (OpenID Connect Core §3.1.3.7). */
const HOSTILE: [string, (request: URLSearchParams) => unknown][] = [
  ["a bad signature", async (request) => (await signIdToken(cloud, request)).replace(/\.[^.]+$/, `.${"A".repeat(342)}`)],
  ["a payload that was changed after signing", async (request) => {
    const [header, , signature] = (await signIdToken(cloud, request)).split(".");
    return `${header}.${Buffer.from(JSON.stringify({ ...claimsFor(request), sub: "somebody-else" })).toString("base64url")}.${signature}`;
  }],
  ["a foreign key with the known key's id", async (request) => signIdToken(cloud, request, {}, (await foreignKey).privateKey)],
  ["a key that it brings along (jwk header)", async (request) => new SignJWT(claimsFor(request)).setProtectedHeader({ alg: "RS256", jwk: { kty: "RSA" } }).sign((await foreignKey).privateKey)],
  ["alg none", (request) => unsigned({ alg: "none" }, claimsFor(request))],
  ["alg None", (request) => unsigned({ alg: "None" }, claimsFor(request))],
  ["alg none with a key id", (request) => unsigned({ alg: "none", kid: "k1" }, claimsFor(request))],
  ["HS256 with the client secret", (request) => new SignJWT(claimsFor(request)).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(CLOUD_CLIENT.secret))],
  ["HS256 with the key id of the public key", (request) => new SignJWT(claimsFor(request)).setProtectedHeader({ alg: "HS256", kid: "k1" }).sign(new TextEncoder().encode(CLOUD_CLIENT.secret))],
  ["another iss", (request) => signIdToken(cloud, request, { iss: "https://evil.example" })],
  ["the iss with a slash more", (request) => signIdToken(cloud, request, { iss: `${cloud.origin}/` })],
  ["another aud", (request) => signIdToken(cloud, request, { aud: "another-client" })],
  ["no aud", (request) => signIdToken(cloud, request, { aud: undefined })],
  ["several aud and no azp of ours", (request) => signIdToken(cloud, request, { aud: [CLOUD_CLIENT.id, "another-client"], azp: "another-client" })],
  ["another nonce", (request) => signIdToken(cloud, request, { nonce: "another" })],
  ["no nonce", (request) => signIdToken(cloud, request, { nonce: undefined })],
  ["an end in the past", (request) => signIdToken(cloud, request, { iat: PAST, exp: PAST + 600 })],
  ["no end", (request) => signIdToken(cloud, request, { exp: undefined })],
  ["no sub", (request) => signIdToken(cloud, request, { sub: undefined })],
  ["a time before which it does not count", (request) => signIdToken(cloud, request, { nbf: Math.floor(Date.now() / 1000) + 3600 })],
  ["no JWT at all", () => "opaque"],
  ["an empty one", () => ""],
  ["a number", () => 7],
];

describe("an id_token that does not verify is refused, and nothing is stored (OpenID Connect Core §3.1.3.7)", () => {
  test.each(HOSTILE)("%s", async (_case, make) => {
    const [browser, before] = [new Browser(), await countConnections()];
    const landed = await connectWith(async (request) => ({ ...tokens(), id_token: await make(request) }), browser);
    expect(landed).toMatch(/^\/connection-error\?problem=(id_token|not_recognised)$/);
    expect(browser.cookie(connectCookie("session"))).toBeUndefined();
    expect(await countConnections()).toBe(before);
  });

  test("a missing one, though openid was granted", async () => {
    const before = await countConnections();
    expect(await connectWith(() => tokens())).toBe("/connection-error?problem=not_recognised");
    expect(await countConnections()).toBe(before);
  });
});

describe("a token answer that is none is refused, and nothing is stored (RFC 6749 §5.1)", () => {
  test.each([
    ["no access token", async (request: URLSearchParams) => ({ ...tokens(), access_token: undefined, id_token: await signIdToken(cloud, request) })],
    ["no token type", async (request: URLSearchParams) => ({ ...tokens(), token_type: undefined, id_token: await signIdToken(cloud, request) })],
    ["nothing", () => ({})],
  ])("%s", async (_case, answer) => {
    const before = await countConnections();
    expect(await connectWith(answer)).toMatch(/^\/connection-error\?problem=/);
    expect(await countConnections()).toBe(before);
  });
});

test("a good id_token connects", async () => {
  const sub = randomUUID();
  expect(await connectWith(async (request) => ({ ...tokens(), id_token: await signIdToken(cloud, request, { sub }) }))).toBe("/account");
  expect(await findLinkedAccount(sub)).toMatchObject({ provider: "legrand", granted_scopes: ["openid", "topology.read"] });
});

test.each<[string, JWTPayload]>([
  ["no text", { name: { first: "Ada" }, email: 7 }], ["a NUL", { name: "\0", email: "\0" }],
])("a name and an address that are %s are not stored, and disturb nobody", async (_what, claims) => {
  const sub = randomUUID();
  expect(await connectWith(async (request) => ({ ...tokens(), id_token: await signIdToken(cloud, request, { sub, ...claims }) }))).toBe("/account");
  expect(await findLinkedAccount(sub)).toMatchObject({ name: null, email: null });
});

test.each(["x".repeat(256), "a\0b", "persön"])("a sub that is none identifies nobody (OpenID Connect Core §2): %j", async (sub) => {
  const before = await countConnections();
  expect(await connectWith(async (request) => ({ ...tokens(), id_token: await signIdToken(cloud, request, { sub }) }))).toBe("/connection-error?problem=id_token");
  expect(await countConnections()).toBe(before);
});

test("the requests are what an honest client sends: PKCE S256, state, nonce, the secret in the body, never in an address", async () => {
  cloud.received.length = 0;
  await connectWith(async (request) => ({ ...tokens(), id_token: await signIdToken(cloud, request, { sub: randomUUID() }) }));
  const authorization = cloud.received.find(({ path }) => path === "/authorize")!.parameters;
  expect(Object.fromEntries(authorization)).toMatchObject({
    client_id: CLOUD_CLIENT.id, response_type: "code", redirect_uri: callbackUrl(), code_challenge_method: "S256",
    code_challenge: matching(/^[\w-]{43}$/), state: anyString, nonce: anyString,
  });
  const token = cloud.received.find(({ path }) => path === "/token")!;
  expect(Object.fromEntries(token.parameters)).toMatchObject({ client_id: CLOUD_CLIENT.id, client_secret: CLOUD_CLIENT.secret, grant_type: "authorization_code", redirect_uri: callbackUrl() });
  expect(token.headers.authorization).toBeUndefined();
});

test("discovery is asked once in ten minutes, however many connect (OpenID Connect Discovery §4)", async () => {
  const connectOnce = () => connectWith(async (request) => ({ ...tokens(), id_token: await signIdToken(cloud, request, { sub: randomUUID() }) }));
  expect(await connectOnce()).toBe("/account");
  cloud.received.length = 0;
  expect(await connectOnce()).toBe("/account");
  expect(cloud.received.map(({ path }) => path).filter((path) => !path.startsWith("/api/"))).toEqual(["/authorize", "/token"]);
});

describe("at most CONNECTS_AT_ONCE connects are in flight, here one (decision 40)", () => {
  test("while a code is redeemed POST /connect is 503 with Retry-After, and another callback is answered", async () => {
    const other = new Browser();
    const othersAnswer = (await other.open((await startConnecting(other)).href)).location!;
    let release = () => {};
    const held = new Promise<void>((resolve) => { release = resolve; });
    cloud.received.length = 0;
    const first = connectWith(async (request) => {
      await held;
      return { ...tokens(), id_token: await signIdToken(cloud, request, { sub: randomUUID() }) };
    });
    await expect.poll(() => cloud.received.some(({ path }) => path === "/token")).toBe(true);
    const busy = await new Browser().post("/connect", {});
    expect([busy.status, Number(busy.headers.get("retry-after")) > 0]).toEqual([503, true]);
    expect(busy.text).toContain("Many people are connecting right now");
    cloud.answer = async (request) => ({ ...tokens(), id_token: await signIdToken(cloud, request, { sub: randomUUID() }) });
    expect((await deliver(other, othersAnswer)).location).toBe(`${testOrigin()}/account`);
    release();
    expect(await first).toBe("/account");
    await startConnecting(new Browser());
  });

  test("strangers who begin and never come back refuse nobody", async () => {
    for (let stranger = 0; stranger < 3; stranger++) await (new Browser()).open((await startConnecting(new Browser())).href);
    await startConnecting(new Browser());
  });
});

test("with another cloud the sandbox is out of the picture: everything under /legrand answers 404", async () => {
  for (const path of ["/authorize", "/jwks", "/userinfo", "/.well-known/openid-configuration", `/${CLOUD_CLIENT.id}/.well-known/openid-configuration`, "/interaction/x", "/authorization-error", "/api/smarther/v2.0/plants"]) {
    const page = await new Browser().open(`/legrand${path}`);
    expect({ path, status: page.status }).toEqual({ path, status: 404 });
  }
  for (const path of ["/token", "/revoke", "/introspect", "/interaction/x/sign-in", "/interaction/x/consent", "/interaction/x/sign-out"]) {
    for (const method of ["POST", "GET", "OPTIONS", "PUT"]) {
      const { status } = await new Browser().send(`/legrand${path}`, { method, ...(method === "POST" ? { body: new URLSearchParams({ a: "b" }) } : {}) });
      expect({ path, method, status }).toEqual({ path, method, status: 404 });
    }
  }
});
