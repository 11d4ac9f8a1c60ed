import { describe, expect, test } from "vitest";

import { authorize, authorizeUrl, isConsent } from "#tests/factories/authorize.ts";
import { Browser, type Page } from "#tests/factories/browser.ts";
import { hiddenFields, textOf } from "#tests/factories/html.ts";
import { makeDeveloper, makeOwnedApplication } from "#tests/factories/make-owned-application.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { findRegistered, listHistory } from "#tests/factories/registration.ts";
import { query } from "#tests/harness/database.ts";

const OTHER_SITE = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
const PARAMS = { scope: "openid topology.read comfort.read", state: "the-state", nonce: "the-nonce" };

/** A developer, and the error page for a request of the application with another reply URL. */
async function mismatch({
  sent = (replyUrl: string) => `${replyUrl}/`,
  ...wanted
}: { sent?: (replyUrl: string) => string } & Parameters<typeof makeDeveloper>[0] = {}) {
  const developer = await makeDeveloper(wanted);
  const replyUrl = sent(developer.application.replyUrl);
  const address = authorizeUrl(developer.application, { ...PARAMS, redirect_uri: replyUrl });
  const page = await developer.browser.open(address);
  const register = `${developer.application.path}/reply-urls/register`;
  return { ...developer, replyUrl, address, page, register };
}
type Mismatch = Awaited<ReturnType<typeof mismatch>>;

/** Presses **Register this reply URL** on the error page. Returns the redirect to the question. */
const press = ({ browser, register, page }: Pick<Mismatch, "browser" | "register" | "page">): Promise<Page> =>
  browser.post(`${register}/start`, hiddenFields(page.text));

/** Opens the question of a mismatch. */
async function ask(about: Mismatch): Promise<Page> {
  const pressed = await press(about);
  expect(pressed.status).toBe(303);
  return about.browser.open(pressed.location!);
}

/** Confirms the question, with further fields. */
const confirm = ({ browser, register }: Mismatch, question: Page, more: Record<string, string> = {}) =>
  browser.post(`${register}/submit`, { ...hiddenFields(question.text), ...more });

const replyUrlsOf = async ({ application }: Pick<Mismatch, "application">) =>
  (await findRegistered(application.clientId))!.replyUrls;

/** Makes the sign-in of this account that many minutes old. */
const ageSignIn = ({ account }: Mismatch, minutes: number) =>
  query(
    `UPDATE legrand_artifact SET payload = payload || jsonb_build_object('loginTs', floor(extract(epoch FROM now()))::int - $2::int * 60)
     WHERE account_id = $1::uuid AND kind = 'Session'`,
    account.id,
    minutes,
  );

test("the developer registers the sent URL in two clicks, and the request runs again from the authorization endpoint", async () => {
  const about = await mismatch();
  expect(about.page.status).toBe(400);
  const error = textOf(about.page.text);
  expect(error).toContain("you are signed in as its developer");
  expect(error).toContain("Register this reply URL");
  expect(about.page.text).toContain(`href="${about.application.path}"`);

  const question = await ask(about);
  expect([question.status, textOf(question.text).includes(about.replyUrl)]).toEqual([200, true]);
  expect(question.text).not.toContain('name="current_password"');
  expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl]);

  const answer = await confirm(about, question);
  expect(answer.status).toBe(303);
  const again = new URL(answer.location!);
  expect([again.origin, again.pathname]).toEqual([about.browser.origin, "/legrand/authorize"]);
  expect(Object.fromEntries(again.searchParams)).toEqual(
    Object.fromEntries(new URL(about.address).searchParams),
  );
  expect(isConsent(await about.browser.follow(answer))).toBe(true);
  expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl, about.replyUrl]);
});

test("the history records it like every edit of the reply URLs", async () => {
  const about = await mismatch();
  await confirm(about, await ask(about));
  const { replyUrl } = about.application;
  expect(await listHistory(about.application.clientId)).toMatchObject([
    {
      what: "edited",
      detail: { changes: [{ field: "reply_urls", from: [replyUrl], to: [replyUrl, about.replyUrl] }] },
    },
  ]);
});

