import { randomUUID } from "node:crypto";

import { afterAll, afterEach, describe, expect, test } from "vitest";

import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { callbackUrl, countConnections, deliver, startConnecting } from "#tests/factories/connect-client.ts";
import {
  HARMLESS_TOKEN_ANSWERS,
  HOSTILE_ID_TOKENS,
  HOSTILE_REDIRECTS,
  HOSTILE_TOKEN_ANSWERS,
} from "#tests/factories/hostile-answers.ts";
import { textOf } from "#tests/factories/html.ts";
import { CLOUD_CLIENT, startCloud, type ApiAnswer, type TestCloud } from "#tests/factories/start-cloud.ts";
import { makeAdmin } from "#tests/factories/make-admin.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { query } from "#tests/harness/database.ts";

// The real cloud as LEGRAND.md documents it: no discovery, no id_token, no userinfo, and the registration
// decides the scopes.
const cloud: TestCloud = await startCloud({ discovery: false });
ownServer(() => cloud.environment);
afterAll(() => cloud.stop());

const seconds = () => Math.floor(Date.now() / 1000);
const tokens = (more: Record<string, unknown> = {}) => ({
  access_token: `at-${randomUUID()}`,
  refresh_token: `rt-${randomUUID()}`,
  token_type: "bearer",
  ...more,
});

async function connectWith(
  answer: TestCloud["answer"],
  plants: TestCloud["plants"],
  browser = new Browser(),
): Promise<string> {
  Object.assign(cloud, { answer, plants });
  cloud.received.length = 0;
  const page = await browser.open((await startConnecting(browser)).href);
  return (await deliver(browser, page.location!)).location!.slice(testOrigin().length);
}

const home = () => ({ id: randomUUID(), name: `Home ${randomUUID().slice(0, 4)}` });
const accountNamed = async (name: string) =>
  (await query(`SELECT * FROM connect_account WHERE name = $1`, name))[0]!;

test("without an id_token the homes identify the account, and are requested with the subscription key (Legrand, Smarther API)", async () => {
  const one = home();
  expect(await connectWith(() => tokens({ expires_in: 3600, expires_on: seconds() + 3600 }), [one])).toBe(
    "/account",
  );
  const { headers } = cloud.received.find(({ path }) => path === "/api/plants")!;
  expect(headers["ocp-apim-subscription-key"]).toBe(CLOUD_CLIENT.key);
  expect(headers.authorization).toMatch(/^Bearer at-/);
  expect(await accountNamed(one.name)).toMatchObject({ provider: "legrand", state: "connected" });
});

describe("a cloud without discovery may send any `iss`, or none (RFC 9207)", () => {
  test.each([
    ["its address", cloud.origin],
    ["another name", "https://login.example/realms/legrand"],
    ["none", null],
  ])("with %s, it connects", async (_what, iss) => {
    cloud.iss = iss;
    const one = home();
    expect(await connectWith(() => tokens({ expires_in: 3600 }), [one])).toBe("/account");
    expect(await accountNamed(one.name)).toMatchObject({ state: "connected" });
  });

  test("a denial with `iss` is a denial", async () => {
    const browser = new Browser();
    const state = (await startConnecting(browser)).searchParams.get("state")!;
    const answer = `${callbackUrl()}?${new URLSearchParams({ iss: cloud.origin, error: "access_denied", state })}`;
    expect((await deliver(browser, answer)).location).toBe(`${testOrigin()}/connection-error?problem=denied`);
  });
});

test("sends no scope, or an empty one, because the registration decides (Legrand, Authorization request)", async () => {
  await connectWith(() => tokens({ expires_in: 3600 }), [home()]);
  const { parameters } = cloud.received.find(({ path }) => path === "/authorize")!;
  expect(parameters.get("scope") ?? "").toBe("");
  expect(parameters.get("response_type")).toBe("code");
});

