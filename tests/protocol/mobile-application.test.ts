import { createHash, randomUUID } from "node:crypto";

import * as client from "openid-client";
import { describe, expect, test } from "vitest";

import {
  authorize,
  isConsent,
  openConsent,
  openSignIn,
  signIn,
  type Authorization,
} from "#tests/factories/authorize.ts";
import { callApi, connect, issuer, postForm } from "#tests/factories/client.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { findGrant } from "#tests/factories/stored.ts";
import { digest } from "#lib/crypto/digest.ts";
import { query } from "#tests/harness/database.ts";

const VERIFIER = "v".repeat(64);
const PKCE = {
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
  code_challenge_method: "S256",
};

/** Makes a mobile application, and a code from a person's consent. */
async function mobile(
  params: Record<string, string> = PKCE,
  type: "web" | "mobile" = "mobile",
): Promise<Authorization & { application: TestApplication }> {
  const application = await makeApplication({ type });
  return { application, ...(await authorize({ application, account: await makeAccount(), params })) };
}

const exchange = (
  { clientId, replyUrl }: TestApplication,
  code: string,
  more: Record<string, string> = { code_verifier: VERIFIER },
) =>
  postForm("/token", {
    grant_type: "authorization_code",
    client_id: clientId,
    code,
    redirect_uri: replyUrl,
    ...more,
  });
const renew = ({ clientId }: TestApplication, refreshToken: unknown, more: Record<string, string> = {}) =>
  postForm("/token", {
    grant_type: "refresh_token",
    client_id: clientId,
    refresh_token: String(refreshToken),
    ...more,
  });

describe("a mobile application may omit its secret if it sends PKCE (RFC 8252 §8.5)", () => {
  test("for the code, the tokens, their refresh and their revocation", async () => {
    const { application, code } = await mobile();
    const { status, body } = await exchange(application, code);
    expect(status).toBe(200);
    expect((await callApi(String(body.access_token))).status).not.toBe(401);
    const second = await renew(application, body.refresh_token);
    const third = await renew(application, second.body.refresh_token);
    expect([second.status, third.status]).toEqual([200, 200]);
    expect(
      (
        await postForm("/revoke", {
          client_id: application.clientId,
          token: String(third.body.refresh_token),
        })
      ).status,
    ).toBe(200);
    expect((await renew(application, third.body.refresh_token)).body.error).toBe("invalid_grant");
  });

  test("openid-client as a public client", async () => {
    const { application, callback } = await mobile();
    const configuration = await client.discovery(
      new URL(issuer()),
      application.clientId,
      undefined,
      client.None(),
      { execute: [client.allowInsecureRequests] },
    );
    const tokens = await client.authorizationCodeGrant(configuration, callback, {
      pkceCodeVerifier: VERIFIER,
      expectedState: "s",
    });
    expect((await client.refreshTokenGrant(configuration, tokens.refresh_token!)).access_token).toBeTruthy();
  });

  test("or send an empty secret, in the body or by Basic (issue 11, 18)", async () => {
    const { application, code } = await mobile();
    const authorization = `Basic ${Buffer.from(`${encodeURIComponent(application.clientId)}:`).toString("base64")}`;
    const { clientId: _named, ...grant } = {
      clientId: application.clientId,
      grant_type: "authorization_code",
      code,
      redirect_uri: application.replyUrl,
      code_verifier: VERIFIER,
    };
    const first = await postForm("/token", grant, { authorization });
    expect(first).toMatchObject({ status: 200 });
    const second = await postForm(
      "/token",
      {
        grant_type: "refresh_token",
        refresh_token: String(first.body.refresh_token),
        client_id: application.clientId,
      },
      { authorization },
    );
    const third = await renew(application, second.body.refresh_token, { client_secret: "" });
    expect([second.status, third.status]).toEqual([200, 200]);
    expect(
      (await postForm("/revoke", { token: String(third.body.refresh_token) }, { authorization })).status,
    ).toBe(200);
    expect((await renew(application, third.body.refresh_token)).body.error).toBe("invalid_grant");
  });

  test("and still use its secret as a web application does", async () => {
    const { application, code } = await mobile({});
    const { status, body } = await exchange(application, code, { client_secret: application.clientSecret });
    expect(status).toBe(200);
    expect(
      (await renew(application, body.refresh_token, { client_secret: application.clientSecret })).status,
    ).toBe(200);
  });
});

