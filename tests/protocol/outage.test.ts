import { afterAll, describe, expect, test } from "vitest";

import { authorize, authorizeUrl, consent, openSignIn, signIn } from "#tests/factories/authorize.ts";
import { Browser, testOrigin, type Page } from "#tests/factories/browser.ts";
import { callApi, connect, isActive, issuer, postForm, redeem, refresh } from "#tests/factories/client.ts";
import { connectCookie } from "#tests/factories/cookies.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { textOf } from "#tests/factories/html.ts";
import { withoutDatabase } from "#tests/harness/database.ts";
import { anyString } from "#tests/factories/matchers.ts";

const server = ownServer();

/** Asserts a 503 with a request id that is in the log too. */
function expectUnavailable({ status, text, headers }: Pick<Page, "status" | "text" | "headers">): void {
  expect(status).toBe(503);
  expect(headers.get("retry-after")).toBeTruthy();
  const requestId = /Request ([0-9a-f]{8})/.exec(
    headers.get("content-type")!.startsWith("text/html") ? textOf(text) : text,
  )?.[1];
  expect(requestId).toBeTruthy();
  expect(server().output()).toContain(requestId);
}

const program = async (address: string, init: RequestInit = {}) => {
  const response = await fetch(address, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

describe("while the database is unreachable: 503 with a request id", () => {
  test.each([
    [
      "the token endpoint",
      (form: URLSearchParams) => program(`${issuer()}/token`, { method: "POST", body: form }),
    ],
    [
      "introspection",
      (form: URLSearchParams) => program(`${issuer()}/introspect`, { method: "POST", body: form }),
    ],
    ["revocation", (form: URLSearchParams) => program(`${issuer()}/revoke`, { method: "POST", body: form })],
    [
      "userinfo",
      () => program(`${issuer()}/userinfo`, { headers: { authorization: `Bearer ${"x".repeat(43)}` } }),
    ],
    [
      "the API",
      () =>
        program(`${issuer()}/api/smarther/v2.0/plants`, {
          headers: { authorization: `Bearer ${"x".repeat(43)}` },
        }),
    ],
  ])("%s", async (_name, call) => {
    const { clientId, clientSecret } = await makeApplication();
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: "x".repeat(43),
      token: "x".repeat(43),
      client_id: clientId,
      client_secret: clientSecret,
    });
    expectUnavailable(await withoutDatabase(() => call(form)));
  });

  test.each(["/token", "/introspect", "/revoke", "/userinfo"])(
    "%s answers in JSON, even if the client accepts HTML",
    async (path) => {
      const { clientId, clientSecret } = await makeApplication();
      const form = new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: "x".repeat(43),
        token: "x".repeat(43),
        client_id: clientId,
        client_secret: clientSecret,
      });
      const answer = await withoutDatabase(() =>
        program(issuer() + path, {
          method: "POST",
          body: form,
          headers: {
            accept: "text/html",
            ...(path === "/userinfo" && { authorization: `Bearer ${"x".repeat(43)}` }),
          },
        }),
      );
      expectUnavailable(answer);
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    },
  );

  test.each(["text/html", "application/json"])("the authorization endpoint, for %s", async (accept) => {
    const application = await makeApplication();
    const page = await withoutDatabase(() =>
      new Browser().open(authorizeUrl(application, { scope: "openid" }), { accept }),
    );
    expect(page.location).toBeNull();
    expectUnavailable(page);
  });

  test("the pages and forms of an interaction, which continues afterwards", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { browser, page } = await openSignIn(application, { scope: "openid topology.read" });
    await withoutDatabase(async () => {
      expectUnavailable(await browser.open(page.url));
      expectUnavailable(await signIn(browser, page, account));
      expectUnavailable(await browser.post(`${page.url}/consent`, { decision: "deny" }));
    });
    const consentPage = await browser.follow(await signIn(browser, page, account));
    expectUnavailable(await withoutDatabase(() => consent(browser, consentPage)));
    const answer = await browser.follow(await consent(browser, consentPage), [application.replyUrl]);
    expect(new URL(answer.location!).searchParams.get("code")).toBeTruthy();
  });

  test.each(["/account"])("a page of Connect that reads the database: %s", async (path) => {
    const browser = new Browser();
    browser.cookies.push({ name: connectCookie("session"), value: "x".repeat(36), path: "/" });
    expectUnavailable(await withoutDatabase(() => browser.open(path)));
  });

  test("discovery and the keys need no database", async () => {
    await withoutDatabase(async () => {
      expect((await program(`${issuer()}/.well-known/openid-configuration`)).status).toBe(200);
      expect((await program(`${issuer()}/jwks`)).status).toBe(200);
    });
  });
});

describe("an outage does not undo what was committed", () => {
  test("a code that was sent during the outage is not spent", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { code } = await authorize({ application, account, scope: "openid topology.read" });
    await withoutDatabase(() =>
      program(`${issuer()}/token`, {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "authorization_code",
          code,
          client_id: application.clientId,
          client_secret: application.clientSecret,
          redirect_uri: application.replyUrl,
        }),
      }),
    );
    const { status, body } = await redeem(application, code);
    expect(status).toBe(200);
    expect((await callApi(String(body.access_token))).status).toBe(200);
  });

  test("tokens work again, and a refresh token that was sent during the outage is not spent", async () => {
    const { application, tokens } = await connect();
    const answer = await withoutDatabase(() => refresh(application, tokens.refresh_token));
    expect(answer).toMatchObject({
      status: 503,
      body: { error: "temporarily_unavailable", request_id: anyString },
    });
    expect((await callApi(tokens.access_token)).status).toBe(200);
    expect((await refresh(application, tokens.refresh_token)).status).toBe(200);
  });

  test("a revocation during the outage fails with 503 and revokes nothing (RFC 7009 §2.2.1)", async () => {
    const { application, tokens } = await connect();
    const form = {
      token: tokens.refresh_token,
      client_id: application.clientId,
      client_secret: application.clientSecret,
    };
    expect((await withoutDatabase(() => postForm("/revoke", form))).status).toBe(503);
    expect(await isActive(application, tokens.refresh_token)).toBe(true);
  });

  test("Connect shows a page instead of a bare error while its database is gone, and works afterwards", async () => {
    const browser = new Browser();
    const page = await withoutDatabase(() => browser.open(`${testOrigin()}/`));
    expect([200, 503]).toContain(page.status);
    expect((await browser.open("/")).status).toBe(200);
  });
});

// The log records the outages, and no credential.
afterAll(() => {
  expect(server().output()).not.toMatch(/lgs_[\w-]{20}/);
});
