import { expect, test } from "vitest";

import { authorize, authorizeUrl, consent, openConsent } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import {
  callApi,
  callUserinfo,
  connect,
  isActive,
  postForm,
  redeem,
  refresh,
} from "#tests/factories/client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { query } from "#tests/harness/database.ts";

const setState = (clientId: string, state: "active" | "suspended") =>
  query(
    `UPDATE legrand_application SET state = $2::legrand_application_state WHERE client_id = $1::uuid RETURNING 1 AS done`,
    clientId,
    state,
  );

const REFUSED = { status: 400, body: { error: "unauthorized_client" } };

test("an authorization request of a suspended application is answered with unauthorized_client (RFC 6749 §4.1.2.1)", async () => {
  const application = await makeApplication();
  await setState(application.clientId, "suspended");
  const { location } = await new Browser().open(authorizeUrl(application, { state: "s" }));
  const { searchParams } = new URL(location!);
  expect(location!.startsWith(application.replyUrl)).toBe(true);
  expect(Object.fromEntries(searchParams)).toMatchObject({ error: "unauthorized_client", state: "s" });
  expect(searchParams.get("error_description")).toContain("suspended");
});

test("issues no code if the application is suspended while a person decides", async () => {
  const [application, account] = [await makeApplication(), await makeAccount()];
  const { browser, page } = await openConsent(application, account);
  await setState(application.clientId, "suspended");
  const answer = await browser.follow(await consent(browser, page), [application.replyUrl]);
  expect(new URL(answer.location!).searchParams.get("error")).toBe("unauthorized_client");
  expect(new URL(answer.location!).searchParams.get("code")).toBeNull();
});

test("refuses token requests with a clear error and spends nothing: after a resume the same code and refresh token work", async () => {
  const { application, tokens } = await connect();
  const { code } = await authorize({ application, account: await makeAccount() });
  await setState(application.clientId, "suspended");
  const [redeemed, refreshed] = [
    await redeem(application, code),
    await refresh(application, tokens.refresh_token),
  ];
  expect([redeemed, refreshed]).toMatchObject([REFUSED, REFUSED]);
  expect(String(redeemed.body.error_description)).toContain("suspended");
  await setState(application.clientId, "active");
  expect([
    (await redeem(application, code)).status,
    (await refresh(application, tokens.refresh_token)).status,
  ]).toEqual([200, 200]);
});

/** `Authorization: Basic` as RFC 6749 §2.3.1 and oauth4webapi write it, with every `-` of a GUID encoded. */
const encoded = (value: string) => value.replaceAll("-", "%2D").replaceAll("_", "%5F");
const basic = (clientId: string, clientSecret: string) => ({
  authorization: `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString("base64")}`,
});

test.each([
  ["without client_id in the body", {}],
  ["with an empty one", { client_id: "" }],
])("gives the same answer to Basic authentication with encoded characters, %s", async (_title, more) => {
  const {
    application: { clientId, clientSecret },
    tokens,
  } = await connect();
  await setState(clientId, "suspended");
  const form = { grant_type: "refresh_token", refresh_token: tokens.refresh_token, ...more };
  expect(await postForm("/token", form, basic(clientId, clientSecret))).toMatchObject(REFUSED);
  await setState(clientId, "active");
  expect((await postForm("/token", form, basic(clientId, clientSecret))).status).toBe(200);
});

test("the token endpoint tells only the authenticated application that it is suspended", async () => {
  const { application, tokens } = await connect();
  await setState(application.clientId, "suspended");
  expect(await refresh({ ...application, clientSecret: "lgs_wrong" }, tokens.refresh_token)).toMatchObject({
    status: 401,
    body: { error: "invalid_client" },
  });
  expect(await refresh(application, tokens.refresh_token)).toMatchObject(REFUSED);
});

test("its access tokens are refused while it is suspended, and work again afterwards", async () => {
  const { application, tokens } = await connect();
  await setState(application.clientId, "suspended");
  const [api, userinfo] = [await callApi(tokens.access_token), await callUserinfo(tokens.access_token)];
  expect([api.status, userinfo.status]).toEqual([403, 401]);
  expect(await api.json()).toEqual({
    statusCode: 403,
    message: "The application is suspended by its developer.",
  });
  await setState(application.clientId, "active");
  expect([(await callApi(tokens.access_token)).ok, (await callUserinfo(tokens.access_token)).ok]).toEqual([
    true,
    true,
  ]);
});

test("a suspended application can still revoke tokens (RFC 7009)", async () => {
  const { application, tokens } = await connect();
  await setState(application.clientId, "suspended");
  expect(
    (
      await postForm("/revoke", {
        client_id: application.clientId,
        client_secret: application.clientSecret,
        token: tokens.refresh_token,
      })
    ).status,
  ).toBe(200);
  await setState(application.clientId, "active");
  expect(await isActive(application, tokens.access_token)).toBe(false);
});