test("showing the error and the question writes nothing", async () => {
  const about = await mismatch();
  const rows = () =>
    query(
      `SELECT digest, used_at FROM legrand_reply_url_request WHERE account_id = $1::uuid`,
      about.account.id,
    );
  expect(await rows()).toEqual([]);
  await ask(about);
  const before = await rows();
  expect(before).toHaveLength(1);
  await ask(about);
  expect(await rows()).toEqual(before);
  expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl]);
});

test("the address of the question and the stored row do not contain the request", async () => {
  const about = await mismatch();
  const pressed = await press(about);
  expect(pressed.location).toMatch(/\/reply-urls\/register\?request=[\w-]{43}$/);
  const [row] = await query(
    `SELECT to_jsonb(r)::text AS text FROM legrand_reply_url_request r WHERE account_id = $1::uuid`,
    about.account.id,
  );
  const ticket = new URL(pressed.location!).searchParams.get("request")!;
  for (const secret of ["the-state", "the-nonce", about.replyUrl, ticket])
    expect(row!.text).not.toContain(secret);
  for (const secret of ["the-state", "the-nonce"]) expect(about.page.text).not.toContain(secret);
});

describe("only the application's developer is offered to register it", () => {
  const OFFER = "Register this reply URL";

  test("a stranger who is not signed in is not", async () => {
    const { address, application } = await mismatch();
    const page = await new Browser().open(address);
    expect(page.text).not.toContain(OFFER);
    expect(textOf(page.text)).toContain(`Back to ${application.name}`);
    expect(page.text).toContain('href="https://thermo.example/"');
    expect(page.text).not.toContain(application.path);
  });

  test("another developer is not", async () => {
    const { address } = await mismatch();
    const page = await (await signInToPortal()).browser.open(address);
    expect(page.text).not.toContain(OFFER);
  });

  test("the form of the developer does not work for another account: the application is unknown to it", async () => {
    const about = await mismatch();
    const { browser } = await signInToPortal();
    expect((await press({ ...about, browser })).status).toBe(404);
    const question = await ask(about);
    expect((await browser.open(question.url)).status).toBe(404);
    expect((await confirm({ ...about, browser }, question)).status).toBe(404);
    expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl]);
  });

  test("a signed-out browser is sent to the sign-in page", async () => {
    const about = await mismatch();
    const question = await ask(about);
    const browser = new Browser();
    for (const page of [
      await press({ ...about, browser }),
      await browser.open(question.url),
      await confirm({ ...about, browser }, question),
    ])
      expect(page.location ?? page.url).toContain("/legrand/sign-in");
    expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl]);
  });

  test("a form for one application does not register a URL at another application of the same developer", async () => {
    const about = await mismatch();
    const other = await makeOwnedApplication(about.account);
    const started = await press({ ...about, register: `${other.path}/reply-urls/register` });
    expect(started.status).toBe(422);
    const question = await ask(about);
    await confirm({ ...about, register: `${other.path}/reply-urls/register` }, question);
    expect((await findRegistered(other.clientId))!.replyUrls).toEqual(other.replyUrls);
  });

  test.each(["", "k1.AAAA", "x".repeat(5000)])("a forged request is refused: %s", async (request) => {
    const { browser, register } = await mismatch();
    expect((await browser.post(`${register}/start`, { request })).status).toBe(422);
  });
});

describe("a form of another site is refused (OWASP CSRF Cheat Sheet)", () => {
  test("both of them", async () => {
    const about = await mismatch();
    const started = await about.browser.post(
      `${about.register}/start`,
      hiddenFields(about.page.text),
      OTHER_SITE,
    );
    expect(started.status).toBe(403);
    const question = await ask(about);
    const sent = await about.browser.post(
      `${about.register}/submit`,
      hiddenFields(question.text),
      OTHER_SITE,
    );
    expect(sent.status).toBe(403);
    expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl]);
  });

  test("and no page around the question can hide it", async () => {
    const question = await ask(await mismatch());
    expect(question.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(question.headers.get("cache-control")).toContain("no-store");
    expect(question.headers.get("referrer-policy")).toBe("no-referrer");
    expect(question.text).not.toMatch(/<script/);
  });
});

