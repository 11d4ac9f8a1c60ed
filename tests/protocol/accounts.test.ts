import { afterEach, describe, expect, test } from "vitest";

import { digest } from "#lib/crypto/digest.ts";
import { authorize, isConsent, isSignIn, openSignIn, signIn } from "#tests/factories/authorize.ts";
import { Browser, type Page } from "#tests/factories/browser.ts";
import { callApi, connect, redeem } from "#tests/factories/client.ts";
import { sandboxCookie } from "#tests/factories/cookies.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { linkIn, readMails, signInToPortal } from "#tests/factories/portal.ts";
import {
  beginSignUp,
  confirm,
  findAccountRow,
  forgetCounts,
  makeAccountByMail,
  PASSWORD,
  postSignUp,
  signUpForm,
} from "#tests/factories/sign-up.ts";
import { dumpDatabase } from "#tests/factories/stored.ts";
import { query } from "#tests/harness/database.ts";

afterEach(forgetCounts);

const FOREIGN = { origin: "https://evil.example" };
const PORTAL = "/legrand/applications";
const CAMILLE = { id: "", email: "camille@example.com", password: "sandbox-only" };

const pathOf = (page: Page) => page.location && new URL(page.location).pathname;

/** Tries to sign in at the portal. Returns true if the sign-in succeeds. */
async function canSignIn(email: string, password: string): Promise<boolean> {
  const answer = await new Browser().post("/legrand/sign-in/submit", { email, password });
  return pathOf(answer) === PORTAL;
}

/** Returns the text of the page that follows the answer to a form. */
async function saidAfter(browser: Browser, answer: Page): Promise<string> {
  expect(answer.status).toBe(303);
  return textOf((await browser.follow(answer)).text);
}

