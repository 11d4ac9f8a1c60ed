import { expect, test } from "vitest";

import { authorize, consent, openConsent } from "#tests/factories/authorize.ts";
import { callApi, connect, redeem, refresh } from "#tests/factories/client.ts";
import { offeredScopes } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { findGrant } from "#tests/factories/stored.ts";
import { query } from "#tests/harness/database.ts";

const withdraw = (clientId: string, scope: string) =>
  query(
    `DELETE FROM legrand_requested_scope WHERE client_id = $1::uuid AND scope = $2 RETURNING 1 AS done`,
    clientId,
    scope,
  );
const register = (clientId: string, scope: string) =>
  query(
    `INSERT INTO legrand_requested_scope (client_id, scope) VALUES ($1::uuid, $2) RETURNING 1 AS done`,
    clientId,
    scope,
  );

test("a scope that a developer removes is lost at the next refresh, and not before", async () => {
  const { application, account, tokens } = await connect();
  await withdraw(application.clientId, "comfort.read");
  expect((await callApi(tokens.access_token)).ok).toBe(true);
  expect((await findGrant(account.id, application.clientId))!.granted).toContain("comfort.read");
  const { status, body } = await refresh(application, tokens.refresh_token);
  expect({ status, scope: body.scope }).toEqual({ status: 200, scope: "openid topology.read" });
  expect((await findGrant(account.id, application.clientId))!.granted).toEqual(["openid", "topology.read"]);
});

test("after the scope is registered again, the person is asked again", async () => {
  const { application, account, tokens, browser } = await connect();
  await withdraw(application.clientId, "comfort.read");
  await refresh(application, tokens.refresh_token);
  await register(application.clientId, "comfort.read");
  const { asked } = await authorize({
    application,
    account,
    scope: "openid topology.read comfort.read",
    browser,
  });
  expect(asked).toEqual([["comfort.read"]]);
});

test("a code that was issued before gives no more scopes than are registered now", async () => {
  const [application, account] = [await makeApplication(), await makeAccount()];
  const { code } = await authorize({ application, account });
  await withdraw(application.clientId, "comfort.write");
  expect((await redeem(application, code)).body.scope).toBe("comfort.read topology.read");
});

test("a scope that is removed while the person reads the consent page is not granted, and no endless question follows", async () => {
  const [application, account] = [await makeApplication(), await makeAccount()];
  const { browser, page } = await openConsent(application, account);
  expect(offeredScopes(page.text).map(({ name }) => name)).toContain("comfort.write");
  await withdraw(application.clientId, "comfort.write");
  const answer = await browser.follow(await consent(browser, page), [application.replyUrl]);
  const { body } = await redeem(application, new URL(answer.location!).searchParams.get("code")!);
  expect(body.scope).toBe("comfort.read topology.read");
});

test("a scope that a person refused stays refused when another scope is removed", async () => {
  const [application, account] = [await makeApplication(), await makeAccount()];
  const first = await authorize({ application, account, untick: ["comfort.write"] });
  const { body } = await redeem(application, first.code);
  await withdraw(application.clientId, "comfort.read");
  await refresh(application, String(body.refresh_token));
  expect(await findGrant(account.id, application.clientId)).toEqual({
    granted: ["topology.read"],
    rejected: ["comfort.write"],
  });
});