test("connects with tokens that name no scope", async () => {
  const one = home();
  expect(await connectWith(() => tokens({ expires_in: 3600 }), [one])).toBe("/account");
  expect((await accountNamed(one.name)).granted_scopes).toEqual([]);
});

test("if no answer named a scope, the page does not claim to know what is granted", async () => {
  const browser = new Browser();
  await connectWith(() => tokens({ expires_in: 3600 }), [home()], browser);
  const text = textOf((await browser.open("/account?homes=shown")).text);
  expect(text).toContain("Legrand did not list them. What you allowed there applies.");
  for (const claim of ["Nothing is granted.", "You granted everything that Connect asked for."])
    expect(text).not.toContain(claim);
});

test("without introspection the page says since when the granted scopes are known, and claims no more", async () => {
  const [one, browser] = [home(), new Browser()];
  await connectWith(() => tokens({ expires_in: 3600, scope: "topology.read light.read" }), [one], browser);
  expect(textOf((await browser.open("/account?homes=shown")).text)).not.toContain("Known since");
  await query(
    `UPDATE connect_account SET scopes_known_at = '2026-11-20T08:15:00Z' WHERE name = $1`,
    one.name,
  );
  expect(textOf((await browser.open("/account?homes=shown")).text)).toContain(
    "Known since 20 November 2026 at 08:15 UTC. Legrand has not said more since then.",
  );
});

test("treats invalid scopes in a token response as missing: stores no undefined, and no text that the database cannot store", async () => {
  const one = home();
  expect(
    await connectWith(() => tokens({ expires_in: 3600, scope: "comfort.read\0 topology.read" }), [one]),
  ).toBe("/account");
  expect((await accountNamed(one.name)).granted_scopes).toEqual([]);
});

test.each([
  ["a number", (at: number): unknown => at],
  ["a string", String],
])("expires_on alone sets the expiry: %s (Legrand, Token request)", async (_form, write) => {
  const [one, end] = [home(), seconds() + 1800];
  expect(await connectWith(() => tokens({ expires_on: write(end) }), [one])).toBe("/account");
  expect(
    Math.abs(Date.parse(String((await accountNamed(one.name)).access_token_expires_at)) - end * 1000),
  ).toBeLessThan(5_000);
});

test.each<[string, Record<string, unknown>, number, string[]]>([
  [
    "the scopes as a list",
    { expires_in: 1800, scope: ["topology.read", "comfort.read"] },
    1800,
    ["topology.read", "comfort.read"],
  ],
  ["expires_in in digits", { expires_in: "1800" }, 1800, []],
  ["no end at all: an hour (Legrand, Lifetimes)", {}, 3600, []],
  ["not a time", { expires_in: -1, expires_on: "soon" }, 3600, []],
  ["null for what is not there", { expires_in: null, scope: null, id_token: null }, 3600, []],
])(
  "a token response with %s connects, and stores nothing undefined",
  async (_what, more, lifetime, scopes) => {
    const one = home();
    expect(await connectWith(() => tokens(more), [one])).toBe("/account");
    const row = await accountNamed(one.name);
    expect(row.granted_scopes).toEqual(scopes);
    expect(
      Math.abs(Date.parse(String(row.access_token_expires_at)) - (seconds() + lifetime) * 1000),
    ).toBeLessThan(10_000);
  },
);

test.each<[string, unknown, number]>([
  ["a number", 86_400, 1],
  ["digits", "86400", 1],
  ["nothing that can be: 90 days", "never", 90],
])("the refresh token expires when the answer says: %s", async (_what, refresh_token_expires_in, days) => {
  const [one, browser] = [home(), new Browser()];
  expect(
    await connectWith(() => tokens({ expires_in: 3600, refresh_token_expires_in }), [one], browser),
  ).toBe("/account");
  expect(
    Math.abs(
      Date.parse(String((await accountNamed(one.name)).refresh_token_expires_at)) -
        (seconds() + days * 86_400) * 1000,
    ),
  ).toBeLessThan(10_000);
  expect(textOf((await browser.open("/account?homes=shown")).text)).toContain(
    days === 1 ? "Refresh token Ends in 24 hours" : "Refresh token Ends in 90 days",
  );
});