test("a former refresh token is refused without the secret, because only rotation detects a stolen one (RFC 9700 §4.14.2)", async () => {
  const { application, code } = await mobile();
  await query(
    `UPDATE legrand_application SET refresh_policy = 'former' WHERE client_id = $1::uuid RETURNING 1 AS done`,
    application.clientId,
  );
  const { body } = await exchange(application, code);
  const [first, again] = [
    await renew(application, body.refresh_token),
    await renew(application, body.refresh_token),
  ];
  expect(again.body.access_token).toBe(first.body.access_token);
  const next = await renew(application, first.body.refresh_token);
  expect(await renew(application, body.refresh_token)).toMatchObject({
    status: 400,
    body: { error: "invalid_grant" },
  });
  expect((await callApi(String(next.body.access_token))).status).toBe(401);
});

describe("without PKCE, or for other clients and endpoints, the secret is required (RFC 8252 §8.1)", () => {
  const REFUSED = { status: 401, body: { error: "invalid_client" } };

  test("for a code from a request without PKCE", async () => {
    const { application, code } = await mobile({});
    expect(await exchange(application, code, {})).toMatchObject(REFUSED);
    expect(await exchange(application, code)).toMatchObject(REFUSED);
  });

  test("for a refresh token that was issued with a secret", async () => {
    const { application, code } = await mobile({});
    const { body } = await exchange(application, code, { client_secret: application.clientSecret });
    expect(await renew(application, body.refresh_token)).toMatchObject(REFUSED);
  });

  test("for a web application, in every form of the request", async () => {
    const { application, code } = await mobile(PKCE, "web");
    expect(await exchange(application, code)).toMatchObject(REFUSED);
    const { application: web, tokens } = await connect();
    const authorization = `Basic ${Buffer.from(`${web.clientId}:`).toString("base64")}`;
    expect(
      await postForm(
        "/token",
        { grant_type: "refresh_token", refresh_token: tokens.refresh_token },
        { authorization },
      ),
    ).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    const named = await makeApplication({ type: "mobile" });
    expect(
      (
        await postForm(
          "/token",
          { grant_type: "refresh_token", refresh_token: tokens.refresh_token, client_id: named.clientId },
          { authorization },
        )
      ).status,
    ).not.toBe(200);
    expect(await renew(web, tokens.refresh_token)).toMatchObject(REFUSED);
    expect(await postForm("/revoke", { client_id: web.clientId, token: tokens.refresh_token })).toMatchObject(
      REFUSED,
    );
  });

  test("refuses a wrong secret beside the right verifier", async () => {
    const { application, code } = await mobile();
    expect(
      await exchange(application, code, { code_verifier: VERIFIER, client_secret: "lgs_wrong" }),
    ).toMatchObject(REFUSED);
  });

  test("for introspection, which reveals facts about tokens", async () => {
    const { application, code } = await mobile();
    const { body } = await exchange(application, code);
    expect(
      await postForm("/introspect", { client_id: application.clientId, token: String(body.access_token) }),
    ).toMatchObject(REFUSED);
  });

  test("a stolen refresh token sent by another mobile application ends nothing", async () => {
    const { application, code } = await mobile();
    const { body } = await exchange(application, code);
    const thief = await makeApplication({ type: "mobile" });
    expect((await renew(thief, body.refresh_token)).body.error).toBe("invalid_grant");
    await postForm("/revoke", { client_id: thief.clientId, token: String(body.refresh_token) });
    expect((await renew(application, body.refresh_token)).status).toBe(200);
  });
});

