import { randomUUID } from "node:crypto";

import { afterEach, describe, expect, test } from "vitest";

import { isConsent, isSignIn, openSignIn, signIn } from "#tests/factories/authorize.ts";
import type { Browser, Page } from "#tests/factories/browser.ts";
import { sandboxCookie } from "#tests/factories/cookies.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { newNetwork, postFrom } from "#tests/factories/post-from.ts";
import { query } from "#tests/harness/database.ts";

const WRONG = "The e-mail address or the password is not right";

// All tests of the suite come from one address, so the failures of these tests would add up to its limit.
afterEach(() => query(`DELETE FROM legrand_sign_in_attempt WHERE key LIKE 'address:%'`));

/** Sends a sign-in form. Returns the page that follows. */
async function tryToSignIn(browser: Browser, page: Page, email: string, password: string): Promise<Page> {
  const answer = await signIn(browser, page, { email, password });
  expect(answer.status).toBe(303);
  return browser.follow(answer);
}

test("the right password leads to consent", async () => {
  const account = await makeAccount();
  const { browser, page } = await openSignIn(await makeApplication());
  expect(isConsent(await tryToSignIn(browser, page, account.email, account.password))).toBe(true);
});

test("accepts the e-mail address in any case and with white space around it", async () => {
  const account = await makeAccount();
  const { browser, page } = await openSignIn(await makeApplication());
  expect(
    isConsent(await tryToSignIn(browser, page, ` ${account.email.toUpperCase()} `, account.password)),
  ).toBe(true);
});

describe("a wrong password", () => {
  test("shows an error, and keeps the e-mail address but not the password", async () => {
    const account = await makeAccount();
    const { browser, page } = await openSignIn(await makeApplication());
    const again = await tryToSignIn(browser, page, account.email, "wrong-password-4711");
    expect(isSignIn(again)).toBe(true);
    expect(textOf(again.text)).toContain(WRONG);
    expect(again.text).toContain(`value="${account.email}"`);
    expect(again.text + again.url).not.toContain("wrong-password-4711");
    expect(again.url).not.toContain(account.email);
  });

  test("gives the same message as an unknown address, so it does not reveal who has an account (OWASP ASVS 5.0, 6.3.8)", async () => {
    const account = await makeAccount();
    const { browser, page } = await openSignIn(await makeApplication());
    const known = textOf((await tryToSignIn(browser, page, account.email, "wrong")).text).replaceAll(
      account.email,
      "",
    );
    const unknown = `${randomUUID()}@example.com`;
    const other = textOf((await tryToSignIn(browser, page, unknown, "wrong")).text).replaceAll(unknown, "");
    expect(other).toBe(known);
  });

  test("does not end the request: the right password still works", async () => {
    const account = await makeAccount();
    const { browser, page } = await openSignIn(await makeApplication());
    await tryToSignIn(browser, page, account.email, "wrong");
    expect(isConsent(await tryToSignIn(browser, page, account.email, account.password))).toBe(true);
  });

  test.each([
    ["no e-mail", { email: "", password: "x" }],
    ["no fields", {}],
    ["an endless e-mail", { email: `${"x".repeat(300)}@example.com`, password: "x" }],
    ["an endless password", { email: "a@example.com", password: "x".repeat(2_000) }],
    ["NUL-like text", { email: "a\\0@example.com", password: "%00" }],
  ])("%s: the page says what is wrong", async (_case, form) => {
    const { browser, page } = await openSignIn(await makeApplication());
    const again = await browser.follow(await browser.post(`${page.url}/sign-in`, form));
    expect(isSignIn(again)).toBe(true);
    expect(textOf(again.text)).toMatch(/There is a problem/);
  });

  test("the notice is shown only to the browser that sent the form", async () => {
    const account = await makeAccount();
    const { browser, page } = await openSignIn(await makeApplication());
    const answer = await signIn(browser, page, { ...account, password: "wrong" });
    const other = await openSignIn(await makeApplication());
    expect(textOf(other.page.text), "another browser").not.toContain(WRONG);
    expect(textOf((await browser.follow(answer)).text)).toContain(WRONG);
  });

  test("a forged notice is not shown", async () => {
    const { browser, page } = await openSignIn(await makeApplication());
    browser.cookies.push({ name: sandboxCookie("notice"), value: "k1.Zm9yZ2Vk", path: "/" });
    expect(isSignIn(await browser.open(page.url))).toBe(true);
  });
});

