import { expect, test } from "vitest";

import { Browser } from "#tests/factories/browser.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";

const CONNECT = "c0e2d1f4-6b7a-4f0e-9d3c-5a8b1e2f7c60";

/** Connects a new person. Returns their browser and functions for what they can do. */
async function connected() {
  const [browser, account] = [new Browser(), await makeAccount()];
  await deliver(browser, await walkToCallback(browser, account));
  const rowOf = async () =>
    (await findLinkedAccount(account.id))! as {
      id: string;
      state: string;
      granted_scopes: string[];
      withdrawn_scopes: string[];
    };
  return {
    browser,
    rowOf,
    /** Takes a scope back at Legrand. */
    takeBack: (scope: string) => browser.post(`/legrand/third-party-access/${CONNECT}/take-back`, { scope }),
    /** Opens the account page with the homes. */
    look: async () => textOf((await browser.open("/account?homes=shown")).text),
    /** Makes Connect's knowledge of the scopes that many minutes old. */
    age: async (minutes: number) =>
      void (await query(
        `UPDATE connect_account SET scopes_known_at = now() - make_interval(mins => $2::int), scopes_asked_at = NULL WHERE id = $1::uuid RETURNING 1 AS done`,
        (await rowOf()).id,
        minutes,
      )),
  };
}

test("a withdrawn scope that no call uses shows on the account page after five minutes (RFC 7662)", async () => {
  const { takeBack, look, age, rowOf } = await connected();
  await takeBack("profile");
  expect(await look(), "Legrand said it less than five minutes ago, and is not asked").not.toContain(
    "was taken back at Legrand",
  );
  await age(6);
  expect(await look()).toContain("“See your name” was taken back at Legrand.");
  expect(await rowOf()).toMatchObject({ state: "reconnect_needed", withdrawn_scopes: ["profile"] });
  expect((await rowOf()).granted_scopes).not.toContain("profile");
});

test("scopes that Legrand confirms count as known for five minutes, without another request", async () => {
  const { takeBack, look, age, rowOf } = await connected();
  await age(60);
  expect(await look()).not.toContain("Known since");
  await takeBack("profile");
  expect(await look()).not.toContain("was taken back at Legrand");
  expect((await rowOf()).granted_scopes).toContain("profile");
});

test("a scope that was taken back, and allowed again at Legrand, counts as granted again", async () => {
  const { takeBack, look, age, rowOf } = await connected();
  const before = (await rowOf()).granted_scopes;
  await takeBack("profile");
  await age(6);
  await look();
  await query(
    `UPDATE legrand_grant SET granted_scopes = array_append(granted_scopes, 'profile') WHERE client_id = $1::uuid AND account_id = (SELECT provider_account_id::uuid FROM connect_account WHERE id = $2::uuid) RETURNING 1 AS done`,
    CONNECT,
    (await rowOf()).id,
  );
  await age(6);
  await look();
  expect(await look(), "the button of the first page stays: the user may be about to press it").not.toContain(
    "was taken back at Legrand",
  );
  expect((await rowOf()).granted_scopes.sort()).toEqual([...before].sort());
  expect(await rowOf()).toMatchObject({ state: "connected", withdrawn_scopes: [] });
});
