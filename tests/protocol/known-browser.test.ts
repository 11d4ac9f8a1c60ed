import { afterEach, describe, expect, test } from "vitest";

import { digest } from "#lib/crypto/digest.ts";
import { Browser } from "#tests/factories/browser.ts";
import { sandboxCookie } from "#tests/factories/cookies.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { linkIn, readMails, signInToPortal } from "#tests/factories/portal.ts";
import { newNetwork, postFrom } from "#tests/factories/post-from.ts";
import { findAccountRow, forgetCounts, makeAccountByMail, signUpForm } from "#tests/factories/sign-up.ts";
import { query } from "#tests/harness/database.ts";

afterEach(forgetCounts);

const NEW = "purple kettle wednesday";
const SIGN_IN = "/legrand/sign-in/submit";
const PORTAL = "/legrand/applications";

/**
 * Sends that many wrong passwords for the address, from one network and from a browser that never signed in.
 */
async function guess(
  email: string,
  times = 10,
  network = newNetwork(),
  browser = () => new Browser(),
): Promise<void> {
  for (let attempt = 0; attempt < times; attempt++)
    await postFrom(network, SIGN_IN, { email, password: `wrong ${attempt}` }, browser());
}

/**
 * Uses up the attempts that unknown browsers have together, as thirty guesses do (counted in
 * tests/unit/attempts).
 */
async function pauseForStrangers(email: string): Promise<void> {
  await setCount(`account:${digest(email)}`, 30);
}

async function setCount(key: string, points: number): Promise<void> {
  await query(
    `INSERT INTO legrand_sign_in_attempt (key, points, expire) VALUES ($1, $2, now() + interval '1 hour') ON CONFLICT (key) DO UPDATE SET points = $2`,
    key,
    points,
  );
}

/** Returns whether the right password signs in, from that browser and network. */
async function signsIn(
  { email, password }: Pick<TestAccount, "email" | "password">,
  browser = new Browser(),
  network = newNetwork(),
): Promise<boolean> {
  return (await postFrom(network, SIGN_IN, { email, password }, browser)).location === PORTAL;
}

/** Makes a browser that was signed in to the account and signed out again. */
async function knownBrowser(account: TestAccount): Promise<Browser> {
  const { browser } = await signInToPortal(account);
  await browser.post("/legrand/sign-out", {});
  expect(browser.cookie(sandboxCookie("session"))).toBeUndefined();
  return browser;
}

const changePassword = async (browser: Browser, current_password: string, new_password = NEW) =>
  textOf(
    (
      await browser.follow(
        await browser.post("/legrand/account/password", { current_password, new_password }),
      )
    ).text,
  );

describe("after ten wrong passwords from one network (OWASP ASVS 5.0, 6.3.1)", () => {
  test("the network is paused for the account, except in a browser that signed in to it before, which works on every network", async () => {
    const account = await makeAccount();
    const [known, network] = [await knownBrowser(account), newNetwork()];
    await guess(account.email, 10, network);
    expect(await signsIn(account, new Browser(), network)).toBe(false);
    expect(await signsIn(account, known, network)).toBe(true);
    await known.post("/legrand/sign-out", {});
    expect(await signsIn(account, known)).toBe(true);
  });

  test("a new browser on another network can sign in", async () => {
    const account = await makeAccount();
    await guess(account.email);
    expect(await signsIn(account)).toBe(true);
  });
});

describe("while unknown browsers on many networks guess", () => {
  test("the account is paused for every unknown browser, and for no known one", async () => {
    const account = await makeAccount();
    const known = await knownBrowser(account);
    for (let network = 0; network < 3; network++) await guess(account.email);
    expect(await signsIn(account)).toBe(false);
    expect(await signsIn(account, known)).toBe(true);
  });

  test("the signed-in owner can change the password and delete the account, even from a network without attempts left", async () => {
    const [account, network] = [await makeAccount(), newNetwork()];
    const { browser } = await signInToPortal(account);
    await pauseForStrangers(account.email);
    await setCount(`address:${network}`, 100);
    await postFrom(
      network,
      "/legrand/account/password",
      { current_password: account.password, new_password: NEW },
      browser,
    );
    expect(textOf((await browser.open("/legrand/account")).text)).toContain("Your password was changed.");
    await postFrom(network, "/legrand/account/delete/submit", { current_password: NEW }, browser);
    expect(textOf((await browser.open("/legrand/sign-in")).text)).toContain("Your account was deleted.");
    expect(await findAccountRow(account.email)).toBeUndefined();
  });

  test("the browser that sets a new password by the link in a mail can sign in with it", async () => {
    const account = await makeAccount();
    await pauseForStrangers(account.email);
    await new Browser().post("/legrand/forgotten-password/submit", { email: account.email });
    const token = new URL(linkIn((await readMails(account.email)).at(-1)!)).searchParams.get("token")!;
    const browser = new Browser();
    await browser.post("/legrand/reset-password/submit", { token, password: NEW });
    expect(await signsIn({ ...account, password: NEW }, browser)).toBe(true);
  });

  test("the browser that confirms a sign-up can sign in, though the address was guessed at before it had an account", async () => {
    const form = signUpForm();
    await pauseForStrangers(form.email);
    const browser = new Browser();
    const { email, password } = await makeAccountByMail(form, browser);
    expect(await signsIn({ email, password })).toBe(false);
    expect(await signsIn({ email, password }, browser)).toBe(true);
  });

  test("an unknown address is paused with the same message (OWASP ASVS 5.0, 6.3.8)", async () => {
    const account = await makeAccount();
    const said = await Promise.all(
      [account.email, signUpForm().email].map(async (email) => {
        await pauseForStrangers(email);
        const browser = new Browser();
        return textOf(
          (await browser.follow(await browser.post(SIGN_IN, { email, password: account.password }))).text,
        ).replaceAll(email, "…");
      }),
    );
    expect(said[0]).toBe(said[1]);
    expect(said[0]).toMatch(/Too many attempts.*Try again in (59|60) minutes/);
  });
});

