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
  issuer,
  postForm,
  redeem,
  refresh,
  type Tokens,
} from "#tests/factories/client.ts";
import { end } from "#tests/factories/end.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";

const credentials = ({ clientId, clientSecret }: TestApplication) => ({
  client_id: clientId,
  client_secret: clientSecret,
});

/** Asserts the one answer that every revoking client accepts (STACK, What real clients trip over). */
async function revoke(
  application: TestApplication,
  token: string,
  more: Record<string, string> = {},
): Promise<void> {
  const response = await fetch(`${issuer()}/revoke`, {
    method: "POST",
    body: new URLSearchParams({ ...credentials(application), token, ...more }),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(await response.text()).toBe("{}");
}

async function isDead(
  application: TestApplication,
  { access_token, refresh_token }: Tokens,
): Promise<boolean> {
  const statuses = [
    (await callApi(access_token)).status,
    (await callUserinfo(access_token)).status,
    (await refresh(application, refresh_token)).status,
  ];
  return statuses.every((status) => status >= 400);
}

describe("revocation answers 200, application/json, {} (RFC 7009 §2.2)", () => {
  test("for a refresh token, and ends the access tokens of its grant too (§2.1)", async () => {
    const { application, tokens } = await connect();
    await revoke(application, tokens.refresh_token);
    expect(await isDead(application, tokens)).toBe(true);
  });

  test("for an access token", async () => {
    const { application, tokens } = await connect();
    await revoke(application, tokens.access_token);
    expect((await callApi(tokens.access_token)).status).toBe(401);
    expect((await callUserinfo(tokens.access_token)).status).toBe(401);
    expect(await isActive(application, tokens.access_token)).toBe(false);
  });

  test("for an unknown token", async () => revoke(await makeApplication(), "x".repeat(43)));

  test("for a token that was already revoked", async () => {
    const { application, tokens } = await connect();
    await revoke(application, tokens.refresh_token);
    await revoke(application, tokens.refresh_token);
  });

  test("for an expired token", async () => {
    const { application, tokens } = await connect();
    await end(tokens.refresh_token);
    await revoke(application, tokens.refresh_token);
  });

  test("for another client's token, which stays valid (§2.1)", async () => {
    const { application, tokens } = await connect();
    const stranger = await makeApplication();
    await revoke(stranger, tokens.refresh_token);
    await revoke(stranger, tokens.access_token);
    expect((await callApi(tokens.access_token)).status).toBe(200);
    expect((await refresh(application, tokens.refresh_token)).status).toBe(200);
  });

  test.each(["refresh_token", "access_token", "nonsense"])(
    "with any token_type_hint, even a wrong one: %s (§2.1)",
    async (token_type_hint) => {
      const { application, tokens } = await connect();
      await revoke(application, tokens.refresh_token, { token_type_hint });
      expect(await isDead(application, tokens)).toBe(true);
    },
  );

  test("for oauth4webapi", async () => {
    const { application, tokens } = await connect();
    const [as, client] = [await discover(), { client_id: application.clientId }];
    const response = await oauth.revocationRequest(
      as,
      client,
      oauth.ClientSecretPost(application.clientSecret),
      tokens.refresh_token,
      INSECURE,
    );
    await oauth.processRevocationResponse(response);
    expect(await isDead(application, tokens)).toBe(true);
  });
});

test("a revocation without a token is invalid_request (RFC 7009 §2.1)", async () => {
  expect(await postForm("/revoke", credentials(await makeApplication()))).toMatchObject({
    status: 400,
    body: { error: "invalid_request" },
  });
});

test("a revocation at one application does not affect the same person's other applications", async () => {
  const { application, account, browser, tokens } = await connect();
  const other = await makeApplication();
  const { code } = await authorize({ application: other, account, scope: "openid topology.read", browser });
  const theirs = (await redeem(other, code)).body as Tokens;
  await revoke(application, tokens.refresh_token);
  expect((await callApi(theirs.access_token)).status).toBe(200);
  expect((await refresh(other, theirs.refresh_token)).status).toBe(200);
});

describe("introspection (RFC 7662)", () => {
  test("describes a token to the client that it belongs to (§2.2), oauth4webapi", async () => {
    const { application, account, tokens } = await connect();
    const [as, client] = [await discover(), { client_id: application.clientId }];
    const response = await oauth.introspectionRequest(
      as,
      client,
      oauth.ClientSecretPost(application.clientSecret),
      tokens.access_token,
      INSECURE,
    );
    expect(await oauth.processIntrospectionResponse(as, client, response)).toMatchObject({
      active: true,
      client_id: application.clientId,
      sub: account.id,
      scope: "openid topology.read comfort.read",
      iss: issuer(),
    });
    expect(await isActive(application, tokens.refresh_token)).toBe(true);
  });

  test.each([
    ["a foreign access token", async () => (await connect()).tokens.access_token],
    ["a foreign refresh token", async () => (await connect()).tokens.refresh_token],
    ["an unknown token", async () => "x".repeat(43)],
  ])("answers only {active: false} for %s (§2.2)", async (_case, make) => {
    const { status, body } = await postForm("/introspect", {
      ...credentials(await makeApplication()),
      token: await make(),
    });
    expect({ status, body }).toEqual({ status: 200, body: { active: false } });
  });

  test("answers {active: false} for an expired token", async () => {
    const { application, tokens } = await connect();
    await end(tokens.access_token);
    expect(await isActive(application, tokens.access_token)).toBe(false);
  });

  test("answers {active: false} for a code, and does not spend it", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { code } = await authorize({ application, account, scope: "openid" });
    expect(await isActive(application, code)).toBe(false);
    expect((await redeem(application, code)).status).toBe(200);
  });
});