describe("signing up", () => {
  test("creates the account, with one home, once a password is set behind the link in the mail; the account can sign in", async () => {
    const { form, link, token } = await beginSignUp(
      signUpForm({ email: `New.${Date.now()}@Example.com`.toLowerCase() }),
    );
    expect(await findAccountRow(form.email)).toBeUndefined();
    const browser = new Browser();
    expect(textOf((await browser.open(link)).text)).toContain(form.email);
    // Malware scanners follow links too, so opening the link must not create the account.
    expect(await findAccountRow(form.email)).toBeUndefined();
    expect(await saidAfter(browser, await confirm(token, browser))).toContain(
      "Your e-mail address is confirmed. Sign in.",
    );
    expect(await findAccountRow(form.email)).toMatchObject({
      given_name: "Inês",
      family_name: "Duarte",
      country: "PT",
      homes: ["Home"],
    });
    expect(await canSignIn(form.email, PASSWORD)).toBe(true);
  });

  test("gives no access to a stranger who signs up with another person's address: the password is set behind the link (pre-hijacking)", async () => {
    const form = signUpForm({ given_name: "Mallory", family_name: "Stranger" });
    await postSignUp({ ...form, password: "the stranger's kettle" });
    const link = linkIn((await readMails(form.email)).at(-1)!);
    const token = new URL(link).searchParams.get("token")!;
    // The owner sees the name that the stranger typed, and replaces it with their own.
    const owner = new Browser();
    expect((await owner.open(link)).text).toContain('value="Mallory"');
    await confirm(token, owner, { given_name: "Inês", family_name: "Duarte", country: "PT" });
    expect(await findAccountRow(form.email)).toMatchObject({ given_name: "Inês", family_name: "Duarte" });
    expect(await canSignIn(form.email, "the stranger's kettle")).toBe(false);
    expect(await canSignIn(form.email, PASSWORD)).toBe(true);
  });

  test("accepts a password with composed or decomposed accents, because not every keyboard composes them", async () => {
    const { form, token } = await beginSignUp();
    await confirm(token, new Browser(), { password: "cafe\u0301 kettle tuesday" });
    expect(await canSignIn(form.email, "caf\u00e9 kettle tuesday")).toBe(true);
    expect(await canSignIn(form.email, "cafe kettle tuesday")).toBe(false);
  });

  test("stores neither the token nor a password, and the mail repeats nothing that was typed", async () => {
    const form = signUpForm();
    await postSignUp({ ...form, password: "the stranger's kettle" });
    const [mail] = await readMails(form.email);
    const token = new URL(linkIn(mail!)).searchParams.get("token")!;
    const stored = await dumpDatabase();
    expect(stored).not.toContain(token);
    expect(stored).not.toContain("the stranger's kettle");
    expect(
      await query(
        `SELECT password_digest AS stored FROM legrand_pending_sign_up WHERE email = $1`,
        form.email,
      ),
    ).toEqual([{ stored: null }]);
    expect(mail!.text).not.toContain(form.given_name);
  });

  test.each([
    ["no e-mail address", { email: "camille" }, "such as name@example.com"],
    ["an unknown country", { country: "XX" }, "Choose your country"],
    ["a line break in the name", { given_name: "a\nb" }, "invisible characters"],
    ["no name", { given_name: "  " }, "Enter your given name"],
  ])(
    "%s: the page says what to do and keeps what was typed, and nothing is stored",
    async (_case, wrong, sentence) => {
      const [browser, form] = [new Browser(), signUpForm(wrong)];
      const page = await browser.follow(await postSignUp(form, browser));
      expect(textOf(page.text)).toContain(sentence);
      expect(page.text).toMatch(/role="alert"/);
      if (!("given_name" in wrong)) expect(page.text).toContain(`value="${form.given_name}"`);
      expect(await query(`SELECT 1 FROM legrand_pending_sign_up WHERE email = $1`, form.email)).toEqual([]);
    },
  );

  test("allows a missing surname and a domain in any language: stored in A-labels, shown in Unicode, found in every spelling (issue 11, 16; RFC 5891)", async () => {
    const local = `ines.${Date.now()}`;
    const [unicode, ascii] = [`${local}@münchen.example`, `${local}@xn--mnchen-3ya.example`];
    const browser = new Browser();
    const sent = await browser.follow(
      await postSignUp(
        signUpForm({ email: ` ${local.toUpperCase()}@MÜNCHEN.example`, family_name: " " }),
        browser,
      ),
    );
    expect(textOf(sent.text)).toContain(unicode);
    const token = new URL(linkIn((await readMails(ascii)).at(-1)!)).searchParams.get("token")!;
    const page = await browser.follow(
      await confirm(token, browser, { given_name: "Inês", family_name: "", country: "PT" }),
    );
    expect(page.text).toContain(`value="${unicode}"`);
    expect(await findAccountRow(ascii)).toMatchObject({ given_name: "Inês", family_name: "" });
    for (const typed of [unicode, ascii, unicode.toUpperCase(), `${local}@mu\u0308nchen.example`])
      expect(await canSignIn(typed, PASSWORD)).toBe(true);
    const signedIn = await signInToPortal({ id: "", email: unicode, password: PASSWORD });
    const account = await signedIn.browser.open("/legrand/account");
    expect(textOf(account.text)).toContain(`You sign in as ${unicode}`);
    for (const to of [unicode, ascii, `${local}@MÜNCHEN.example`])
      expect(textOf((await browser.open(`/legrand/mail?${new URLSearchParams({ to })}`)).text)).toContain(
        `To ${unicode}`,
      );
    // All spellings are one address: the second sign-up gets a mail that says that the account exists.
    await postSignUp(signUpForm({ email: ascii }));
    expect((await readMails(ascii, 2)).at(-1)!.subject).toBe("You already have a Legrand account");
  });

  test("answers any form with the page, never with a server error", async () => {
    const huge = "語".repeat(1_000);
    const forms: Record<string, string>[] = [
      {},
      { email: huge },
      { ...signUpForm(), given_name: huge, family_name: huge, country: huge },
    ];
    for (const form of forms) {
      const browser = new Browser();
      expect(await saidAfter(browser, await browser.post("/legrand/sign-up/submit", form))).toContain(
        "There is a problem",
      );
    }
  });

  test("lists the errors in the order of the fields (issue 14, 24)", async () => {
    const browser = new Browser();
    const answer = await browser.post("/legrand/sign-up/submit", { given_name: "1", family_name: "2" });
    const { text } = await browser.follow(answer);
    const summary = /role="alert"[^]*?<\/ul>/.exec(text)![0];
    expect([...summary.matchAll(/href="#(\w+)"/g)].map(([, field]) => field)).toEqual([
      "email",
      "given_name",
      "family_name",
      "country",
    ]);
  });

  test("gives a taken address the same answer, sends a mail that says so, and changes nothing (OWASP ASVS 5.0, 6.3.8)", async () => {
    const account = await makeAccount();
    const answers: string[] = [];
    for (const email of [account.email.toUpperCase(), signUpForm().email]) {
      const browser = new Browser();
      const answer = await postSignUp(signUpForm({ email }), browser);
      const page = await browser.follow(answer);
      answers.push(
        `${answer.status} ${answer.location} ${textOf(page.text).replaceAll(email.toLowerCase(), "…")}`,
      );
    }
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain("Check your mail");
    const [mail] = await readMails(account.email);
    expect(mail!.subject).toBe("You already have a Legrand account");
    expect(mail!.text).toMatch(/\/legrand\/sign-in[^]*\/legrand\/forgotten-password/);
    expect(await query(`SELECT 1 FROM legrand_pending_sign_up WHERE email = $1`, account.email)).toEqual([]);
    expect(await canSignIn(account.email, account.password)).toBe(true);
  });

  test("refuses the address of a sandbox account", async () => {
    await postSignUp(signUpForm({ email: "Camille@example.com" }));
    await readMails("camille@example.com");
    expect(await query(`SELECT 1 FROM legrand_pending_sign_up WHERE email = 'camille@example.com'`)).toEqual(
      [],
    );
    await query(
      `DELETE FROM legrand_sign_in_attempt WHERE key = $1`,
      `mail-to:${digest("camille@example.com")}`,
    );
  });

  test("refuses a form from another site", async () => {
    const form = signUpForm();
    expect((await new Browser().post("/legrand/sign-up/submit", form, FOREIGN)).status).toBe(403);
    const { token, form: begun } = await beginSignUp();
    expect((await new Browser().post("/legrand/sign-up/confirm/submit", { token }, FOREIGN)).status).toBe(
      403,
    );
    expect(await findAccountRow(begun.email)).toBeUndefined();
  });

  test("refuses the sixth mail of one kind to one address within an hour, whether the address is taken or not", async () => {
    const account = await makeAccount();
    for (const email of [account.email, signUpForm().email]) {
      for (let mail = 0; mail < 5; mail++)
        expect(pathOf(await postSignUp(signUpForm({ email })))).toBe("/legrand/sign-up/check-mail");
      const browser = new Browser();
      const page = await browser.follow(await postSignUp(signUpForm({ email }), browser));
      expect(textOf(page.text)).toMatch(/Too many mails.*Try again in (59|60) minutes/);
      expect(page.text).toContain(`value="${email}"`);
      expect(await readMails(email, 5)).toHaveLength(5);
    }
    // A stranger who signs up with the address must not stop its owner from setting a new password.
    const { email } = account;
    for (let mail = 0; mail < 5; mail++)
      expect(pathOf(await new Browser().post("/legrand/forgotten-password/submit", { email }))).toBe(
        "/legrand/forgotten-password/check-mail",
      );
    const browser = new Browser();
    expect(
      textOf(
        (await browser.follow(await browser.post("/legrand/forgotten-password/submit", { email }))).text,
      ),
    ).toContain("Too many mails");
    expect(await readMails(email, 10)).toHaveLength(10);
  });

  test("refuses the 101st mail that one network asks for", async () => {
    const browser = new Browser();
    await postSignUp(signUpForm(), browser);
    await query(`UPDATE legrand_sign_in_attempt SET points = 100 WHERE key LIKE 'mail-network:%'`);
    expect(await saidAfter(browser, await postSignUp(signUpForm(), browser))).toContain("Too many mails");
  });
});

