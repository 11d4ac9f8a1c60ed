import * as client from "openid-client";
import { describe, expect, test } from "vitest";

import { authorize, authorizeUrl, isConsent, openConsent } from "#tests/factories/authorize.ts";
import type { Browser, Page } from "#tests/factories/browser.ts";
import { callApi, connect, discover, issuer, redeem, refresh } from "#tests/factories/client.ts";
import { readHome, thermostatPath } from "#tests/factories/homes.ts";
import { offeredScopes, textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { readMails } from "#tests/factories/portal.ts";
import { findGrant } from "#tests/factories/stored.ts";

const SCOPE = "openid topology.read comfort.read comfort.write light.read";
const SCOPES = ["topology.read", "comfort.read", "comfort.write", "light.read"];
const REPLACE = { scope: SCOPE, grant_management_action: "replace" };

/** A person at an application that was granted comfort.read and refused comfort.write. */
async function connected() {
  const [application, account] = [await makeApplication({ scopes: SCOPES }), await makeAccount()];
  const { browser, code } = await authorize({
    application,
    account,
    scope: "openid topology.read comfort.read comfort.write",
    untick: ["comfort.write"],
  });
  const tokens = (await redeem(application, code)).body as { access_token: string; refresh_token: string };
  return { application, account, browser, tokens };
}

/** Decides on that page and returns to the application. Fails if another question follows. */
async function decide(
  browser: Browser,
  page: Page,
  application: TestApplication,
  scope: string[],
  decision = "accept",
): Promise<URL> {
  const answer = await browser.follow(await browser.post(`${page.url}/consent`, { scope, decision }), [
    application.replyUrl,
  ]);
  expect(isConsent(answer)).toBe(false);
  return new URL(answer.location!);
}

describe("grant_management_action=replace shows what is granted, so that the person can change it (decision 19)", () => {
  test("exactly the granted scopes are ticked, although nothing new is asked for", async () => {
    const { application, account, browser } = await connected();
    const { page } = await openConsent(application, account, REPLACE, browser);
    expect(textOf(page.text)).toContain(`Change what ${application.name} may do`);
    expect(Object.fromEntries(offeredScopes(page.text).map(({ name, checked }) => [name, checked]))).toEqual({
      openid: true,
      "topology.read": true,
      "comfort.read": true,
      "comfort.write": false,
      "light.read": false,
    });
  });

  test("Accept sets the grant to what is ticked, wider and narrower at once; a narrower grant applies to API calls immediately", async () => {
    const { application, account, browser, tokens } = await connected();
    const path = thermostatPath(await readHome(account.id));
    expect((await callApi(tokens.access_token, path)).status).toBe(200);
    const { page } = await openConsent(application, account, REPLACE, browser);
    const callback = await decide(browser, page, application, ["openid", "light.read"]);
    expect((await callApi(tokens.access_token, path)).status, "comfort.read").toBe(403);
    expect((await redeem(application, callback.searchParams.get("code")!)).body.scope).toBe(
      "openid topology.read light.read",
    );
    expect(await findGrant(account.id, application.clientId)).toEqual({
      granted: ["light.read", "openid", "topology.read"],
      rejected: ["comfort.read", "comfort.write"],
    });
    expect((await refresh(application, tokens.refresh_token)).body.scope).toBe("openid topology.read");
    expect((await callApi(tokens.access_token)).status).toBe(200);
  });

  test("with every optional scope unticked, no second question follows, and the code has the remaining scopes", async () => {
    const { application, account, browser } = await connected();
    const { page } = await openConsent(application, account, REPLACE, browser);
    const callback = await decide(browser, page, application, []);
    expect((await redeem(application, callback.searchParams.get("code")!)).body.scope).toBe(
      "openid topology.read",
    );
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual(["openid", "topology.read"]);
  });

  test("a granted scope that is not requested is removed too (Grant Management for OAuth 2.0), except topology.read", async () => {
    const { application, account, browser } = await connected();
    const { page } = await openConsent(
      application,
      account,
      { ...REPLACE, scope: "openid light.read" },
      browser,
    );
    expect(offeredScopes(page.text).map(({ name }) => name)).toEqual([
      "openid",
      "topology.read",
      "light.read",
    ]);
    await decide(browser, page, application, ["openid"]);
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual(["openid", "topology.read"]);
  });

  test("grants offline_access as with prompt=consent, since the person is asked (OpenID Connect Core §11)", async () => {
    const { application, account, browser } = await connected();
    const scope = "openid offline_access topology.read";
    await authorize({ application, account, browser, scope, params: { prompt: "consent" } });
    const { page } = await openConsent(
      application,
      account,
      { scope, grant_management_action: "replace" },
      browser,
    );
    expect(offeredScopes(page.text).map(({ name, checked }) => [name, checked])).toContainEqual([
      "offline_access",
      true,
    ]);
    const callback = await decide(browser, page, application, ["openid", "offline_access"]);
    expect((await redeem(application, callback.searchParams.get("code")!)).body.scope).toBe(
      "openid offline_access topology.read",
    );
  });

  test("Deny changes nothing and answers access_denied", async () => {
    const { application, account, browser, tokens } = await connected();
    const before = await findGrant(account.id, application.clientId);
    const { page } = await openConsent(application, account, REPLACE, browser);
    const callback = await decide(browser, page, application, [], "deny");
    expect(callback.searchParams.get("error")).toBe("access_denied");
    expect(await findGrant(account.id, application.clientId)).toEqual(before);
    expect((await callApi(tokens.access_token)).status).toBe(200);
  });

  test("a form that ticks a scope that was not asked about gets no more than the request", async () => {
    const { application, account, browser } = await connected();
    const { page } = await openConsent(
      application,
      account,
      { ...REPLACE, scope: "openid topology.read" },
      browser,
    );
    await decide(browser, page, application, ["openid", "comfort.write", "lock.read"]);
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual(["openid", "topology.read"]);
  });

  test("without a grant the request is an ordinary one: everything ticked, and a mail", async () => {
    const [application, account] = [await makeApplication({ scopes: SCOPES }), await makeAccount()];
    const { browser, page } = await openConsent(application, account, REPLACE);
    expect(textOf(page.text)).toContain("is asking for access to your home");
    expect(offeredScopes(page.text).every(({ checked }) => checked)).toBe(true);
    await decide(browser, page, application, ["openid", "comfort.read"]);
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual([
      "comfort.read",
      "openid",
      "topology.read",
    ]);
    expect(await readMails(account.email)).toHaveLength(1);
  });

  test("a double click on Accept continues without a second question", async () => {
    const { application, account, browser } = await connected();
    const { page } = await openConsent(application, account, REPLACE, browser);
    const sent = () => browser.post(`${page.url}/consent`, { scope: ["openid"], decision: "accept" });
    await browser.follow(await sent(), [application.replyUrl]);
    const again = await browser.follow(await sent(), [application.replyUrl]);
    expect(again.location).toContain("code=");
  });

  test("with prompt=none the answer is consent_required (OpenID Connect Core §3.1.2.6)", async () => {
    const { application, browser } = await connected();
    const answer = await browser.open(authorizeUrl(application, { ...REPLACE, prompt: "none", state: "s" }));
    expect(new URL(answer.location!).searchParams.get("error")).toBe("consent_required");
  });
});

test("merge is the default: asks only about new scopes, and keeps the grant", async () => {
  const { application, account, browser } = await connected();
  const { asked } = await authorize({
    application,
    account,
    browser,
    scope: SCOPE,
    params: { grant_management_action: "merge" },
  });
  expect(asked).toEqual([["light.read", "comfort.write"]]);
  expect((await findGrant(account.id, application.clientId))!.granted).toEqual(SCOPE.split(" ").sort());
});

test.each(["create", "REPLACE", ""])(
  "another value is invalid_request, sent to the application: %j",
  async (grant_management_action) => {
    const { application, browser } = await connect();
    const answer = await browser.open(
      authorizeUrl(application, { scope: "topology.read", grant_management_action, state: "s" }),
    );
    // The library treats an empty parameter as a missing one.
    expect(new URL(answer.location!).searchParams.get("error")).toBe(
      grant_management_action ? "invalid_request" : null,
    );
  },
);

test("discovery lists the actions (Grant Management for OAuth 2.0, metadata)", async () => {
  expect(await discover()).toMatchObject({ grant_management_actions_supported: ["merge", "replace"] });
});

test("a client changes its permissions with openid-client, and stores the scopes of the answer", async () => {
  const { application, browser } = await connected();
  const config = await client.discovery(
    new URL(issuer()),
    application.clientId,
    application.clientSecret,
    client.ClientSecretPost(application.clientSecret),
    { execute: [client.allowInsecureRequests] },
  );
  const [verifier, state] = [client.randomPKCECodeVerifier(), client.randomState()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: application.replyUrl,
    scope: SCOPE,
    grant_management_action: "replace",
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const page = await browser.follow(await browser.open(url.href));
  const callback = await decide(browser, page, application, ["openid", "comfort.write"]);
  const tokens = await client.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  });
  expect(tokens.scope).toBe("openid topology.read comfort.write");
});
