import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { callApi, connect, issuer, postForm, read, refresh } from "#tests/factories/client.ts";
import { addSecret, makeApplication, type TestApplication } from "#tests/factories/make-application.ts";

const CODE = { grant_type: "authorization_code", code: "x".repeat(43), redirect_uri: "https://app.example/" };

/** Every endpoint where a client authenticates. */
const ENDPOINTS: [string, Record<string, string>][] = [
  ["/token", CODE],
  ["/token", { grant_type: "refresh_token", refresh_token: "x".repeat(43) }],
  ["/introspect", { token: "x".repeat(43) }],
  ["/revoke", { token: "x".repeat(43) }],
];

const WRONG: [string, (application: TestApplication) => Promise<Record<string, string>>][] = [
  ["a wrong secret", async ({ clientId }) => ({ client_id: clientId, client_secret: "lgs_wrong" })],
  ["no secret", async ({ clientId }) => ({ client_id: clientId })],
  ["an empty secret", async ({ clientId }) => ({ client_id: clientId, client_secret: "" })],
  [
    "another application's secret",
    async ({ clientId }) => ({ client_id: clientId, client_secret: (await makeApplication()).clientSecret }),
  ],
  [
    "a secret with a letter more",
    async ({ clientId, clientSecret }) => ({ client_id: clientId, client_secret: `${clientSecret}x` }),
  ],
  [
    "the library's placeholder for a secret",
    async ({ clientId }) => ({ client_id: clientId, client_secret: "compared-by-digest" }),
  ],
  [
    "an unknown client",
    async ({ clientSecret }) => ({ client_id: randomUUID(), client_secret: clientSecret }),
  ],
  [
    "a client_id that is no GUID",
    async ({ clientSecret }) => ({ client_id: "thermo", client_secret: clientSecret }),
  ],
];

describe("a wrong credential is invalid_client, 401, and the answer does not say which part was wrong (RFC 6749 §5.2)", () => {
  test.each(WRONG)("%s", async (_case, make) => {
    const parameters = await make(await makeApplication());
    for (const [path, form] of ENDPOINTS) {
      const { status, body, headers } = await postForm(path, { ...form, ...parameters });
      expect({ path, status, body }).toEqual({
        path,
        status: 401,
        body: { error: "invalid_client", error_description: "client authentication failed" },
      });
      if (path === "/token") expect(headers.get("cache-control")).toContain("no-store");
    }
  });

  test("HTTP Basic gets the same error as the body, with the Basic challenge (RFC 6749 §5.2)", async () => {
    const { clientId } = await makeApplication();
    const authorization = `Basic ${Buffer.from(`${clientId}:lgs_wrong`).toString("base64")}`;
    const { status, body, headers } = await postForm("/token", CODE, { authorization });
    expect({ status, body }).toEqual({
      status: 401,
      body: { error: "invalid_client", error_description: "client authentication failed" },
    });
    expect(headers.get("www-authenticate")).toMatch(/^Basic/i);
  });

  test("an unreadable Basic header is a 400 or 401, not a server error", async () => {
    for (const authorization of [
      "Basic",
      "Basic %%%",
      "Basic bm9jb2xvbg==",
      `Basic ${Buffer.from("%zz:%zz").toString("base64")}`,
      "Negotiate abc",
    ]) {
      const { status } = await postForm("/token", CODE, { authorization });
      expect([400, 401]).toContain(status);
    }
  });
});

test("refuses the secret in the body and in the header at once (RFC 6749 §2.3)", async () => {
  const { clientId, clientSecret } = await makeApplication();
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
  const { status } = await postForm(
    "/token",
    { ...CODE, client_id: clientId, client_secret: clientSecret },
    { authorization },
  );
  expect([400, 401]).toContain(status);
});

test("ignores credentials in the address (RFC 6749 §2.3.1)", async () => {
  const { clientId, clientSecret } = await makeApplication();
  const address = `${issuer()}/token?${new URLSearchParams({ client_id: clientId, client_secret: clientSecret })}`;
  const { status } = await read(await fetch(address, { method: "POST", body: new URLSearchParams(CODE) }));
  expect([400, 401]).toContain(status);
});

test("names an expired secret and its expiry date to the client that sends it (Legrand, Token request: say the truth)", async () => {
  const application = await makeApplication({ secretExpiresAt: new Date("2026-01-31T00:00:00Z") });
  const { status, body } = await refresh(application, "x".repeat(43));
  expect({ status, error: body.error }).toEqual({ status: 401, error: "invalid_client" });
  expect(body.error_description).toContain(application.clientSecret.slice(-4));
  expect(body.error_description).toContain("2026-01-31");
  expect(JSON.stringify(body)).not.toContain(application.clientSecret);
});

test("accepts several live secrets, even beside an expired one (Legrand, Registration)", async () => {
  const { application, tokens } = await connect();
  const second = `lgs_${randomUUID()}`;
  await addSecret(application.clientId, second);
  await addSecret(application.clientId, `lgs_${randomUUID()}`, new Date("2026-01-31T00:00:00Z"));
  const first = await refresh(application, tokens.refresh_token);
  expect(first.status).toBe(200);
  expect(
    (await refresh({ ...application, clientSecret: second }, String(first.body.refresh_token))).status,
  ).toBe(200);
});

test("accepts several spaces after the scheme of Authorization (RFC 9110 §11.4), at the token endpoint, at userinfo and at the API", async () => {
  const { application, tokens } = await connect();
  const basic = Buffer.from(`${application.clientId}:${application.clientSecret}`).toString("base64");
  const refreshed = await postForm(
    "/token",
    { grant_type: "refresh_token", refresh_token: tokens.refresh_token },
    { authorization: `Basic   ${basic}` },
  );
  expect(refreshed.status).toBe(200);
  const authorization = `Bearer   ${String(refreshed.body.access_token)}`;
  expect((await fetch(`${issuer()}/userinfo`, { headers: { authorization } })).status).toBe(200);
  expect(
    (await callApi(String(refreshed.body.access_token), "/plants", { headers: { authorization } })).status,
  ).toBe(200);
});

test("accepts HTTP Basic, for frameworks that prefer it (RFC 6749 §2.3.1)", async () => {
  const { application, tokens } = await connect();
  const authorization = `Basic ${Buffer.from(`${application.clientId}:${application.clientSecret}`).toString("base64")}`;
  expect(
    (
      await postForm(
        "/token",
        { grant_type: "refresh_token", refresh_token: tokens.refresh_token },
        { authorization },
      )
    ).status,
  ).toBe(200);
});