describe("confirming", () => {
  test("asks for a password, and shows the name and the country from the sign-up, which can be changed", async () => {
    const { form, link, token } = await beginSignUp();
    const page = await new Browser().open(link);
    for (const value of [form.given_name, form.family_name]) expect(page.text).toContain(`value="${value}"`);
    expect(page.text).toMatch(/<option value="PT" selected/);
    expect(page.text).toMatch(/autoComplete="new-password"/i);
    // Tells a password manager which account the password belongs to.
    expect(page.text).toMatch(new RegExp(`autoComplete="username"[^>]*value="${form.email}"`, "i"));
    await confirm(token, new Browser(), {
      given_name: " Zoe\u0308 ",
      family_name: "Lindqvist",
      country: "SE",
    });
    expect(await findAccountRow(form.email)).toMatchObject({
      given_name: "Zoë",
      family_name: "Lindqvist",
      country: "SE",
    });
  });

  test.each([
    ["no password", { password: "" }, "Enter a password"],
    ["a common password", { password: "password1" }, "this one is too common"],
    ["a short one", { password: "vq8zt0x" }, "at least 8 characters"],
    ["an endless one", { password: "x1".repeat(200) }, "at most 256 characters"],
    [
      "the name as it is changed here as password",
      { family_name: "Lindqvist", password: "Lindqvist2026" },
      "not your name",
    ],
    ["a line break in the name", { given_name: "a\nb" }, "invisible characters"],
    ["no name", { given_name: "  " }, "Enter your given name"],
    ["an unknown country", { country: "XX" }, "Choose your country"],
  ])(
    "with %s: the page says what to do and keeps what was typed except the password, and the link still works",
    async (_case, wrong: Record<string, string>, sentence) => {
      const [{ form, token }, browser] = [await beginSignUp(), new Browser()];
      const typed = { given_name: "Zoë", family_name: "Duarte", country: "SE", ...wrong };
      const page = await browser.follow(await confirm(token, browser, typed));
      expect(textOf(page.text)).toContain(sentence);
      expect(page.text).toMatch(/role="alert"/);
      if (!("given_name" in wrong)) expect(page.text).toContain('value="Zoë"');
      if (wrong.password) expect(page.text).not.toContain(wrong.password);
      expect(await findAccountRow(form.email)).toBeUndefined();
      expect(pathOf(await confirm(token))).toBe("/legrand/sign-in");
    },
  );

  test("used twice, at once or later, makes one account, and tells the second form that the password is already set", async () => {
    const { form, token } = await beginSignUp();
    const tabs = Array.from({ length: 3 }, (_, tab) => ({
      browser: new Browser(),
      password: `kettle umbrella of tab ${tab}`,
    }));
    const said = await Promise.all(
      tabs.map(async ({ browser, password }) =>
        saidAfter(browser, await confirm(token, browser, { password })),
      ),
    );
    const later = new Browser();
    said.push(await saidAfter(later, await confirm(token, later)));
    expect(said.filter((text) => text.includes("Your e-mail address is confirmed. Sign in."))).toHaveLength(
      1,
    );
    expect(said.filter((text) => text.includes("was confirmed before"))).toHaveLength(3);
    const works = await Promise.all(tabs.map(({ password }) => canSignIn(form.email, password)));
    expect(works.filter(Boolean)).toHaveLength(1);
    expect(said[works.indexOf(true)]).toContain("Your e-mail address is confirmed. Sign in.");
    expect((await findAccountRow(form.email))!.homes).toEqual(["Home"]);
  });

  test("with a link that is used, expired or made up: the page says so and what to do", async () => {
    const [used, expired] = [await beginSignUp(), await beginSignUp()];
    await confirm(used.token);
    await query(
      `UPDATE legrand_pending_sign_up SET expires_at = now() - interval '1 second' WHERE digest = $1`,
      digest(expired.token),
    );
    for (const token of [used.token, expired.token, "made-up", ""]) {
      const page = await new Browser().open(`/legrand/sign-up/confirm?token=${token}`);
      expect(textOf(page.text)).toMatch(/This link no longer works.*Create an account/);
      expect(page.text).not.toContain('action="/legrand/sign-up/confirm/submit"');
    }
    for (const token of [expired.token, "made-up", ""]) {
      const browser = new Browser();
      expect(await saidAfter(browser, await confirm(token, browser))).toContain("This link no longer works");
    }
    expect(await findAccountRow(expired.form.email)).toBeUndefined();
  });

  test("lets the first of two sign-ups with an address win; the other link stops working", async () => {
    const { form, token } = await beginSignUp();
    await postSignUp(form);
    const other = new URL(linkIn((await readMails(form.email, 2)).at(-1)!)).searchParams.get("token")!;
    await confirm(token);
    expect(pathOf(await confirm(other, new Browser(), { password: "another person's kettle" }))).toBe(
      "/legrand/sign-up/confirm",
    );
    expect(await canSignIn(form.email, PASSWORD)).toBe(true);
    expect(await canSignIn(form.email, "another person's kettle")).toBe(false);
  });

  test("before confirmation, sign-in answers as for an unknown address (OWASP ASVS 5.0, 6.3.8)", async () => {
    const { form } = await beginSignUp();
    const said = await Promise.all(
      [form.email, signUpForm().email].map(async (email) => {
        const browser = new Browser();
        return (
          await saidAfter(
            browser,
            await browser.post("/legrand/sign-in/submit", { email, password: PASSWORD }),
          )
        ).replaceAll(email, "…");
      }),
    );
    expect(said[0]).toBe(said[1]);
    expect(said[0]).toContain("The e-mail address or the password is not right");
  });

  test("ignores a password digest that the previous version stored with a sign-up", async () => {
    const account = await makeAccount();
    const { form, token } = await beginSignUp();
    await query(
      `UPDATE legrand_pending_sign_up SET password_digest = (SELECT password_digest FROM legrand_account WHERE id = $1::uuid) WHERE email = $2`,
      account.id,
      form.email,
    );
    expect(await canSignIn(form.email, account.password)).toBe(false);
    await confirm(token);
    expect(await canSignIn(form.email, account.password)).toBe(false);
    expect(await canSignIn(form.email, PASSWORD)).toBe(true);
  });

  test("in the middle of connecting, leads back to the waiting sign-in, and on to consent", async () => {
    const { browser, page } = await openSignIn(await makeApplication());
    const returnTo = new URL(page.url).pathname;
    expect(page.text).toContain(`/legrand/sign-up?return_to=${encodeURIComponent(returnTo)}`);
    // Nothing of what was typed, and only the script of the button Show (decision 61).
    expect(page.text.match(/<script[^]*?<\/script>/g)).toEqual([
      '<script src="/show-password.js" defer=""></script>',
    ]);
    const form = signUpForm();
    await postSignUp({ ...form, return_to: returnTo }, browser);
    const link = new URL(linkIn((await readMails(form.email))[0]!));
    expect(link.searchParams.get("return_to")).toBe(returnTo);
    const back = await browser.follow(
      await confirm(link.searchParams.get("token")!, browser, { return_to: returnTo }),
    );
    expect(new URL(back.url).pathname).toBe(returnTo);
    expect(textOf(back.text)).toContain("Your e-mail address is confirmed");
    expect(
      isConsent(await browser.follow(await signIn(browser, back, { email: form.email, password: PASSWORD }))),
    ).toBe(true);
  });

  test("in a browser other than the connecting one, leads to the sign-in page", async () => {
    const { page } = await openSignIn(await makeApplication());
    const { token } = await beginSignUp();
    const other = new Browser();
    const arrived = await other.follow(
      await confirm(token, other, { return_to: new URL(page.url).pathname }),
    );
    expect(new URL(arrived.url).pathname).toBe("/legrand/sign-in");
    expect(textOf(arrived.text)).toContain("Your e-mail address is confirmed");
  });
});

