import { createHash } from "node:crypto";

import * as client from "openid-client";
import { describe, expect, test } from "vitest";

import { authorize, type Authorization } from "#tests/factories/authorize.ts";
import { callApi, connect, issuer, postForm } from "#tests/factories/client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";

const VERIFIER = "v".repeat(64);
const PKCE = { code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"), code_challenge_method: "S256" };

/** A mobile application, and a code that its person let it have. */
async function mobile(params: Record<string, string> = PKCE, type: "web" | "mobile" = "mobile"): Promise<Authorization & { application: TestApplication }> {
  const application = await makeApplication({ type });
  return { application, ...(await authorize({ application, account: await makeAccount(), params })) };
}

const exchange = ({ clientId, replyUrl }: TestApplication, code: string, more: Record<string, string> = { code_verifier: VERIFIER }) =>
  postForm("/token", { grant_type: "authorization_code", client_id: clientId, code, redirect_uri: replyUrl, ...more });
const renew = ({ clientId }: TestApplication, refreshToken: unknown, more: Record<string, string> = {}) =>
  postForm("/token", { grant_type: "refresh_token", client_id: clientId, refresh_token: String(refreshToken), ...more });

describe("a mobile application may leave out its secret where it sends PKCE (RFC 8252 §8.5)", () => {
  test("from code to tokens to refreshed tokens to their revocation", async () => {
    const { application, code } = await mobile();
    const { status, body } = await exchange(application, code);
    expect(status).toBe(200);
    expect((await callApi(String(body.access_token))).status).not.toBe(401);
    const second = await renew(application, body.refresh_token);
    const third = await renew(application, second.body.refresh_token);
    expect([second.status, third.status]).toEqual([200, 200]);
    expect((await postForm("/revoke", { client_id: application.clientId, token: String(third.body.refresh_token) })).status).toBe(200);
    expect((await renew(application, third.body.refresh_token)).body.error).toBe("invalid_grant");
  });

  test("openid-client as a public client", async () => {
    const { application, callback } = await mobile();
    const configuration = await client.discovery(new URL(issuer()), application.clientId, undefined, client.None(), { execute: [client.allowInsecureRequests] });
    const tokens = await client.authorizationCodeGrant(configuration, callback, { pkceCodeVerifier: VERIFIER, expectedState: "s" });
    expect((await client.refreshTokenGrant(configuration, tokens.refresh_token!)).access_token).toBeTruthy();
  });

  test("with its secret it works as a web application does", async () => {
    const { application, code } = await mobile({});
    const { status, body } = await exchange(application, code, { client_secret: application.clientSecret });
    expect(status).toBe(200);
    expect((await renew(application, body.refresh_token, { client_secret: application.clientSecret })).status).toBe(200);
  });
});

describe("without PKCE, or without the right to it, the secret is asked for (RFC 8252 §8.1)", () => {
  const REFUSED = { status: 401, body: { error: "invalid_client" } };

  test("a code of a request without PKCE", async () => {
    const { application, code } = await mobile({});
    expect(await exchange(application, code, {})).toMatchObject(REFUSED);
    expect(await exchange(application, code)).toMatchObject(REFUSED);
  });

  test("a refresh token that was bought with a secret", async () => {
    const { application, code } = await mobile({});
    const { body } = await exchange(application, code, { client_secret: application.clientSecret });
    expect(await renew(application, body.refresh_token)).toMatchObject(REFUSED);
  });

  test("a web application, whatever it sends", async () => {
    const { application, code } = await mobile(PKCE, "web");
    expect(await exchange(application, code)).toMatchObject(REFUSED);
    const { application: web, tokens } = await connect();
    expect(await renew(web, tokens.refresh_token)).toMatchObject(REFUSED);
    expect(await postForm("/revoke", { client_id: web.clientId, token: tokens.refresh_token })).toMatchObject(REFUSED);
  });

  test("a wrong secret beside the right verifier", async () => {
    const { application, code } = await mobile();
    expect(await exchange(application, code, { code_verifier: VERIFIER, client_secret: "lgs_wrong" })).toMatchObject(REFUSED);
  });

  test("introspection, which tells about tokens", async () => {
    const { application, code } = await mobile();
    const { body } = await exchange(application, code);
    expect(await postForm("/introspect", { client_id: application.clientId, token: String(body.access_token) })).toMatchObject(REFUSED);
  });

  test("another mobile application that shows a stolen refresh token ends nothing", async () => {
    const { application, code } = await mobile();
    const { body } = await exchange(application, code);
    const thief = await makeApplication({ type: "mobile" });
    expect((await renew(thief, body.refresh_token)).body.error).toBe("invalid_grant");
    await postForm("/revoke", { client_id: thief.clientId, token: String(body.refresh_token) });
    expect((await renew(application, body.refresh_token)).status).toBe(200);
  });
});

test("the wrong verifier is refused, and the code is not for sale without one (RFC 7636 §4.6)", async () => {
  const { application, code } = await mobile();
  expect((await exchange(application, code, {})).body.error).toBe("invalid_grant");
  const { application: other, code: otherCode } = await mobile();
  expect((await exchange(other, otherCode, { code_verifier: "w".repeat(64) })).body.error).toBe("invalid_grant");
});
