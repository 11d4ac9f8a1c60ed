import { decodeJwt, decodeProtectedHeader } from "jose";
import * as openid from "openid-client";
import { describe, expect, test } from "vitest";

import { authorize, authorizeUrl, openConsent } from "#tests/factories/authorize.ts";
import { callUserinfo, connect, issuer, redeem, refresh } from "#tests/factories/client.ts";
import { end } from "#tests/factories/end.ts";
import { offeredScopes } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";

const SCOPES = ["profile", "email", "topology.read"];

function configure({ clientId, clientSecret }: TestApplication): Promise<openid.Configuration> {
  return openid.discovery(new URL(issuer()), clientId, clientSecret, openid.ClientSecretPost(clientSecret), {
    execute: [openid.allowInsecureRequests],
  });
}

test("openid-client accepts the whole flow: PKCE, state, nonce, iss, the id_token with its signature, userinfo", async () => {
  const [application, account] = [await makeApplication({ scopes: SCOPES }), await makeAccount()];
  const configuration = await configure(application);
  // The signature is verified too, though TLS would be enough (OpenID Connect Core §3.1.3.7, 6).
  openid.enableNonRepudiationChecks(configuration);
  const [verifier, state, nonce] = [
    openid.randomPKCECodeVerifier(),
    openid.randomState(),
    openid.randomNonce(),
  ];
  const { callback } = await authorize({
    application,
    account,
    scope: "openid profile email topology.read",
    params: {
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    },
  });
  const tokens = await openid.authorizationCodeGrant(configuration, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  expect(tokens.claims()).toMatchObject({
    iss: issuer(),
    aud: application.clientId,
    sub: account.id,
    nonce,
    name: "Alix Test",
    email: account.email,
  });
  const userinfo = await openid.fetchUserInfo(configuration, tokens.access_token, tokens.claims()!.sub);
  expect(userinfo).toMatchObject({ sub: account.id, name: "Alix Test", email: account.email });
});

test("openid-client refreshes, introspects and revokes", async () => {
  const { application, tokens } = await connect({ scope: "openid topology.read" });
  const configuration = await configure(application);
  const renewed = await openid.refreshTokenGrant(configuration, tokens.refresh_token);
  expect(await openid.tokenIntrospection(configuration, renewed.access_token)).toMatchObject({
    active: true,
    client_id: application.clientId,
  });
  await openid.tokenRevocation(configuration, renewed.refresh_token!);
  expect(await openid.tokenIntrospection(configuration, renewed.refresh_token!)).toEqual({ active: false });
});

test("the id_token is an RS256 JWT with the issuer's key, valid for an hour (Legrand, Token request)", async () => {
  const { tokens } = await connect({ scope: "openid" });
  const { keys } = (await (await fetch(`${issuer()}/jwks`)).json()) as { keys: { kid: string }[] };
  const { alg, kid } = decodeProtectedHeader(tokens.id_token!);
  expect(alg).toBe("RS256");
  expect(keys.map((key) => key.kid)).toContain(kid);
  const { exp, iat } = decodeJwt(tokens.id_token!);
  expect(exp! - iat!).toBe(3600);
});

test("there is an id_token only if openid was requested (OpenID Connect Core §3.1.2.1)", async () => {
  expect((await connect({ scope: "topology.read" })).tokens).not.toHaveProperty("id_token");
  expect((await connect({ scope: "openid topology.read" })).tokens).toHaveProperty("id_token");
});

describe("openid cannot be unticked, because access without it is useless to the application that asked for it (decision 7)", () => {
  const scope = "openid topology.read comfort.read";

  test("is shown ticked and fixed, and is granted even if the form omits it", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { browser, page } = await openConsent(application, account, { scope });
    expect(offeredScopes(page.text)).toContainEqual({ name: "openid", checked: true, fixed: true });
    const answer = await browser.follow(
      await browser.post(`${page.url}/consent`, { scope: ["comfort.read"], decision: "accept" }),
      [application.replyUrl],
    );
    const { body } = await redeem(application, new URL(answer.location!).searchParams.get("code")!);
    expect(body.scope).toBe("openid topology.read comfort.read");
    expect(decodeJwt(String(body.id_token)).sub).toBe(account.id);
  });

  test("a withdrawn openid is asked for again, alone and once, by the next request that needs it", async () => {
    const { browser, account, application } = await connect({ scope });
    await browser.post(`/legrand/third-party-access/${application.clientId}/take-back`, { scope: "openid" });
    const silent = await browser.open(authorizeUrl(application, { scope, prompt: "none", state: "s" }));
    expect(new URL(silent.location!).searchParams.get("error")).toBe("consent_required");
    const again = await authorize({ application, account, browser, scope });
    expect(again.asked).toEqual([["openid"]]);
    expect((await redeem(application, again.code)).body).toHaveProperty("id_token");
    expect((await authorize({ application, account, browser, scope })).asked, "asked once").toEqual([]);
  });
});