describe("the request works once, for ten minutes, for the application that the developer saw", () => {
  /** Confirms a question that must be refused, and returns what the page says. */
  async function refusal(about: Mismatch, question: Page): Promise<string> {
    const before = await replyUrlsOf(about);
    const answer = await confirm(about, question);
    expect(answer.location).toBe(question.url);
    expect(await replyUrlsOf(about)).toEqual(before);
    return textOf((await about.browser.open(answer.location!)).text);
  }

  test("a second time it is refused", async () => {
    const about = await mismatch();
    const question = await ask(about);
    await confirm(about, question);
    const text = await refusal(about, question);
    expect(text).toContain("This request was used already");
    expect(text).toContain("Nothing more was changed.");
    expect((await press(about)).location).toBe(question.url);
    await query(
      `DELETE FROM legrand_reply_url WHERE client_id = $1::uuid AND url = $2`,
      about.application.clientId,
      about.replyUrl,
    );
    expect(await refusal(about, question)).toContain("This request was used already");
  });

  test("of two confirmations at once, one registers", async () => {
    const about = await mismatch();
    const question = await ask(about);
    const answers = await Promise.all([confirm(about, question), confirm(about, question)]);
    expect(answers.filter(({ location }) => location!.includes("/legrand/authorize?"))).toHaveLength(1);
    expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl, about.replyUrl]);
  });

  test("after ten minutes it is refused", async () => {
    const about = await mismatch();
    const question = await ask(about);
    const [row] = await query<{ seconds: number }>(
      `SELECT extract(epoch FROM expires_at - now())::int AS seconds FROM legrand_reply_url_request WHERE account_id = $1::uuid`,
      about.account.id,
    );
    expect(row!.seconds).toBeGreaterThan(540);
    expect(row!.seconds).toBeLessThanOrEqual(600);
    await query(
      `UPDATE legrand_reply_url_request SET expires_at = now() - interval '1 second' WHERE account_id = $1::uuid`,
      about.account.id,
    );
    expect(await refusal(about, question)).toContain("This request has expired");
  });

  test.each([
    ["its name", "name = 'Renamed'"],
    ["its type", "type = 'mobile'"],
    ["its web site", "url = 'https://elsewhere.example/'"],
  ])("if %s changed since, it is refused", async (_what, change) => {
    const about = await mismatch();
    const question = await ask(about);
    await query(
      `UPDATE legrand_application SET ${change} WHERE client_id = $1::uuid`,
      about.application.clientId,
    );
    expect(await refusal(about, question)).toContain("The application has changed");
  });

  test("if a reply URL was added since, it is refused", async () => {
    const about = await mismatch();
    const question = await ask(about);
    await query(
      `INSERT INTO legrand_reply_url (client_id, url, position) VALUES ($1::uuid, 'https://new.example/cb', 2)`,
      about.application.clientId,
    );
    expect(await refusal(about, question)).toContain("The application has changed");
  });

  test("an unknown ticket is refused", async () => {
    const { browser, register } = await mismatch();
    const page = await browser.open(`${register}?request=unknown`);
    expect(textOf(page.text)).toContain("We do not know this request");
  });
});

