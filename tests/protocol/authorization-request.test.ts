import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { authorize, authorizeUrl, isSignIn } from "#tests/factories/authorize.ts";
import { Browser, type Page } from "#tests/factories/browser.ts";
import { issuer, redeem } from "#tests/factories/client.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { anyString, matching } from "#tests/factories/matchers.ts";

/** Returns the error parameters that the application receives. */
function errorOf(page: Page): {
  error: string | null;
  state: string | null;
  iss: string | null;
  code: string | null;
} {
  const { search, hash } = new URL(page.location!);
  // Errors of the implicit and hybrid flows are sent in the fragment, as their answer would be (OAuth 2.0
  // Multiple Response Types §2.1).
  const searchParams = new URLSearchParams(search || hash.slice(1));
  return {
    error: searchParams.get("error"),
    state: searchParams.get("state"),
    iss: searchParams.get("iss"),
    code: searchParams.get("code"),
  };
}

const sent = (error: string) => ({ error, state: "s", iss: issuer(), code: null });

describe("an error is shown to the person while the redirect is not proven (RFC 6749 §4.1.2.1)", () => {
  test.each([
    ["an unknown client_id", { client_id: randomUUID() }],
    ["a client_id that is no GUID", { client_id: "thermo" }],
    ["a client_id in capitals", { client_id: randomUUID().toUpperCase() }],
    ["a client_id with SQL in it", { client_id: "' OR 1=1 --" }],
    ["no client_id", { client_id: null }],
    ["no redirect_uri", { redirect_uri: null }],
  ])("%s", async (_name, params: Record<string, string | null>) => {
    const application = await makeApplication();
    const url = authorizeUrl(application, { scope: "openid", state: "s", ...params });
    const page = await new Browser().open(url);
    expect(page).toMatchObject({ status: 400, location: null });
    expect(page.headers.get("content-type")).toMatch(/^text\/html/);
    const json = await new Browser().open(url, { accept: "application/json" });
    expect(json).toMatchObject({ status: 400, location: null });
    expect(JSON.parse(json.text)).toMatchObject({
      error: matching(/^invalid_(client|request)$/),
      error_description: anyString,
    });
  });

  test.each(["client_id", "redirect_uri"])("a repeated %s, though one of the two is right", async (name) => {
    const application = await makeApplication();
    const url = `${authorizeUrl(application, { scope: "openid" })}&${name}=${encodeURIComponent(name === "client_id" ? application.clientId : application.replyUrl)}`;
    expect(await new Browser().open(url)).toMatchObject({ status: 400, location: null });
  });
});

describe("an error is sent to the application once the redirect is proven (RFC 6749 §4.1.2.1)", () => {
  test.each([
    ["no response_type, of a client that sends a scope", { response_type: null }, "invalid_request"],
    ["an unknown response_type", { response_type: "nonsense" }, "unsupported_response_type"],
    ["the implicit flow", { response_type: "token" }, "unsupported_response_type"],
    ["the hybrid flow", { response_type: "code id_token" }, "unsupported_response_type"],
    ["a scope that the application did not register", { scope: "openid light.write" }, "invalid_scope"],
    [
      "a scope that is not in the catalogue, without openid",
      { scope: "topology.read confort.read" },
      "invalid_scope",
    ],
    [
      "a scope that the application did not register, beside one that is not in the catalogue",
      { scope: "openid address light.write" },
      "invalid_scope",
    ],
    [
      "the plain code_challenge_method",
      { code_challenge: "a".repeat(43), code_challenge_method: "plain" },
      "invalid_request",
    ],
    [
      "a code_challenge without its method, which would mean plain (RFC 7636 §4.3)",
      { code_challenge: "a".repeat(43) },
      "invalid_request",
    ],
    ["a code_challenge_method without a challenge", { code_challenge_method: "S256" }, "invalid_request"],
    [
      "a malformed code_challenge",
      { code_challenge: "short", code_challenge_method: "S256" },
      "invalid_request",
    ],
    ["a request object", { request: "eyJhbGciOiJub25lIn0.e30." }, "request_not_supported"],
    [
      "a reference to a request object",
      { request_uri: "https://evil.example/request" },
      "request_uri_not_supported",
    ],
    ["an unknown prompt", { prompt: "nonsense" }, "invalid_request"],
    ["prompt=none beside another prompt", { prompt: "none login" }, "invalid_request"],
    ["a max_age that is no number", { max_age: "soon" }, "invalid_request"],
  ])("%s", async (_name, params: Record<string, string | null>, error) => {
    const application = await makeApplication();
    const page = await new Browser().open(
      authorizeUrl(application, { scope: "openid topology.read", state: "s", ...params }),
    );
    expect(page.location?.startsWith(application.replyUrl)).toBe(true);
    expect(errorOf(page)).toEqual(sent(error));
    // Programs parse the answer with `state=(.*)$`.
    expect(page.location).toMatch(/[?#]iss=[^&]+&error=.*&state=s$/);
  });

  test.each([
    ["scope", "openid"],
    ["response_type", "code"],
    ["state", "s"],
    ["code_challenge", "a".repeat(43)],
    ["prompt", "login"],
    ["nonce", "n"],
  ])("a repeated %s", async (name, value) => {
    const application = await makeApplication();
    const page = await new Browser().open(
      `${authorizeUrl(application, { scope: "openid", [name]: value, ...(name === "state" ? {} : { state: "s" }) })}&${name}=${value}`,
    );
    expect(page.location?.startsWith(`${application.replyUrl}?`)).toBe(true);
    expect(errorOf(page)).toMatchObject({ error: "invalid_request", iss: issuer(), code: null });
  });
});

test("ignores scopes that are not in the catalogue, beside openid (OpenID Connect Core §3.1.2.1)", async () => {
  const [application, account] = [
    await makeApplication({ scopes: ["topology.read", "comfort.read"] }),
    await makeAccount(),
  ];
  const { asked, code } = await authorize({
    application,
    account,
    scope: "openid address phone comfort.read confort.read",
  });
  expect(asked.flat().sort()).toEqual(["comfort.read", "openid", "topology.read"]);
  expect((await redeem(application, code)).body.scope).toBe("openid comfort.read topology.read");
});

test("ignores an unknown parameter (RFC 6749 §3.1)", async () => {
  const application = await makeApplication();
  const browser = new Browser();
  expect(
    isSignIn(
      await browser.follow(
        await browser.open(authorizeUrl(application, { scope: "openid", colour: "blue" })),
      ),
    ),
  ).toBe(true);
});

test("accepts an authorization request as a form post (OpenID Connect Core §3.1.2.1)", async () => {
  const application = await makeApplication();
  const browser = new Browser();
  const [, query] = authorizeUrl(application, { scope: "openid", state: "s" }).split("?");
  const page = await browser.follow(
    await browser.post("/legrand/authorize", [...new URLSearchParams(query)]),
  );
  expect(isSignIn(page)).toBe(true);
});

test("the sign-in page names the application, and forbids storing and framing", async () => {
  const application = await makeApplication();
  const browser = new Browser();
  const page = await browser.follow(await browser.open(authorizeUrl(application, { scope: "openid" })));
  expect(textOf(page.text)).toContain(application.name);
  expect(page.headers.get("cache-control")).toContain("no-store");
  expect(page.headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'/);
  // One script of our own, which shows the password (decision 61).
  expect(page.headers.get("content-security-policy")).toMatch(/script-src 'self';/);
});
