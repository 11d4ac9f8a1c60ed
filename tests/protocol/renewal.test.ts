import { describe, expect, test } from "vitest";

import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";

/** Connects a new person. Returns their browser, and a function that reads their linked account. */
async function makeConnected() {
  const [browser, account] = [new Browser(), await makeAccount()];
  await deliver(browser, await walkToCallback(browser, account));
  const row = async () => (await findLinkedAccount(account.id))!;
  return { browser, account, row, id: String((await row()).id) };
}

const PATHS = ["/account/refresh", "/account/continue-without"];
const events = (id: string) =>
  query(
    `SELECT what, detail FROM connect_linked_account_event WHERE account_id = $1::uuid AND what <> 'connected' ORDER BY at`,
    id,
  );

describe("a person asks for a renewal (issue 4, States)", () => {
  test("the sandbox rotates, both tokens are stored, and the scopes are the granted ones", async () => {
    const { browser, row, id } = await makeConnected();
    const before = await row();
    expect(await browser.post("/account/refresh", { id })).toMatchObject({
      status: 303,
      location: `${testOrigin()}/account`,
    });
    const after = await row();
    expect(after).toMatchObject({
      state: "connected",
      trouble: null,
      refresh_lease_until: null,
      granted_scopes: before.granted_scopes,
      withdrawn_scopes: [],
    });
    expect(Number(after.token_version)).toBe(Number(before.token_version) + 1);
    expect([after.access_token, after.refresh_token]).not.toContain(before.refresh_token);
    expect(await events(id)).toEqual([
      { what: "refreshed", detail: { count: 1, first: expect.any(String) } },
    ]);
  });

  test("a dozen requests at once leave a working connection", async () => {
    const { browser, row, id } = await makeConnected();
    const { token_version } = await row();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => browser.post("/account/refresh", { id })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(await row()).toMatchObject({ state: "connected", trouble: null, refresh_lease_until: null });
    expect(Number((await row()).token_version)).toBeGreaterThan(Number(token_version));
    await browser.post("/account/refresh", { id });
    expect(await row()).toMatchObject({ state: "connected" });
  });

  test("removed access is noticed: reconnect needed, the tokens are wiped, and the person stays signed in", async () => {
    const { browser, account, row, id } = await makeConnected();
    await query(`DELETE FROM legrand_grant WHERE account_id = $1::uuid`, account.id);
    await browser.post("/account/refresh", { id });
    expect(await row()).toMatchObject({
      state: "reconnect_needed",
      reconnect_reason: "revoked",
      access_token: null,
      refresh_token: null,
    });
    expect(await events(id)).toEqual([{ what: "reconnect_needed", detail: { reason: "revoked" } }]);
    expect((await browser.open("/account")).status).toBe(200);
    // Another click sends no request to Legrand.
    await browser.post("/account/refresh", { id });
    expect(await events(id)).toHaveLength(1);
  });

  test("an expired client secret keeps the tokens, and the connection works again afterwards", async () => {
    const { browser, row, id } = await makeConnected();
    await query(
      `UPDATE connect_account SET state = 'reconnect_needed', reconnect_reason = 'client_secret_expired', failed_attempts = 3, retry_at = now() + interval '1 hour' WHERE id = $1::uuid`,
      id,
    );
    await browser.post("/account/refresh", { id });
    expect(await row()).toMatchObject({
      state: "connected",
      reconnect_reason: null,
      failed_attempts: 0,
      retry_at: null,
    });
  });
});

describe("a person continues without withdrawn scopes", () => {
  test("the account is connected, and keeps its remaining scopes", async () => {
    const { browser, row, id } = await makeConnected();
    await query(
      `UPDATE connect_account SET state = 'reconnect_needed', reconnect_reason = 'scope_withdrawn', withdrawn_scopes = '{comfort.write}',
      granted_scopes = array_remove(granted_scopes, 'comfort.write') WHERE id = $1::uuid`,
      id,
    );
    const before = await row();
    for (const _again of [1, 2])
      expect(await browser.post("/account/continue-without", { id })).toMatchObject({
        status: 303,
        location: `${testOrigin()}/account`,
      });
    expect(await row()).toMatchObject({
      state: "connected",
      reconnect_reason: null,
      withdrawn_scopes: [],
      granted_scopes: before.granted_scopes,
      access_token: before.access_token,
    });
  });

  test("is not possible if the whole access was removed", async () => {
    const { browser, row, id } = await makeConnected();
    await query(
      `UPDATE connect_account SET state = 'reconnect_needed', reconnect_reason = 'revoked' WHERE id = $1::uuid`,
      id,
    );
    await browser.post("/account/continue-without", { id });
    expect(await row()).toMatchObject({ state: "reconnect_needed", reconnect_reason: "revoked" });
  });
});

describe.each(PATHS)("POST %s", (path) => {
  test("another user's account is 404, as an unknown one, and nothing changes", async () => {
    const [mine, theirs] = [await makeConnected(), await makeConnected()];
    await query(
      `UPDATE connect_account SET state = 'reconnect_needed', reconnect_reason = 'scope_withdrawn', withdrawn_scopes = '{comfort.write}' WHERE id = $1::uuid`,
      theirs.id,
    );
    const before = await theirs.row();
    const answers = await Promise.all(
      [theirs.id, crypto.randomUUID(), "1", "' OR 1=1", ""].map((id) => mine.browser.post(path, { id })),
    );
    const none = await mine.browser.post(path, {});
    expect(new Set([...answers, none].map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set([`404 ${answers[0]!.text}`]),
    );
    expect(await theirs.row()).toEqual(before);
  });

  test("without a session, and from another site, nothing changes", async () => {
    const { browser, row, id } = await makeConnected();
    const before = await row();
    expect((await new Browser().post(path, { id })).location).toBe(`${testOrigin()}/account`);
    expect((await browser.post(path, { id }, { origin: "https://evil.example" })).status).toBe(403);
    expect(await row()).toEqual(before);
  });
});