/** Asks for a reset link. Returns its token from the mail. */
async function askForReset(email: string, mails = 1): Promise<string> {
  expect(pathOf(await new Browser().post("/legrand/forgotten-password/submit", { email }))).toBe(
    "/legrand/forgotten-password/check-mail",
  );
  return new URL(linkIn((await readMails(email, mails)).at(-1)!)).searchParams.get("token")!;
}

const setPassword = (token: string, password: string, browser = new Browser()) =>
  browser.post("/legrand/reset-password/submit", { token, password });

describe("a forgotten password", () => {
  test("a new password by the link in the mail ends every session and every other link, and sends a mail", async () => {
    const { browser, account } = await signInToPortal();
    const { browser: elsewhere } = await signInToPortal(account);
    const [first, second] = [await askForReset(account.email), await askForReset(account.email, 2)];
    expect(textOf((await new Browser().open(`/legrand/reset-password?token=${second}`)).text)).toContain(
      account.email,
    );
    const visitor = new Browser();
    expect(await saidAfter(visitor, await setPassword(second, "purple kettle wednesday", visitor))).toContain(
      "Your password was changed. Sign in with the new one.",
    );
    for (const session of [browser, elsewhere])
      expect(pathOf(await session.open("/legrand/account"))).toBe("/legrand/sign-in");
    for (const token of [first, second])
      expect(pathOf(await setPassword(token, "another kettle entirely"))).toBe("/legrand/reset-password");
    expect(await canSignIn(account.email, "purple kettle wednesday")).toBe(true);
    expect(await canSignIn(account.email, account.password)).toBe(false);
    expect((await readMails(account.email, 3)).at(-1)!.subject).toBe("Your password was changed");
  });

  test("only one of two simultaneous uses of a link sets its password", async () => {
    const account = await makeAccount();
    const token = await askForReset(account.email);
    const wanted = ["first kettle of monday", "second kettle of monday"];
    const paths = (await Promise.all(wanted.map((password) => setPassword(token, password)))).map(pathOf);
    expect(paths.toSorted()).toEqual(["/legrand/reset-password", "/legrand/sign-in"]);
    for (const [index, password] of wanted.entries())
      expect(await canSignIn(account.email, password)).toBe(paths[index] === "/legrand/sign-in");
  });

  test("a refused password does not spend the link", async () => {
    const account = await makeAccount();
    const [token, browser] = [await askForReset(account.email), new Browser()];
    const page = await browser.follow(await setPassword(token, "password1", browser));
    expect(textOf(page.text)).toContain("this one is too common");
    expect(pathOf(await setPassword(token, "purple kettle wednesday"))).toBe("/legrand/sign-in");
  });

  test("a link that is used, expired or made up changes nothing: the page says so and what to do", async () => {
    const account = await makeAccount();
    const expired = await askForReset(account.email);
    await query(
      `UPDATE legrand_account_token SET expires_at = now() - interval '1 second' WHERE digest = $1`,
      digest(expired),
    );
    const { token: signUp } = await beginSignUp();
    for (const token of [expired, "made-up", "", signUp]) {
      expect(textOf((await new Browser().open(`/legrand/reset-password?token=${token}`)).text)).toContain(
        "This link no longer works",
      );
      expect(pathOf(await setPassword(token, "purple kettle wednesday"))).toBe("/legrand/reset-password");
    }
    expect(await canSignIn(account.email, account.password)).toBe(true);
  });

  test("gives an unknown address the same answer, and sends no mail (OWASP ASVS 5.0, 6.3.8)", async () => {
    const account = await makeAccount();
    const said: string[] = [];
    for (const email of [account.email, signUpForm().email]) {
      const browser = new Browser();
      said.push(
        (
          await saidAfter(browser, await browser.post("/legrand/forgotten-password/submit", { email }))
        ).replaceAll(email, "…"),
      );
    }
    expect(said[0]).toBe(said[1]);
    expect(said[0]).toContain("Check your mail");
  });

  test("keeps the password of a sandbox account, and the mail says why", async () => {
    await new Browser().post("/legrand/forgotten-password/submit", { email: "marco@example.com" });
    expect((await readMails("marco@example.com")).at(-1)!.subject).toBe(
      "The password of a sandbox account cannot be changed",
    );
    expect(
      await query(
        `SELECT 1 FROM legrand_account_token t JOIN legrand_account a ON a.id = t.account_id WHERE a.email = 'marco@example.com'`,
      ),
    ).toEqual([]);
  });

  test("stores the token as a digest, sends it to no other site, and lets no browser store the page", async () => {
    const account = await makeAccount();
    const token = await askForReset(account.email);
    expect(await dumpDatabase()).not.toContain(token);
    const { headers } = await new Browser().open(`/legrand/reset-password?token=${token}`);
    expect([headers.get("referrer-policy"), headers.get("cache-control")]).toEqual([
      "no-referrer",
      "no-store",
    ]);
    expect(headers.get("content-security-policy")).toContain("script-src 'self';");
  });

  test("refuses a form from another site", async () => {
    const account = await makeAccount();
    const token = await askForReset(account.email);
    expect(
      (
        await new Browser().post(
          "/legrand/reset-password/submit",
          { token, password: "purple kettle wednesday" },
          FOREIGN,
        )
      ).status,
    ).toBe(403);
    expect(
      (await new Browser().post("/legrand/forgotten-password/submit", { email: account.email }, FOREIGN))
        .status,
    ).toBe(403);
    expect(await canSignIn(account.email, account.password)).toBe(true);
  });

  test("in the middle of connecting, leads back to the waiting sign-in", async () => {
    const account = await makeAccount();
    const { browser, page } = await openSignIn(await makeApplication());
    const return_to = new URL(page.url).pathname;
    await browser.post("/legrand/forgotten-password/submit", { email: account.email, return_to });
    const token = new URL(linkIn((await readMails(account.email))[0]!)).searchParams.get("token")!;
    const back = await browser.follow(
      await browser.post("/legrand/reset-password/submit", {
        token,
        password: "purple kettle wednesday",
        return_to,
      }),
    );
    expect(new URL(back.url).pathname).toBe(return_to);
    expect(textOf(back.text)).toContain("Your password was changed");
    expect(
      isConsent(
        await browser.follow(
          await signIn(browser, back, { email: account.email, password: "purple kettle wednesday" }),
        ),
      ),
    ).toBe(true);
  });
});

