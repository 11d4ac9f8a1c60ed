import * as oauth from "oauth4webapi";
import { describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import {
  callApi,
  callUserinfo,
  connect,
  discover,
  INSECURE,
  isActive,
  postForm,
  redeem,
  refresh,
  type Answer,
} from "#tests/factories/client.ts";
import { end } from "#tests/factories/end.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";

const VERIFIER = "v".repeat(64);
const REFUSED = { status: 400, body: { error: "invalid_grant" } };

/** Makes an authorization code that is not redeemed yet. */
async function freshCode(withPkce = false) {
  const [application, account] = [await makeApplication(), await makeAccount()];
  const pkce: Record<string, string> = withPkce
    ? { code_challenge: await oauth.calculatePKCECodeChallenge(VERIFIER), code_challenge_method: "S256" }
    : {};
  return {
    application,
    ...(await authorize({ application, account, scope: "openid topology.read", params: pkce })),
  };
}

function expectNoToken({ body, headers }: Answer): void {
  expect(Object.keys(body).filter((name) => name.endsWith("_token"))).toEqual([]);
  expect(headers.get("cache-control")).toContain("no-store");
}

describe("refuses a code with invalid_grant (RFC 6749 §5.2)", () => {
  test.each([
    [
      "after its end (§4.1.2)",
      async () => {
        const { application, code } = await freshCode();
        await end(code);
        return redeem(application, code);
      },
    ],
    [
      "when another client presents it (§4.1.3)",
      async () => redeem(await makeApplication(), (await freshCode()).code),
    ],
    [
      "when another client presents it with the owner's redirect_uri",
      async () => {
        const { application, code } = await freshCode();
        return redeem(await makeApplication(), code, { redirect_uri: application.replyUrl });
      },
    ],
    [
      "with another redirect_uri than the request's (§4.1.3)",
      async () => {
        const { application, code } = await freshCode();
        return redeem(application, code, { redirect_uri: `${application.replyUrl}/` });
      },
    ],
    [
      "with another verifier (RFC 7636 §4.6)",
      async () => {
        const { application, code } = await freshCode(true);
        return redeem(application, code, { code_verifier: "w".repeat(64) });
      },
    ],
    [
      "without its verifier (RFC 7636 §4.6)",
      async () => {
        const { application, code } = await freshCode(true);
        return redeem(application, code);
      },
    ],
    [
      "with a verifier though no challenge was sent (RFC 9700 §2.1.1)",
      async () => {
        const { application, code } = await freshCode();
        return redeem(application, code, { code_verifier: VERIFIER });
      },
    ],
    [
      "when it is mistyped and sent without redirect_uri (§4.1.3)",
      async () => {
        const { application, code } = await freshCode();
        return redeem(application, `${code}x`, { redirect_uri: "" });
      },
    ],
    ["when it is invented", async () => redeem(await makeApplication(), "x".repeat(43))],
    [
      "when it is a refresh token",
      async () => {
        const { application, tokens } = await connect();
        return redeem(application, tokens.refresh_token);
      },
    ],
    [
      "when it is an access token",
      async () => {
        const { application, tokens } = await connect();
        return redeem(application, tokens.access_token);
      },
    ],
  ])("%s", async (_case, act) => {
    const answer = await act();
    expect(answer).toMatchObject(REFUSED);
    expectNoToken(answer);
  });
});

test("refuses at the token endpoint a registered reply URL that differs from the request's (RFC 6749 §4.1.3)", async () => {
  const application = await makeApplication({
    replyUrls: ["https://a.example/callback", "https://b.example/callback"],
  });
  const { code } = await authorize({ application, account: await makeAccount(), scope: "openid" });
  expect(await redeem(application, code, { redirect_uri: "https://b.example/callback" })).toMatchObject(
    REFUSED,
  );
});

test("another client's mistake does not spend the code", async () => {
  const { application, code } = await freshCode();
  await redeem(await makeApplication(), code);
  expect((await redeem(application, code)).status).toBe(200);
});

test("another client that sends a spent code or refresh token by HTTP Basic does not end the owner's access", async () => {
  const { application, code, tokens } = await connect();
  const renewed = (await refresh(application, tokens.refresh_token)).body as { access_token: string };
  const { clientId, clientSecret } = await makeApplication();
  const authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
  const { replyUrl } = application;
  expect(
    await postForm(
      "/token",
      { grant_type: "authorization_code", code, redirect_uri: replyUrl },
      { authorization },
    ),
  ).toMatchObject(REFUSED);
  expect(
    await postForm(
      "/token",
      { grant_type: "refresh_token", refresh_token: tokens.refresh_token },
      { authorization },
    ),
  ).toMatchObject(REFUSED);
  expect((await callApi(renewed.access_token)).status).toBe(200);
});

test("refuses a code that is redeemed twice, and revokes the tokens of the first redemption (RFC 6749 §4.1.2)", async () => {
  const { application, code, tokens } = await connect();
  expect((await callApi(tokens.access_token)).status).toBe(200);
  const second = await redeem(application, code);
  expect(second).toMatchObject(REFUSED);
  expectNoToken(second);
  expect((await callUserinfo(tokens.access_token)).status).toBe(401);
  expect((await callApi(tokens.access_token)).status).toBe(401);
  expect(await isActive(application, tokens.access_token)).toBe(false);
  expect(await isActive(application, tokens.refresh_token)).toBe(false);
  expect(await refresh(application, tokens.refresh_token)).toMatchObject(REFUSED);
});

test("the second use also revokes tokens that were refreshed since (RFC 6749 §4.1.2)", async () => {
  const { application, code, tokens } = await connect();
  const { body } = await refresh(application, tokens.refresh_token);
  expect(await redeem(application, code)).toMatchObject(REFUSED);
  expect((await callApi(String(body.access_token))).status).toBe(401);
  expect(await refresh(application, String(body.refresh_token))).toMatchObject(REFUSED);
});

test("serves a client that sends PKCE (RFC 7636), oauth4webapi", async () => {
  const { application, callback } = await freshCode(true);
  const [as, client] = [await discover(), { client_id: application.clientId }];
  const parameters = oauth.validateAuthResponse(as, client, callback, "s");
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    oauth.ClientSecretPost(application.clientSecret),
    parameters,
    application.replyUrl,
    VERIFIER,
    INSECURE,
  );
  expect(await oauth.processAuthorizationCodeResponse(as, client, response)).toMatchObject({
    token_type: "bearer",
    scope: "openid topology.read",
  });
});

test("serves a client that sends no PKCE (Legrand, Authorization request), oauth4webapi", async () => {
  const { application, callback } = await freshCode();
  const [as, client] = [await discover(), { client_id: application.clientId }];
  const parameters = oauth.validateAuthResponse(as, client, callback, "s");
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    oauth.ClientSecretPost(application.clientSecret),
    parameters,
    application.replyUrl,
    oauth.nopkce,
    INSECURE,
  );
  expect(await oauth.processAuthorizationCodeResponse(as, client, response)).toMatchObject({
    token_type: "bearer",
  });
});

test("refuses a verifier shorter than 43 characters (RFC 7636 §4.1)", async () => {
  const { application, code } = await freshCode(true);
  const answer = await redeem(application, code, { code_verifier: "short" });
  expect(answer.status).toBe(400);
  expectNoToken(answer);
});

test("treats an empty redirect_uri as a missing one (RFC 6749 §3.2)", async () => {
  const { application, code } = await freshCode();
  expect((await redeem(application, code, { redirect_uri: "" })).status).toBe(200);
});
