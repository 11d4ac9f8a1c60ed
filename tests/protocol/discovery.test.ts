import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { expect, test } from "vitest";

import { testOrigin } from "#tests/factories/browser.ts";
import { INSECURE, issuer } from "#tests/factories/client.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { startBriefServer } from "#tests/harness/server.ts";
import { anyString, matching } from "#tests/factories/matchers.ts";

const WELL_KNOWN = "/.well-known/openid-configuration";
const FROM_ELSEWHERE = { origin: "https://app.example" };

const get = (address: string, headers: Record<string, string> = {}) =>
  fetch(address, { headers, redirect: "manual" });

test("serves discovery at the standard address, with an issuer that is equal byte for byte (OpenID Connect Discovery §4.3)", async () => {
  const response = await get(issuer() + WELL_KNOWN);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(((await response.json()) as { issuer: string }).issuer).toBe(`${testOrigin()}/legrand`);
});

test("serves the same answer at Legrand's own address, with the client_id before the well-known part (Legrand, Hosts)", async () => {
  const { clientId } = await makeApplication();
  const response = await get(`${issuer()}/${clientId}${WELL_KNOWN}`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(await (await get(issuer() + WELL_KNOWN)).json());
});

test("serves the metadata also at the OAuth 2.0 address for an issuer with a path (RFC 8414 §3.1)", async () => {
  const address = `${testOrigin()}/.well-known/oauth-authorization-server/legrand`;
  const answers = await Promise.all(
    [address, `${address}/`, `${issuer()}/.well-known/oauth-authorization-server`, issuer() + WELL_KNOWN].map(
      (each) => get(each, FROM_ELSEWHERE),
    ),
  );
  expect(answers.map(({ status, headers }) => [status, headers.get("access-control-allow-origin")])).toEqual(
    answers.map(() => [200, "https://app.example"]),
  );
  const [first, ...others] = await Promise.all(answers.map((answer) => answer.json()));
  expect(others).toEqual(others.map(() => first));
  const as = await oauth.processDiscoveryResponse(
    new URL(issuer()),
    await oauth.discoveryRequest(new URL(issuer()), { ...INSECURE, algorithm: "oauth2" }),
  );
  expect(as.issuer).toBe(issuer());
  expect((await fetch(address, { method: "POST" })).status).toBe(405);
});

test("answers curl -I on the metadata with 200 and no body (RFC 9110 §9.3.2)", async () => {
  for (const path of [WELL_KNOWN, "/jwks"]) {
    const [head, body] = [await fetch(issuer() + path, { method: "HEAD" }), await get(issuer() + path)];
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([
      200,
      body.headers.get("content-type"),
      "",
    ]);
  }
});

test.each([randomUUID(), "thermo", "%2e%2e"])(
  "serves no metadata for an unknown client_id: %s",
  async (clientId) => {
    expect((await get(`${issuer()}/${clientId}${WELL_KNOWN}`)).status).toBe(404);
  },
);

test("two libraries accept the metadata: oauth4webapi and openid-client", async () => {
  const as = await oauth.processDiscoveryResponse(
    new URL(issuer()),
    await oauth.discoveryRequest(new URL(issuer()), INSECURE),
  );
  expect(as.issuer).toBe(issuer());
  const { clientId, clientSecret } = await makeApplication();
  const configuration = await openid.discovery(new URL(issuer()), clientId, clientSecret, undefined, {
    execute: [openid.allowInsecureRequests],
  });
  expect(configuration.serverMetadata().issuer).toBe(issuer());
});

test("the metadata lists exactly what the server does (RFC 8414 §2)", async () => {
  const metadata = (await (await get(issuer() + WELL_KNOWN)).json()) as Record<string, unknown>;
  expect(metadata).toMatchObject({
    authorization_endpoint: `${issuer()}/authorize`,
    token_endpoint: `${issuer()}/token`,
    jwks_uri: `${issuer()}/jwks`,
    userinfo_endpoint: `${issuer()}/userinfo`,
    revocation_endpoint: `${issuer()}/revoke`,
    introspection_endpoint: `${issuer()}/introspect`,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ["RS256"],
  });
  expect(metadata.prompt_values_supported).toEqual(["none", "login", "consent", "select_account"]);
  expect([...(metadata.grant_types_supported as string[])].sort()).toEqual([
    "authorization_code",
    "refresh_token",
  ]);
  for (const scope of ["openid", "topology.read", "comfort.write", "plug.read"])
    expect(metadata.scopes_supported).toContain(scope);
  for (const absent of [
    "registration_endpoint",
    "device_authorization_endpoint",
    "pushed_authorization_request_endpoint",
    "end_session_endpoint",
  ]) {
    expect(metadata).not.toHaveProperty(absent);
  }
});

test("every endpoint of the metadata is below the issuer", async () => {
  const metadata = (await (await get(issuer() + WELL_KNOWN)).json()) as Record<string, unknown>;
  for (const [name, value] of Object.entries(metadata).filter(([key]) => /_(endpoint|uri)$/.test(key))) {
    expect({ name, below: String(value).startsWith(`${issuer()}/`) }).toEqual({ name, below: true });
  }
});

test("publishes no private part of the keys (RFC 7517 §9.2)", async () => {
  const { keys } = (await (await get(`${issuer()}/jwks`)).json()) as { keys: Record<string, string>[] };
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) {
    expect(key).toMatchObject({ kty: "RSA", alg: "RS256", use: "sig", kid: anyString });
    expect(Object.keys(key).filter((name) => ["d", "p", "q", "dp", "dq", "qi", "k"].includes(name))).toEqual(
      [],
    );
  }
});