describe("the sign-in page", () => {
  test.each([
    ["/legrand/account", "/legrand/account"],
    ["https://evil.example/legrand/", PORTAL],
    ["//evil.example", PORTAL],
    ["/legrand/..//evil.example", PORTAL],
    ["/account", PORTAL],
    ["", PORTAL],
  ])(
    "redirects to a path of the sandbox only: %j (OWASP, unvalidated redirects)",
    async (return_to, expected) => {
      const account = await makeAccount();
      const browser = new Browser();
      const answer = await browser.post("/legrand/sign-in/submit", { ...account, return_to });
      expect(answer.location).toBe(browser.origin + expected);
      // A user who is signed in is redirected at once.
      expect(
        (await browser.open(`/legrand/sign-in?return_to=${encodeURIComponent(return_to)}`)).location,
      ).toBe(browser.origin + expected);
    },
  );

  test("/legrand says what the sandbox is, and redirects a user who is signed in to the portal", async () => {
    const browser = new Browser();
    const page = await browser.open("/legrand");
    expect(page.status).toBe(200);
    expect(page.text).not.toContain("<script");
    for (const href of ["/legrand/sign-in", "/legrand/sign-up", "/legrand/apis", "/legrand/mail"])
      expect(page.text).toContain(`href="${href}"`);
    const { browser: developer } = await signInToPortal();
    expect((await developer.open("/legrand")).location).toBe(`${developer.origin}/legrand/applications`);
  });

  test("the portal redirects to the sign-in page", async () => {
    const browser = new Browser();
    const page = await browser.follow(await browser.open("/legrand/applications"));
    expect(isSignIn(page)).toBe(true);
    expect(textOf(page.text)).toMatch(
      /Create an account.*Forgotten your password\?.*Continue as Camille Moreau/,
    );
  });

  test("signs in to a sandbox account with one click, and redirects", async () => {
    const browser = new Browser();
    const answer = await browser.post("/legrand/sign-in/submit", {
      email: CAMILLE.email,
      sandbox: "1",
      return_to: "/legrand/account",
    });
    expect(pathOf(answer)).toBe("/legrand/account");
    expect(await saidAfter(browser, await browser.post("/legrand/sign-out", {}))).toContain(
      "You are signed out.",
    );
    expect(pathOf(await browser.open("/legrand/account"))).toBe("/legrand/sign-in");
  });

  test("refuses to sign a person in or out from another site", async () => {
    const { browser, account } = await signInToPortal();
    expect((await browser.post("/legrand/sign-out", {}, FOREIGN)).status).toBe(403);
    expect((await new Browser().post("/legrand/sign-in/submit", account, FOREIGN)).status).toBe(403);
    expect((await browser.open("/legrand/account")).status).toBe(200);
  });
});