describe("sandbox accounts with a one-click sign-in and a published password", () => {
  test("are never paused, neither by guesses nor on a network without attempts left", async () => {
    const network = newNetwork();
    await guess("camille@example.com", 11, network);
    await setCount(`address:${network}`, 100);
    await pauseForStrangers("camille@example.com");
    expect((await postFrom(network, SIGN_IN, { email: "camille@example.com", sandbox: "1" })).location).toBe(
      PORTAL,
    );
    expect(
      await signsIn({ email: "Camille@example.com", password: "sandbox-only" }, new Browser(), network),
    ).toBe(true);
  });
});

describe("the device cookie", () => {
  test("is encrypted, HttpOnly, limited to the sandbox, and lasts a year", async () => {
    const account = await makeAccount();
    const browser = new Browser();
    const answer = await browser.post(SIGN_IN, account);
    const line = answer.headers.getSetCookie().find((one) => one.startsWith(`${sandboxCookie("device")}=`))!;
    expect(line).toMatch(/; Max-Age=31536000; Path=\/legrand; HttpOnly; SameSite=Lax$/);
    const value = Buffer.from(browser.cookie(sandboxCookie("device"))!.split(".")[1]!, "base64url").toString(
      "latin1",
    );
    for (const secret of [account.id, account.email, account.password])
      expect(line + value).not.toContain(secret);
  });

  test("counts only for the accounts that signed in with that browser", async () => {
    const [one, two, other] = [await makeAccount(), await makeAccount(), await makeAccount()];
    const browser = new Browser();
    for (const account of [one, two]) await browser.post(SIGN_IN, account);
    for (const account of [one, two, other]) await pauseForStrangers(account.email);
    expect(await Promise.all([one, two, other].map((account) => signsIn(account, browser)))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each(["forged", "k1.forged", ""])("a forged one is ignored: %j", async (value) => {
    const account = await makeAccount();
    const browser = new Browser();
    browser.cookies.push({ name: sandboxCookie("device"), value, path: "/legrand" });
    await pauseForStrangers(account.email);
    expect(await signsIn(account, browser)).toBe(false);
  });

  test("a new password invalidates it in every browser except the one that set it", async () => {
    const account = await makeAccount();
    const [stolen, { browser: owner }] = [await knownBrowser(account), await signInToPortal(account)];
    await changePassword(owner, account.password);
    await pauseForStrangers(account.email);
    expect(await signsIn({ ...account, password: NEW }, stolen)).toBe(false);
    expect(await signsIn({ ...account, password: NEW }, owner)).toBe(true);
  });

  test("a stolen one allows five guesses an hour beyond those of unknown browsers, and the owner's own cookie still works", async () => {
    const account = await makeAccount();
    const [thief, owner] = [await knownBrowser(account), await knownBrowser(account)];
    await pauseForStrangers(account.email);
    const guessAgain = (browser: Browser) => guess(account.email, 5, newNetwork(), () => browser);
    await guessAgain(thief);
    expect(await signsIn(account, thief)).toBe(false);
    expect(await signsIn(account, owner)).toBe(true);
  });
});

describe("a stolen session", () => {
  test("allows five guesses an hour beyond those of unknown browsers, over all forms, then refuses even the right password; the owner's session is not affected", async () => {
    const account = await makeAccount();
    const [{ browser: thief }, { browser: owner }] = [
      await signInToPortal(account),
      await signInToPortal(account),
    ];
    await pauseForStrangers(account.email);
    for (let attempt = 0; attempt < 3; attempt++)
      expect(await changePassword(thief, `wrong ${attempt}`)).toContain("This is not your current password");
    for (let attempt = 0; attempt < 2; attempt++)
      await thief.post("/legrand/account/delete/submit", { current_password: `wrong ${attempt}` });
    expect(await changePassword(thief, account.password)).toMatch(
      /Too many failed attempts. Try again in \d+ minutes/,
    );
    const said = await thief.follow(
      await thief.post("/legrand/account/delete/submit", { current_password: account.password }),
    );
    expect(textOf(said.text)).toContain("Too many failed attempts");
    expect(await changePassword(owner, account.password)).toContain("Your password was changed.");
  });
});

test("the counters store addresses as digests", async () => {
  const { email } = await makeAccount();
  await guess(email, 1);
  const rows = await query<{ key: string }>(
    `SELECT key FROM legrand_sign_in_attempt WHERE key LIKE $1`,
    `%${digest(email)}%`,
  );
  expect(rows).not.toEqual([]);
  expect(await query(`SELECT key FROM legrand_sign_in_attempt WHERE key LIKE $1`, `%${email}%`)).toEqual([]);
});