test("lets browser clients read discovery, keys, token, userinfo and revocation from another origin (Fetch, CORS protocol)", async () => {
  const post = (path: string) =>
    fetch(issuer() + path, {
      method: "POST",
      headers: FROM_ELSEWHERE,
      body: new URLSearchParams({ a: "b" }),
    });
  const answers: [string, Response][] = [
    ["discovery", await get(issuer() + WELL_KNOWN, FROM_ELSEWHERE)],
    ["keys", await get(`${issuer()}/jwks`, FROM_ELSEWHERE)],
    ["userinfo", await get(`${issuer()}/userinfo`, FROM_ELSEWHERE)],
    ["token", await post("/token")],
    ["revocation", await post("/revoke")],
  ];
  for (const [name, { headers }] of answers) {
    expect([name, headers.get("access-control-allow-origin")]).toEqual([
      name,
      matching(/^(\*|https:\/\/app\.example)$/),
    ]);
  }
});

test.each([
  ["/token", "POST", "authorization,content-type"],
  ["/userinfo", "GET", "authorization"],
  ["/revoke", "POST", "content-type"],
  [WELL_KNOWN, "GET", "x-odd"],
  ["/jwks", "GET", "x-odd"],
])("answers a browser's preflight at %s (Fetch, CORS-preflight)", async (path, method, headers) => {
  const response = await fetch(issuer() + path, {
    method: "OPTIONS",
    headers: {
      ...FROM_ELSEWHERE,
      "access-control-request-method": method,
      "access-control-request-headers": headers,
    },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toMatch(/^(\*|https:\/\/app\.example)$/);
  expect(response.headers.get("access-control-allow-methods")).toContain(method);
  expect(response.headers.get("access-control-allow-headers")).toBe(headers);
});

test("refuses scripts of other origins at the authorization endpoint and the forms", async () => {
  for (const address of [`${issuer()}/authorize`, `${issuer()}/interaction/x`, testOrigin()]) {
    expect((await get(address, FROM_ELSEWHERE)).headers.get("access-control-allow-origin")).toBeNull();
  }
});

test("keeps the keys over a restart on the same data folder", async () => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), "legrand-connect-keys-"));
  await putMigratedDatabase(DATA_DIR);
  const keysOfOneRun = async () => {
    const server = await startBriefServer({ DATA_DIR });
    const keys: unknown = await (await fetch(`${server.origin}/legrand/jwks`)).json();
    await server.stop();
    return keys;
  };
  const first = await keysOfOneRun();
  expect(await keysOfOneRun()).toEqual(first);
  rmSync(DATA_DIR, { recursive: true });
}, 180_000);