describe("if another app could receive the answer, every request asks for consent, even for granted scopes (RFC 8252 §8.6, ASVS 10.7.1, decision 33)", () => {
  const SCOPE = "topology.read comfort.read";
  const UNPROVEN = [
    "com.example.thermo:/callback",
    "http://localhost:4711/callback",
    "http://127.0.0.1:4711/callback",
    "urn:example:thermo",
    `msal${randomUUID()}://auth`,
  ];

  /**
   * Makes an application to which the person has allowed everything that it asks for. The person is still
   * signed in.
   */
  async function allowed(replyUrl: string, type: "web" | "mobile" = "mobile") {
    const [application, account] = [
      await makeApplication({ type, replyUrls: [replyUrl] }),
      await makeAccount(),
    ];
    const { browser } = await authorize({ application, account, scope: SCOPE });
    return { application, account, browser };
  }

  test.each(UNPROVEN)("for a mobile application with %s: exactly once a request", async (replyUrl) => {
    const { application, account, browser } = await allowed(replyUrl);
    for (let round = 0; round < 2; round++) {
      const { asked, code, signedIn } = await authorize({
        application,
        account,
        browser,
        scope: SCOPE,
        params: PKCE,
      });
      expect({ asked, signedIn, hasCode: code !== "" }).toEqual({
        asked: [[]],
        signedIn: false,
        hasCode: true,
      });
    }
  });

  test.each<[string, "web" | "mobile", string]>([
    ["a mobile application with an https address", "mobile", `https://${randomUUID()}.example/callback`],
    ["a web application, also on the developer's own machine", "web", "http://localhost:4711/callback"],
  ])("not for %s", async (_which, type, replyUrl) => {
    const { application, account, browser } = await allowed(replyUrl, type);
    expect((await authorize({ application, account, browser, scope: SCOPE })).asked).toEqual([]);
  });

  test("the redirect of this request decides, not the other registered ones", async () => {
    const replyUrls = [`https://${randomUUID()}.example/callback`, "com.example.thermo:/callback"];
    const [application, account] = [
      await makeApplication({ type: "mobile", replyUrls }),
      await makeAccount(),
    ];
    const { browser } = await authorize({ application, account, scope: SCOPE });
    expect((await authorize({ application, account, browser, scope: SCOPE })).asked).toEqual([]);
    expect(
      (
        await authorize({
          application: { ...application, replyUrl: replyUrls[1]! },
          account,
          browser,
          scope: SCOPE,
        })
      ).asked,
    ).toEqual([[]]);
  });

  test("prompt=none is consent_required (OpenID Connect Core §3.1.2.6)", async () => {
    const { application, account, browser } = await allowed(UNPROVEN[0]!);
    const { callback, code } = await authorize({
      application,
      account,
      browser,
      scope: SCOPE,
      params: { prompt: "none" },
    });
    expect([callback.searchParams.get("error"), code]).toEqual(["consent_required", ""]);
  });

  test("the page says that the request asks for nothing new, shows what is allowed, and says why it asks", async () => {
    const { application, account, browser } = await allowed(UNPROVEN[0]!);
    const { page } = await openConsent(application, account, { scope: SCOPE }, browser);
    for (const words of [
      `${application.name} asks again for what you have already allowed, and for nothing else.`,
      "Already allowed (2)",
      `Accept only if you have just started this in ${application.name}.`,
    ])
      expect(textOf(page.text)).toContain(words);
    expect(page.text).toMatch(/<details open/);
  });

  test("Deny answers access_denied and removes nothing", async () => {
    const { application, account, browser } = await allowed(UNPROVEN[0]!);
    const { callback } = await authorize({ application, account, browser, scope: SCOPE, decision: "deny" });
    expect(callback.searchParams.get("error")).toBe("access_denied");
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual([
      "comfort.read",
      "topology.read",
    ]);
  });

  test("asks for the new scopes only, or for all of them with grant_management_action=replace, once", async () => {
    const { application, account, browser } = await allowed(UNPROVEN[0]!);
    const more = await authorize({ application, account, browser, scope: `${SCOPE} comfort.write` });
    expect(more.asked).toEqual([["comfort.write"]]);
    const review = await authorize({
      application,
      account,
      browser,
      scope: SCOPE,
      params: { grant_management_action: "replace" },
      untick: ["comfort.read"],
    });
    expect(review.asked).toEqual([["topology.read", "comfort.read"]]);
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual(["topology.read"]);
  });

  test("a consent that another account gave in the same request does not count", async () => {
    const [{ application, account, browser }, other] = [await allowed(UNPROVEN[0]!), await makeAccount()];
    await authorize({ application, account: other, scope: SCOPE });
    const { page } = await openSignIn(application, { scope: SCOPE, prompt: "login" }, browser);
    await query(
      `UPDATE legrand_artifact SET payload = payload || '{"lastSubmission":{"consent":{}}}' WHERE digest = $1`,
      digest(page.url.split("/").at(-1)!),
    );
    expect(isConsent(await browser.follow(await signIn(browser, page, other)))).toBe(true);
    expect(account.id).not.toBe(other.id);
  });
});

test("refuses a wrong verifier, and a code without one (RFC 7636 §4.6)", async () => {
  const { application, code } = await mobile();
  expect((await exchange(application, code, {})).body.error).toBe("invalid_grant");
  const { application: other, code: otherCode } = await mobile();
  expect((await exchange(other, otherCode, { code_verifier: "w".repeat(64) })).body.error).toBe(
    "invalid_grant",
  );
});
