import { setTimeout as wait } from "node:timers/promises";

import { afterEach, expect, test } from "vitest";

import { isSignIn, openConsent, openSignIn, signIn } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { forgetCounts } from "#tests/factories/sign-up.ts";

const NEW = "purple kettle wednesday";
const isInPortal = async (browser: Browser) => (await browser.open("/legrand/account")).status === 200;

afterEach(forgetCounts);

/** Changes the password as the owner, at the portal. */
async function changePassword(owner: Browser, account: TestAccount, wanted = NEW) {
  return owner.post("/legrand/account/password", {
    current_password: account.password,
    new_password: wanted,
  });
}

test("a sign-in to connect with the old password ends once the password is changed, even if it was accepted before", async () => {
  const { browser: owner, account } = await signInToPortal();
  const { browser: thief, page } = await openSignIn(await makeApplication());
  const accepted = await signIn(thief, page, account);
  await changePassword(owner, account);
  expect(isSignIn(await thief.follow(accepted))).toBe(true);
  expect([await isInPortal(thief), await isInPortal(owner)]).toEqual([false, true]);
  expect(isSignIn(await thief.follow(await signIn(thief, page, { ...account, password: NEW })))).toBe(false);
});

test("a consent page that was opened before the change leads to no session", async () => {
  const { browser: owner, account } = await signInToPortal();
  const { browser: thief, page } = await openConsent(await makeApplication(), account);
  await changePassword(owner, account);
  await thief.post(`${page.url}/consent`, { decision: "accept" });
  await thief.open(page.url.replace("/interaction/", "/authorize/"));
  expect(await isInPortal(thief)).toBe(false);
});

test("sign-ins with the old password during the change leave no session", async () => {
  for (let round = 0; round < 4; round++) {
    const { browser: owner, account } = await signInToPortal();
    const thieves = Array.from({ length: 8 }, () => new Browser());
    const changed = changePassword(owner, account);
    await Promise.all(
      thieves.map(async (thief, index) => {
        await wait(index * 25);
        await thief.post("/legrand/sign-in/submit", { email: account.email, password: account.password });
      }),
    );
    await changed;
    expect(await Promise.all(thieves.map(isInPortal))).toEqual(thieves.map(() => false));
    expect(await isInPortal(owner)).toBe(true);
  }
});

test("of two simultaneous changes one succeeds, and the other changes nothing: its browser is signed out", async () => {
  const account = await makeAccount();
  const [{ browser: one }, { browser: other }] = [
    await signInToPortal(account),
    await signInToPortal(account),
  ];
  const wanted = ["first kettle of monday", "second kettle of monday"] as const;
  const answers = await Promise.all([
    changePassword(one, account, wanted[0]),
    changePassword(other, account, wanted[1]),
  ]);
  const said = await Promise.all(
    [one, other].map(async (browser, tab) => textOf((await browser.follow(answers[tab]!)).text)),
  );
  const winner = said.findIndex((text) => text.includes("Your password was changed"));
  expect(winner).not.toBe(-1);
  expect(said[1 - winner]).toContain("Sign in to Legrand");
  expect(await Promise.all([one, other].map(isInPortal))).toEqual([winner === 0, winner === 1]);
  const works = await Promise.all(
    wanted.map(async (password) => {
      const visitor = new Browser();
      await visitor.post("/legrand/sign-in/submit", { email: account.email, password });
      return isInPortal(visitor);
    }),
  );
  expect(works).toEqual([winner === 0, winner === 1]);
});

test("an authorization request at the moment of sign-out does not restore the session", async () => {
  const application = await makeApplication();
  for (let round = 0; round < 4; round++) {
    const { browser } = await signInToPortal();
    const copy = new Browser();
    copy.cookies = [...browser.cookies];
    await Promise.all([
      ...Array.from({ length: 4 }, () =>
        copy.open(
          `/legrand/authorize?${new URLSearchParams({ client_id: application.clientId, redirect_uri: application.replyUrl, response_type: "code" })}`,
        ),
      ),
      browser.post("/legrand/sign-out", {}),
    ]);
    const thief = new Browser();
    thief.cookies = [...copy.cookies];
    expect(await isInPortal(thief)).toBe(false);
  }
});
