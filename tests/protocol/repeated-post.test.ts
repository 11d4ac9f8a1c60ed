import { expect, test } from "vitest";

import { authorizeUrl, isConsent, isSignIn, openConsent } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { redeem } from "#tests/factories/client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { findGrant } from "#tests/factories/stored.ts";

// Sign-in and consent have no scripts, so a browser sends a second click. It follows the last answer only.

test("a sign-in that is sent twice leads on to the consent page both times", async () => {
  const [application, account, browser] = [await makeApplication(), await makeAccount(), new Browser()];
  const page = await browser.follow(await browser.open(authorizeUrl(application, { state: "s" })));
  expect(isSignIn(page)).toBe(true);
  const form = { email: account.email, password: account.password };
  const [first, second] = await Promise.all([
    browser.post(`${page.url}/sign-in`, form),
    browser.post(`${page.url}/sign-in`, form),
  ]);
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(second.location).toBe(first.location);
  expect(isConsent(await browser.follow(second))).toBe(true);
});

test.each(["accept", "deny"] as const)(
  "%s that is sent twice is answered the same both times, and the application receives one answer",
  async (decision) => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { browser, page } = await openConsent(application, account, { scope: "openid comfort.read" });
    const form = { decision, scope: ["comfort.read"] };
    const first = await browser.post(`${page.url}/consent`, form);
    const second = await browser.post(`${page.url}/consent`, form);
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.location).toBe(first.location);
    const callback = new URL((await browser.follow(second, [application.replyUrl])).location!);
    if (decision === "deny") {
      expect(callback.searchParams.get("error")).toBe("access_denied");
      expect(await findGrant(account.id, application.clientId)).toBeNull();
    } else {
      expect((await redeem(application, callback.searchParams.get("code")!)).status).toBe(200);
    }
  },
);

test.each(["accept", "deny"] as const)(
  "%s that is sent again after the browser followed the first answer changes nothing, and leads to a page or on",
  async (decision) => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { browser, page } = await openConsent(application, account, { scope: "openid comfort.read" });
    const form = { decision, scope: ["comfort.read"] };
    await browser.follow(await browser.post(`${page.url}/consent`, form), [application.replyUrl]);
    const before = await findGrant(account.id, application.clientId);
    const again = await browser.post(`${page.url}/consent`, { ...form, scope: [] });
    expect(again.status).toBe(303);
    expect(await findGrant(account.id, application.clientId)).toEqual(before);
  },
);