describe("the password is asked for if the sign-in is older than 15 minutes", () => {
  test("not at 14 minutes", async () => {
    const about = await mismatch();
    await ageSignIn(about, 14);
    const question = await ask(about);
    expect(question.text).not.toContain('name="current_password"');
    expect((await confirm(about, question)).location).toContain("/legrand/authorize?");
  });

  test("at 16 minutes, and a wrong or missing one registers nothing", async () => {
    const about = await mismatch();
    await ageSignIn(about, 16);
    const question = await ask(about);
    expect(question.text).toContain('name="current_password"');
    for (const [typed, message] of [
      [{}, "Enter your current password"],
      [{ current_password: "wrong" }, "This is not your current password"],
    ] as const) {
      const answer = await confirm(about, question, typed);
      expect(answer.location).toBe(question.url);
      expect(textOf((await about.browser.open(answer.location!)).text)).toContain(message);
    }
    expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl]);
    const answer = await confirm(about, question, { current_password: about.account.password });
    expect(answer.location).toContain("/legrand/authorize?");
    expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl, about.replyUrl]);
  });

  test("also if the page was opened before", async () => {
    const about = await mismatch();
    const question = await ask(about);
    await ageSignIn(about, 16);
    expect((await confirm(about, question)).location).toBe(question.url);
    expect(await replyUrlsOf(about)).toEqual([about.application.replyUrl]);
  });
});

describe("a URL that the rules refuse is shown as text, with the reason, and is not offered", () => {
  test.each([
    ["javascript:alert(1)//", "The scheme javascript is not allowed in a reply URL."],
    ["http://thermo.example/callback", "Use https."],
    ["https://thermo.example/cb#x", "A reply URL must not have a fragment"],
    ["https://thermo.example/*", "Wildcards are not allowed"],
    ["com.example.thermo:/callback", "Custom schemes are for mobile applications."],
    ["https://thermo.example/?code=x", "The answer adds its own parameter code"],
    [
      `https://thermo.example/${"a".repeat(2_000)}`,
      "A reply URL has at most 2,000 characters; this one has 2,023.",
    ],
  ])("%s", async (sent, reason) => {
    const about = await mismatch({ sent: () => sent });
    expect(about.page.status).toBe(400);
    const text = textOf(about.page.text);
    expect(text).toContain(`What it sends cannot be registered: ${reason}`);
    expect(text).not.toContain("Register this reply URL");
    expect(about.page.text).not.toContain(`href="${sent}`);
    expect(hiddenFields(about.page.text).request).toBeUndefined();
  });

  test("an eleventh URL is not offered", async () => {
    const ten = Array.from({ length: 10 }, (_, index) => `https://thermo.example/${index}`);
    const about = await mismatch({ replyUrls: ten });
    expect(textOf(about.page.text)).toContain("Ten reply URLs are registered, which is the maximum.");
    expect(about.page.text).not.toContain("Register this reply URL");
  });

  test("a host that the application has not used is warned of on both pages", async () => {
    const about = await mismatch({ sent: () => "https://evil.example/callback" });
    const warning = "No registered address of this application has the host evil.example.";
    expect(textOf(about.page.text)).toContain(warning);
    expect(textOf((await ask(about)).text)).toContain(warning);
  });
});

test("a person who granted the access before is redirected on, and the policy of the question allows exactly that origin (CSP Level 3 §6.4.1)", async () => {
  const about = await mismatch();
  await authorize({
    application: about.application,
    account: about.account,
    browser: about.browser,
    scope: PARAMS.scope,
  });
  const page = await about.browser.open(about.address);
  const question = await ask({ ...about, page });
  expect(question.headers.get("content-security-policy")).toContain(
    `form-action 'self' ${new URL(about.replyUrl).origin};`,
  );
  const last = await about.browser.follow(await confirm(about, question), [about.replyUrl]);
  expect(last.location!.startsWith(`${about.replyUrl}?`)).toBe(true);
});

test("requests are deleted with the account's newer ones: 20 are kept", async () => {
  const about = await mismatch();
  for (let index = 0; index < 22; index++)
    await press({ ...about, page: await about.browser.open(about.address) });
  const [row] = await query<{ count: number }>(
    `SELECT count(*)::int AS count FROM legrand_reply_url_request WHERE account_id = $1::uuid`,
    about.account.id,
  );
  expect(row!.count).toBe(20);
});