test("without a password, only published sandbox accounts can sign in", async () => {
  const account = await makeAccount();
  const { browser, page } = await openSignIn(await makeApplication());
  const refused = await browser.follow(
    await browser.post(`${page.url}/sign-in`, { email: account.email, sandbox: "1" }),
  );
  expect(textOf(refused.text)).toContain(WRONG);
  const taken = await browser.follow(
    await browser.post(`${page.url}/sign-in`, { email: "marco@example.com", sandbox: "1" }),
  );
  expect(isConsent(taken)).toBe(true);
});

test("refuses the eleventh attempt at an account with the waiting time, even with the right password (OWASP ASVS 5.0, 6.3.1)", async () => {
  const account = await makeAccount();
  const { browser, page } = await openSignIn(await makeApplication());
  for (let attempt = 0; attempt < 10; attempt++) {
    expect(textOf((await tryToSignIn(browser, page, account.email, `wrong ${attempt}`)).text)).toContain(
      WRONG,
    );
  }
  const paused = textOf((await tryToSignIn(browser, page, account.email, account.password)).text);
  expect(paused).toContain("Too many attempts");
  expect(paused).toMatch(/Try again in 1[45] minutes/);
  // Another spelling of the address is the same account. Another account is not affected.
  expect(
    textOf((await tryToSignIn(browser, page, account.email.toUpperCase(), account.password)).text),
  ).toContain("Too many attempts");
  const other = await makeAccount();
  expect(isConsent(await tryToSignIn(browser, page, other.email, other.password))).toBe(true);
});

test("counts every guess of a parallel burst", async () => {
  const account = await makeAccount();
  const { browser, page } = await openSignIn(await makeApplication());
  await Promise.all(
    Array.from({ length: 14 }, (_, guess) =>
      signIn(browser, page, { email: account.email, password: `wrong ${guess}` }),
    ),
  );
  expect(textOf((await tryToSignIn(browser, page, account.email, account.password)).text)).toContain(
    "Too many attempts",
  );
});

test("a right password resets the count of attempts", async () => {
  const account = await makeAccount();
  const { browser, page } = await openSignIn(await makeApplication());
  for (let attempt = 0; attempt < 4; attempt++)
    await signIn(browser, page, { email: account.email, password: "wrong" });
  await signIn(browser, page, account);
  const again = await openSignIn(await makeApplication());
  for (let attempt = 0; attempt < 9; attempt++)
    await signIn(again.browser, again.page, { email: account.email, password: "wrong" });
  expect(isConsent(await tryToSignIn(again.browser, again.page, account.email, account.password))).toBe(true);
});

test("refuses an address after 100 failures with the waiting time, whatever X-Forwarded-For says", async () => {
  const network = newNetwork();
  const { browser, page } = await openSignIn(await makeApplication());
  const pathOf = (of: Page) => `${new URL(of.url).pathname}/sign-in`;
  await Promise.all(
    Array.from({ length: 100 }, (_, guess) =>
      postFrom(network, pathOf(page), { email: `${randomUUID()}@example.com`, password: "wrong" }, browser, {
        "x-forwarded-for": `203.0.113.${guess}`,
        "x-client-address": `203.0.113.${guess}`,
      }),
    ),
  );
  const account = await makeAccount();
  const fresh = await openSignIn(await makeApplication());
  expect(
    (
      await postFrom(network, pathOf(fresh.page), account, fresh.browser, {
        "x-forwarded-for": "203.0.113.99",
      })
    ).status,
  ).toBe(303);
  const text = textOf((await fresh.browser.open(fresh.page.url)).text);
  expect(text).toContain("Too many attempts");
  expect(text).toMatch(/Try again in \d+ minutes/);
  // From another address the same account can sign in.
  const elsewhere = await openSignIn(await makeApplication());
  expect(
    isConsent(await tryToSignIn(elsewhere.browser, elsewhere.page, account.email, account.password)),
  ).toBe(true);
}, 60_000);