const FORMS: [string, Record<string, string>][] = [
  ["/legrand/account/details", { given_name: "Eve", family_name: "Other", country: "DE" }],
  [
    "/legrand/account/password",
    { current_password: "correct horse battery staple", new_password: "purple kettle wednesday" },
  ],
  ["/legrand/account/delete/submit", { current_password: "correct horse battery staple" }],
];

describe.each(FORMS)("%s", (path, form) => {
  test("refuses a form from another site", async () => {
    const { browser, account } = await signInToPortal();
    expect((await browser.post(path, form, FOREIGN)).status).toBe(403);
    expect(await findAccountRow(account.email)).toMatchObject({ given_name: "Alix" });
    expect(await canSignIn(account.email, account.password)).toBe(true);
  });

  test("without a session, redirects to the sign-in page and changes nothing", async () => {
    expect(pathOf(await new Browser().post(path, form))).toBe("/legrand/sign-in");
  });

  test("refuses to change a sandbox account, with a reason, because everyone shares it", async () => {
    const { browser } = await signInToPortal(CAMILLE);
    const answer = await browser.post(path, {
      ...form,
      ...("current_password" in form && { current_password: CAMILLE.password }),
    });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain("This is a sandbox account");
    expect(await findAccountRow(CAMILLE.email)).toMatchObject({ given_name: "Camille", country: "FR" });
    expect(await canSignIn(CAMILLE.email, CAMILLE.password)).toBe(true);
  });
});