test("without a refresh token, or with null for it, the connection lasts as long as the access token", async () => {
  for (const refresh_token of [undefined, null]) {
    const one = home();
    expect(await connectWith(() => tokens({ expires_in: 3600, refresh_token }), [one])).toBe("/account");
    expect(await accountNamed(one.name)).toMatchObject({
      refresh_token: null,
      refresh_token_expires_at: null,
    });
  }
});

test("ignores an id_token that cannot be verified (Legrand: some clients fail on it)", async () => {
  const one = home();
  expect(
    await connectWith(() => tokens({ expires_in: 3600, id_token: "opaque", scope: "comfort.read" }), [one]),
  ).toBe("/account");
  expect((await accountNamed(one.name)).granted_scopes).toEqual(["comfort.read"]);
});

describe("a hostile cloud without discovery", () => {
  afterEach(() => Object.assign(cloud, { token: () => undefined, tamper: () => {} }));

  test.each(HOSTILE_ID_TOKENS)(
    "connects, because it ignores the id_token and identifies the account by its homes: %s",
    async (_case, make) => {
      const one = home();
      expect(
        await connectWith(
          async (request) => tokens({ expires_in: 3600, id_token: await make(cloud, request) }),
          [one],
        ),
      ).toBe("/account");
      expect((await accountNamed(one.name)).provider_account_id).toMatch(/^plants:/);
    },
  );

  test.each(HOSTILE_TOKEN_ANSWERS)(
    "refuses an invalid token response as a fault of the cloud, and stores nothing (RFC 6749 §5.1): %s",
    async (_case, send, problem) => {
      const before = await countConnections();
      cloud.token = send;
      expect(await connectWith(() => tokens({ expires_in: 3600 }), [home()])).toBe(
        `/connection-error?problem=${problem}`,
      );
      expect(
        cloud.received.some(({ path }) => path === "/api/plants"),
        "such a token is not used",
      ).toBe(false);
      expect(await countConnections()).toBe(before);
    },
  );

  test.each(HARMLESS_TOKEN_ANSWERS)("accepts a harmless violation: %s", async (_reason, change) => {
    const one = home();
    expect(await connectWith(() => change(tokens({ expires_in: 3600, scope: "topology.read" })), [one])).toBe(
      "/account",
    );
    expect(await accountNamed(one.name)).toMatchObject({
      state: "connected",
      granted_scopes: ["topology.read"],
    });
  });

  test.each(HOSTILE_REDIRECTS)(
    "refuses an authorization response to a request that this browser did not send, and spends no code (RFC 6749 §10.12): %s",
    async (_case, tamper, problem) => {
      const before = await countConnections();
      cloud.tamper = tamper;
      expect(await connectWith(() => tokens({ expires_in: 3600 }), [home()])).toBe(
        `/connection-error?problem=${problem}`,
      );
      expect(cloud.received.some(({ path }) => path === "/token")).toBe(false);
      expect(await countConnections()).toBe(before);
    },
  );
});

test("the same homes in any order are the same account; other homes are another", async () => {
  const homes = [home(), home()];
  await connectWith(() => tokens({ expires_in: 3600 }), homes);
  const before = await countConnections();
  await connectWith(() => tokens({ expires_in: 3600 }), [...homes].reverse());
  // Only one more session.
  expect(await countConnections()).toBe(before + 1);
  await connectWith(() => tokens({ expires_in: 3600 }), [home()]);
  expect(await countConnections()).toBe(before + 4);
});