test("the id_token repeats the request's nonce, and has none without it (OpenID Connect Core §2)", async () => {
  const application = await makeApplication();
  const claimsFor = async (params: Record<string, string>) => {
    const { code } = await authorize({ application, account: await makeAccount(), scope: "openid", params });
    return decodeJwt(String((await redeem(application, code)).body.id_token));
  };
  expect(await claimsFor({})).not.toHaveProperty("nonce");
  expect((await claimsFor({ nonce: "n-0S6_WzA2Mj %&+=" })).nonce).toBe("n-0S6_WzA2Mj %&+=");
});

test("claims follow the granted scopes: profile and email only if the person allowed them (OpenID Connect Core §5.4)", async () => {
  const [application, account] = [await makeApplication({ scopes: SCOPES }), await makeAccount()];
  const { code } = await authorize({
    application,
    account,
    scope: "openid profile email",
    untick: ["email"],
  });
  const { body } = await redeem(application, code);
  expect(decodeJwt(String(body.id_token))).not.toHaveProperty("email");
  const userinfo = (await (await callUserinfo(String(body.access_token))).json()) as Record<string, unknown>;
  expect(userinfo).toEqual({ sub: account.id, name: "Alix Test", given_name: "Alix", family_name: "Test" });
});

test("a person has the same sub at every sign-in, and no other person has it (OpenID Connect Core §2)", async () => {
  const { application, account, tokens } = await connect({ scope: "openid" });
  const again = await authorize({ application, account, scope: "openid" });
  const other = await authorize({ application, account: await makeAccount(), scope: "openid" });
  const subOf = async (code: string) =>
    decodeJwt(String((await redeem(application, code)).body.id_token)).sub;
  expect(await subOf(again.code)).toBe(decodeJwt(tokens.id_token!).sub);
  expect(await subOf(other.code)).not.toBe(account.id);
});

test("a refreshed id_token names the same person (OpenID Connect Core §12.2)", async () => {
  const { application, account, tokens } = await connect({ scope: "openid" });
  const { body } = await refresh(application, tokens.refresh_token);
  expect(decodeJwt(String(body.id_token))).toMatchObject({
    sub: account.id,
    iss: issuer(),
    aud: application.clientId,
  });
});

test.each([
  ["no token", async () => fetch(`${issuer()}/userinfo`)],
  ["an invented token", async () => callUserinfo("x".repeat(43))],
  ["a refresh token", async () => callUserinfo((await connect()).tokens.refresh_token)],
  ["an id_token", async () => callUserinfo((await connect()).tokens.id_token!)],
  ["a code", async () => callUserinfo((await connect()).code)],
  [
    "an access token after its end",
    async () => {
      const { tokens } = await connect();
      await end(tokens.access_token);
      return callUserinfo(tokens.access_token);
    },
  ],
])("userinfo refuses %s (RFC 6750 §3.1)", async (_case, call) => {
  const { status, headers } = await call();
  expect([400, 401]).toContain(status);
  expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
});

test("userinfo refuses a token without openid with insufficient_scope (RFC 6750 §3.1)", async () => {
  const { tokens } = await connect({ scope: "topology.read" });
  const { status, headers } = await callUserinfo(tokens.access_token);
  expect(status).toBe(403);
  expect(headers.get("www-authenticate")).toContain("insufficient_scope");
});

test("userinfo answers a POST like a GET (OpenID Connect Core §5.3.1)", async () => {
  const { account, tokens } = await connect({ scope: "openid" });
  const response = await fetch(`${issuer()}/userinfo`, {
    method: "POST",
    body: new URLSearchParams({ access_token: tokens.access_token }),
  });
  expect(await response.json()).toMatchObject({ sub: account.id });
});