test("without a session, account pages redirect to the sign-in page, and then back", async () => {
  for (const path of ["/legrand/account", "/legrand/account/delete"]) {
    const { location } = await new Browser().open(path);
    expect(new URL(location!).searchParams.get("return_to")).toBe(path);
  }
});

describe("changing the details", () => {
  test("takes effect at once", async () => {
    const { browser, account } = await signInToPortal();
    expect(
      await saidAfter(
        browser,
        await browser.post("/legrand/account/details", {
          given_name: " Zoe\u0308 ",
          family_name: "Lindqvist",
          country: "SE",
        }),
      ),
    ).toMatch(/Zoë Lindqvist.*Your details were saved/);
    expect(await findAccountRow(account.email)).toMatchObject({
      given_name: "Zoë",
      family_name: "Lindqvist",
      country: "SE",
    });
  });

  test("shows each error, keeps what was typed, and changes nothing", async () => {
    const { browser, account } = await signInToPortal();
    const page = await browser.follow(
      await browser.post("/legrand/account/details", {
        given_name: "Zoë",
        family_name: "Lind\u202eqvist",
        country: "SE",
      }),
    );
    expect(textOf(page.text)).toContain("Remove the invisible characters from your surname");
    expect(page.text).toContain('value="Zoë"');
    expect(await findAccountRow(account.email)).toMatchObject({ given_name: "Alix", country: "FR" });
  });

  test("changes only the signed-in account: ignores an id or an address in the form", async () => {
    const [{ browser, account }, other] = [await signInToPortal(), await makeAccount()];
    await browser.post("/legrand/account/details", {
      id: other.id,
      account_id: other.id,
      email: other.email,
      given_name: "Eve",
      family_name: "Other",
      country: "DE",
    });
    expect(await findAccountRow(other.email)).toMatchObject({ given_name: "Alix" });
    expect(await findAccountRow(account.email)).toMatchObject({ given_name: "Eve" });
  });
});

describe("changing the password", () => {
  const change = (browser: Browser, current_password: string, new_password: string) =>
    browser.post("/legrand/account/password", { current_password, new_password });

  test("ends every other session and every reset link, gives this browser a new session, and sends a mail", async () => {
    const { browser, account } = await signInToPortal();
    const elsewhere = await signInToPortal(account);
    const reset = await askForReset(account.email);
    const before = browser.cookie(sandboxCookie("session"));
    expect(
      await saidAfter(browser, await change(browser, account.password, "purple kettle wednesday")),
    ).toContain("Your password was changed");
    expect(browser.cookie(sandboxCookie("session"))).not.toBe(before);
    expect((await browser.open("/legrand/account")).status).toBe(200);
    expect(pathOf(await elsewhere.browser.open("/legrand/account"))).toBe("/legrand/sign-in");
    expect(pathOf(await setPassword(reset, "another kettle entirely"))).toBe("/legrand/reset-password");
    expect(await canSignIn(account.email, "purple kettle wednesday")).toBe(true);
    expect((await readMails(account.email, 2)).at(-1)!.subject).toBe("Your password was changed");
  });

  test.each([
    ["a wrong current one", "wrong", "purple kettle wednesday", "not your current password"],
    ["no current one", "", "purple kettle wednesday", "Enter your current password"],
    ["a common new one", null, "password1", "this one is too common"],
    ["no new one", null, "", "Enter a password"],
  ])(
    "shows the error beside the field for %s, and changes nothing",
    async (_case, current, wanted, sentence) => {
      const { browser, account } = await signInToPortal();
      expect(await saidAfter(browser, await change(browser, current ?? account.password, wanted))).toContain(
        sentence,
      );
      expect(await canSignIn(account.email, account.password)).toBe(true);
    },
  );

  test("counts guesses, five a session and ten a network: refuses the sixteenth, even with the right password (OWASP ASVS 5.0, 6.3.1)", async () => {
    const { browser, account } = await signInToPortal();
    for (let guess = 0; guess < 15; guess++)
      await change(browser, `wrong ${guess}`, "purple kettle wednesday");
    expect(
      await saidAfter(browser, await change(browser, account.password, "purple kettle wednesday")),
    ).toMatch(/Too many failed attempts. Try again in 1[45] minutes/);
    expect(
      await saidAfter(
        browser,
        await browser.post("/legrand/account/delete/submit", { current_password: account.password }),
      ),
    ).toContain("Too many failed attempts");
    expect(await findAccountRow(account.email)).toBeDefined();
  });
});