test.each([
  ["204", null],
  ["an empty list", []],
])("cannot identify an account without a home: %s", async (_answer, plants) => {
  const before = await countConnections();
  expect(await connectWith(() => tokens({ expires_in: 3600 }), plants)).toBe(
    "/connection-error?problem=no_home",
  );
  expect(await countConnections()).toBe(before);
});

test.each<[string, ApiAnswer]>([
  ["without identifiers, which would make one person of all", [200, { plants: [{ name: "Casa" }] }]],
  ["with one without an id", [200, { plants: [{ id: "", name: "Casa" }] }]],
  ["that is no list", [200, { plants: { id: "1" } }]],
  ["that is no JSON", [200, "<html>"]],
  ["that lists nothing that could be a home", [200, { plants: [null] }]],
  [
    "that refuses the subscription key",
    [401, { statusCode: 401, message: "Access denied due to invalid subscription key." }],
  ],
  ["that leads to another host", [302, null, { location: "http://127.0.0.1:9/plants" }]],
])("an answer about the homes %s identifies no account", async (_what, answer) => {
  const before = await countConnections();
  cloud.api = (path) => (path === "/plants" ? answer : undefined);
  try {
    expect(await connectWith(() => tokens({ expires_in: 3600 }), [])).toBe(
      "/connection-error?problem=unusable_answer",
    );
    expect(await countConnections()).toBe(before);
  } finally {
    cloud.api = () => undefined;
  }
});

test("tokens are stored as ciphertext here too", async () => {
  const one = home();
  const given = tokens({ expires_in: 3600 });
  await connectWith(() => given, [one]);
  const row = await accountNamed(one.name);
  expect(row.access_token).toMatch(/^[\w-]+\.[\w-]+$/);
  expect(JSON.stringify(row)).not.toContain(given.access_token);
  expect(JSON.stringify(row)).not.toContain(given.refresh_token);
});

test("a disconnect says that Legrand cannot be informed, and keeps no token for a later revocation (LEGRAND: revocation is not documented)", async () => {
  const [one, browser] = [home(), new Browser()];
  await connectWith(() => tokens({ expires_in: 3600 }), [one], browser);
  const { id } = await accountNamed(one.name);
  expect(textOf((await browser.open(`/account/${String(id)}/disconnect`)).text)).toContain(
    "Legrand offers no way to revoke them: remove the access of this application there too.",
  );
  const { location } = await browser.post("/account/disconnect", { id: String(id) });
  expect(location).toBe(`${testOrigin()}/`);
  expect(textOf((await browser.open(location!)).text)).toContain(
    "Legrand offers no way to revoke them: remove the access there too.",
  );
  expect(await accountNamed(one.name)).toMatchObject({
    state: "disconnected",
    access_token: null,
    refresh_token: null,
  });
  expect(await query("SELECT 1 FROM connect_pending_revocation")).toEqual([]);
});

test("tells the last administrator before the question that they cannot leave, and does not offer to revoke their account", async () => {
  const admin = await makeAdmin();
  const pages = [
    [`/account/${admin.accountId}/disconnect`, "you cannot leave yet"],
    ["/account/data/delete", "you cannot leave yet"],
    [`/admin/linked-accounts/${admin.accountId}/revoke`, "it cannot be revoked"],
  ] as const;
  for (const [path, said] of pages) {
    const { status, text } = await admin.browser.open(path);
    expect(status).toBe(200);
    expect(textOf(text)).toContain(said);
    expect(text, "no form whose answer would be a refusal").not.toContain('/submit"');
    expect(text).not.toContain('action="/account/disconnect"');
  }
  await makeAdmin();
  for (const [path, said] of pages) expect(textOf((await admin.browser.open(path)).text)).not.toContain(said);
});

test("everything under /legrand answers 404", async () => {
  for (const path of ["/authorize", "/jwks", "/.well-known/openid-configuration", "/interaction/x"]) {
    expect((await new Browser().open(`/legrand${path}`)).status).toBe(404);
  }
});
