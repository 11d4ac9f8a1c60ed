import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { Browser } from "#tests/factories/browser.ts";
import { furnishHome } from "#tests/factories/home-control.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeOwnedApplication } from "#tests/factories/make-owned-application.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

const KEY = /^[0-9a-f]{32}$/;

async function subscribed() {
  const { browser, account } = await signInToPortal();
  await browser.post("/legrand/subscriptions/subscribe", { name: "Thermo" });
  const [row] = await query<{ id: string }>(
    `SELECT id FROM legrand_subscription WHERE account_id = $1::uuid`,
    account.id,
  );
  return { browser, account, id: row!.id };
}

const askForKey = (browser: Browser, key: string, headers: Record<string, string> = {}) =>
  browser.post("/legrand/apis/key", { key }, headers);

describe("the key for a call that is sent from the catalogue", () => {
  test("is sent to the developer who owns it, and is not cached", async () => {
    const { browser, id } = await subscribed();
    for (const name of ["primary", "secondary"]) {
      const answer = await askForKey(browser, `${name}-${id}`);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
      expect((JSON.parse(answer.text) as { key: string }).key).toMatch(KEY);
    }
  });

  test("is 404 for another developer, as for a key that does not exist", async () => {
    const [{ id }, other] = [await subscribed(), await subscribed()];
    const [foreign, unknown] = [
      await askForKey(other.browser, `primary-${id}`),
      await askForKey(other.browser, `primary-${randomUUID()}`),
    ];
    expect([foreign.status, foreign.text]).toEqual([404, unknown.text]);
  });

  test("is refused to a visitor who is not signed in, and to a page of another site", async () => {
    const { browser, id } = await subscribed();
    const signedOut = await askForKey(new Browser(), `primary-${id}`);
    expect([signedOut.status, new URL(signedOut.location!).pathname, signedOut.text]).toEqual([
      303,
      "/legrand/sign-in",
      "",
    ]);
    expect(
      (
        await askForKey(browser, `primary-${id}`, {
          origin: "https://elsewhere.example",
          "sec-fetch-site": "cross-site",
        })
      ).status,
    ).toBe(403);
  });

  test.each(["", "tertiary-x", "primary-", "x".repeat(300)])("answers %j with 404", async (key) => {
    const { browser } = await subscribed();
    expect((await askForKey(browser, key)).status).toBe(404);
  });
});

describe("the catalogue", () => {
  test("is public, and the scopes step and an application's scopes link to it", async () => {
    const { browser, account } = await signInToPortal();
    const application = await makeOwnedApplication(account, {
      scopes: ["topology.read", "comfort.read", "light.read", "lock.read"],
    });
    const catalogue = await new Browser().open("/legrand/apis");
    expect(catalogue.status).toBe(200);
    for (const path of [`${application.path}/reply-urls-and-scopes`, `${application.path}/edit/scopes`]) {
      const page = await browser.follow(await browser.open(path));
      const anchors = [...page.text.matchAll(/href="\/legrand\/apis#([\w.]+)"/g)].map(
        ([, anchor]) => anchor!,
      );
      for (const scope of ["comfort.read", "light.read"]) expect(new Set(anchors), path).toContain(scope);
      expect(anchors).not.toContain("lock.read");
      expect(textOf(page.text), path).toMatch(
        /No operation documented|Legrand documents no operation for it\./,
      );
      for (const anchor of anchors) expect(catalogue.text, anchor).toContain(`id="${anchor}"`);
    }
  });

  test("says why a visitor cannot send an operation, and what to do about it", async () => {
    const stranger = await new Browser().open("/legrand/apis/listPlants");
    expect(textOf(stranger.text)).toContain("Sign in to send it from here");
    const { browser } = await signInToPortal();
    const page = await browser.open("/legrand/apis/listPlants");
    expect(textOf(page.text)).toContain("You have no subscription key yet");
    for (const { text } of [stranger, page]) expect(text).toContain("curl -i");
  });

  test("fills in the id of the developer's own home or product, if there is one", async () => {
    const { browser, account } = await subscribed();
    const rows = await query<{ id: string }>(
      `SELECT id FROM legrand_plant WHERE account_id = $1::uuid`,
      account.id,
    );
    expect((await browser.open("/legrand/apis/getTopology")).text).toContain(`value="${rows[0]!.id}"`);
    await furnishHome(rows[0]!.id);
    const [light] = await query<{ id: string }>(
      `SELECT id FROM legrand_product WHERE plant_id = $1::uuid AND device = 'light' ORDER BY position`,
      rows[0]!.id,
    );
    expect((await browser.open("/legrand/apis/setLight")).text).toContain(`value="${light!.id}"`);
  });

  test("has no key in a page", async () => {
    const { browser, id } = await subscribed();
    const { key } = JSON.parse((await askForKey(browser, `primary-${id}`)).text) as { key: string };
    expect((await browser.open("/legrand/apis/listPlants")).text).not.toContain(key);
  });

  test("answers an unknown operation with 404", async () => {
    expect((await new Browser().open("/legrand/apis/nothing")).status).toBe(404);
  });
});