describe("deleting the account", () => {
  test("shows what will be deleted, in numbers, asks for the password, and deletes everything at once", async () => {
    const { application: used, account, tokens, browser: consenting } = await connect();
    const own = await makeApplication();
    await query(
      `UPDATE legrand_application SET developer_id = $1::uuid WHERE client_id = $2::uuid`,
      account.id,
      own.clientId,
    );
    const visitor = await makeAccount();
    const { code } = await authorize({ application: own, account: visitor });
    const theirs = (await redeem(own, code)).body as { access_token: string };
    await query(
      `INSERT INTO legrand_pending_sign_up (digest, email, given_name, family_name, country, expires_at) VALUES ($1, $2, 'A', 'B', 'FR', now() + interval '1 hour')`,
      digest(account.id),
      account.email,
    );

    const { browser } = await signInToPortal(account);
    const said = textOf((await browser.open("/legrand/account/delete")).text);
    for (const part of [
      "1 application that you registered, with the access that 1 person gave it",
      "the access that you gave to 1 application",
      "1 home",
    ])
      expect(said).toContain(part);
    expect(
      await saidAfter(
        browser,
        await browser.post("/legrand/account/delete/submit", { current_password: "wrong" }),
      ),
    ).toContain("not your current password");
    expect(await findAccountRow(account.email)).toBeDefined();

    expect(
      await saidAfter(
        browser,
        await browser.post("/legrand/account/delete/submit", { current_password: account.password }),
      ),
    ).toContain("Your account was deleted.");
    expect(await findAccountRow(account.email)).toBeUndefined();
    // Interactions of other browsers still name the application, but lead nowhere.
    const gone = (row: string) =>
      row.includes(account.id) ||
      row.includes(account.email) ||
      (row.includes(own.clientId) && !row.includes(visitor.id));
    expect(
      (await dumpDatabase())
        .split("\n")
        .filter(gone)
        .filter((row) => !row.includes('"kind":"Interaction"')),
    ).toEqual([]);
    expect(await query(`SELECT 1 FROM legrand_grant WHERE client_id = $1::uuid`, own.clientId)).toEqual([]);
    for (const token of [tokens.access_token, theirs.access_token])
      expect((await callApi(token)).status).toBe(401);
    for (const one of [browser, consenting])
      expect(pathOf(await one.open("/legrand/account"))).toBe("/legrand/sign-in");
    expect(
      await query(`SELECT 1 FROM legrand_application WHERE client_id = $1::uuid`, used.clientId),
    ).toHaveLength(1);
    expect(await findAccountRow(visitor.email)).toBeDefined();
    expect((await readMails(account.email)).at(-1)!.subject).toBe("Your account was deleted");
    expect(await canSignIn(account.email, account.password)).toBe(false);
  });

  test("the sign-up link does not bring the account back", async () => {
    const { email, password, token } = await makeAccountByMail();
    const { browser } = await signInToPortal({ id: "", email, password });
    await browser.post("/legrand/account/delete/submit", { current_password: password });
    expect(pathOf(await confirm(token))).toBe("/legrand/sign-up/confirm");
    expect(await findAccountRow(email)).toBeUndefined();
  });
});

test("response times do not reveal which addresses have an account: both cases do the same work (OWASP ASVS 5.0, 6.3.8)", async () => {
  const measure = async (email: string): Promise<number> => {
    const begin = performance.now();
    await new Browser().post("/legrand/sign-in/submit", { email, password: "wrong" });
    return performance.now() - begin;
  };
  const least = { known: Infinity, pending: Infinity, unknown: Infinity };
  const ratio = () => Math.max(...Object.values(least)) / Math.min(...Object.values(least));
  // The fastest request of each kind measures the work; a busy machine gets more rounds. An account allows
  // ten attempts, so each round uses new accounts.
  for (let round = 0; round < 5 && !(ratio() < 3); round++) {
    const [known, pending] = [(await makeAccount()).email, (await beginSignUp()).form.email];
    for (let attempt = 0; attempt < 8; attempt++) {
      least.known = Math.min(least.known, await measure(known));
      least.pending = Math.min(least.pending, await measure(pending));
      least.unknown = Math.min(least.unknown, await measure(signUpForm().email));
    }
  }
  // A password hash takes tens of milliseconds; an answer without one takes a few.
  expect(ratio()).toBeLessThan(3);
});
