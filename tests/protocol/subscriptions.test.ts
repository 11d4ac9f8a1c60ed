import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { Browser, type Page } from "#tests/factories/browser.ts";
import { connect, issuer } from "#tests/factories/client.ts";
import { textOf } from "#tests/factories/html.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { dumpDatabase } from "#tests/factories/stored.ts";
import { query } from "#tests/harness/database.ts";

const PAGE = "/legrand/subscriptions";
const KEY = /(?<![\w-])[0-9a-f]{32}(?![\w-])/g;
const MISSING = {
  statusCode: 401,
  message:
    "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.",
};
const INVALID = {
  statusCode: 401,
  message:
    "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.",
};

type Name = "primary" | "secondary";

const subscribe = (browser: Browser, name: string) => browser.post(`${PAGE}/subscribe`, { name });

/** Returns the ids of the account's subscriptions, oldest first. */
async function idsOf(accountId: string): Promise<string[]> {
  return (
    await query<{ id: string }>(
      `SELECT id FROM legrand_subscription WHERE account_id = $1::uuid ORDER BY created_at`,
      accountId,
    )
  ).map(({ id }) => id);
}

/** Makes a developer who has just subscribed. */
async function subscribed(name = "Thermo") {
  const { browser, account } = await signInToPortal();
  await subscribe(browser, name);
  const [id] = await idsOf(account.id);
  return { browser, account, id: id! };
}

/** Returns the key that the page shows. A page without `show` shows none. */
async function show(browser: Browser, id: string, name: Name): Promise<string> {
  const page = await browser.open(`${PAGE}?show=${name}-${id}`);
  const keys = new Set(textOf(page.text).match(KEY));
  expect(keys.size).toBe(1);
  return [...keys][0]!;
}

const call = (accessToken: string, key?: string) =>
  fetch(`${issuer()}/api/smarther/v2.0/plants`, {
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(key === undefined ? {} : { "Ocp-Apim-Subscription-Key": key }),
    },
  });

const regenerate = (browser: Browser, id: string, key: string) =>
  browser.post(`${PAGE}/${id}/regenerate`, { key });

describe("a subscription to the Starter Kit (Works with Legrand, Subscription key)", () => {
  test("gives two keys of 32 hexadecimal digits, shown only on request", async () => {
    const { browser, id } = await subscribed();
    expect((await browser.open(PAGE)).text).not.toMatch(KEY);
    const keys = [await show(browser, id, "primary"), await show(browser, id, "secondary")];
    expect(new Set(keys).size).toBe(2);
    expect(textOf((await browser.open(PAGE)).text)).toContain("A subscription key is not the client secret.");
  });

  test("keeps its keys out of the database, out of every address and out of every cache", async () => {
    const { browser, id } = await subscribed();
    const key = await show(browser, id, "primary");
    expect(await dumpDatabase()).not.toContain(key);
    const page = await browser.open(`${PAGE}?show=primary-${id}`);
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect((await regenerate(browser, id, "primary")).location).not.toMatch(KEY);
  });

  test("has the name that was typed, trimmed and as one line, and shows it as text", async () => {
    const { browser } = await subscribed("  <b>Thermo</b>\n è  ");
    const page = await browser.open(PAGE);
    expect(page.text).toContain("&lt;b&gt;Thermo&lt;/b&gt; è");
    expect(page.text).not.toContain("<b>Thermo");
  });

  test.each([
    ["nothing", ""],
    ["white space", " \t "],
    ["61 characters", "x".repeat(61)],
    ["a control character", "a\u0007b"],
    ["a direction override", "a\u202eb"],
    ["no name", null],
  ])("refuses a name with %s: the page says why and keeps what was typed", async (_case, name) => {
    const { browser, account } = await signInToPortal();
    const answer = await browser.post(`${PAGE}/subscribe`, name === null ? {} : { name });
    expect([answer.status, answer.location]).toEqual([303, `${browser.origin}${PAGE}`]);
    const page = await browser.follow(answer);
    expect(textOf(page.text)).toContain("There is a problem");
    if (name?.trim()) expect(page.text).toContain(`value="${name}"`);
    expect(await idsOf(account.id)).toEqual([]);
  });

  test("submitting the form several times creates one subscription", async () => {
    const { browser, account } = await signInToPortal();
    await Promise.all([
      subscribe(browser, "Thermo"),
      subscribe(browser, "Thermo"),
      subscribe(browser, "Thermo"),
    ]);
    expect(await idsOf(account.id)).toHaveLength(1);
  });

  test("allows at most ten subscriptions, even if more are requested at once", async () => {
    const { browser, account } = await signInToPortal();
    await Promise.all(Array.from({ length: 14 }, (_, one) => subscribe(browser, `Thermo ${one}`)));
    expect(await idsOf(account.id)).toHaveLength(10);
    const page = await browser.open(PAGE);
    expect(textOf(page.text)).toContain("which is the maximum");
    expect(page.text).not.toContain(`action="${PAGE}/subscribe"`);
  });
});

describe("a regenerated key", () => {
  test.each(["primary", "secondary"] as const)(
    "%s: the new key works, the old one stops at once, and the other one still works",
    async (name) => {
      const { tokens } = await connect();
      const { browser, id } = await subscribed();
      const other = name === "primary" ? "secondary" : "primary";
      const [before, untouched] = [await show(browser, id, name), await show(browser, id, other)];
      expect((await call(tokens.access_token, before)).status).toBe(200);
      const page = await browser.follow(await regenerate(browser, id, name));
      const [after] = textOf(page.text).match(KEY)!;
      expect(textOf(page.text)).toContain("This is the new key. The former one no longer works.");
      expect(after).not.toBe(before);
      expect(
        await Promise.all(
          [after, before, untouched].map(async (key) => (await call(tokens.access_token, key)).status),
        ),
      ).toEqual([200, 401, 200]);
    },
  );

  test.each(["tertiary", "", "primary-"])("refuses an unknown key name: %j is 404", async (key) => {
    const { browser, id } = await subscribed();
    const before = await show(browser, id, "primary");
    expect((await regenerate(browser, id, key)).status).toBe(404);
    expect(await show(browser, id, "primary")).toBe(before);
  });
});

test("cancelling a subscription ends both its keys", async () => {
  const { tokens } = await connect();
  const { browser, account, id } = await subscribed();
  const keys = [await show(browser, id, "primary"), await show(browser, id, "secondary")];
  const page = await browser.follow(await browser.post(`${PAGE}/${id}/cancel`, {}));
  expect(textOf(page.text)).toContain("The subscription is cancelled.");
  expect(await idsOf(account.id)).toEqual([]);
  for (const key of keys) expect((await call(tokens.access_token, key)).status).toBe(401);
});

describe("another developer's subscription answers as an unknown one", () => {
  /** The part of a page that does not vary between requests. */
  const shape = ({ status, text }: Page) => ({ status, text: textOf(text) });

  test.each<[string, (browser: Browser, id: string) => Promise<Page>]>([
    ["show", (browser, id) => browser.open(`${PAGE}?show=primary-${id}`)],
    ["regenerate", (browser, id) => regenerate(browser, id, "primary")],
    ["cancel", (browser, id) => browser.post(`${PAGE}/${id}/cancel`, {})],
  ])("%s", async (_action, act) => {
    const [owner, stranger] = [await subscribed(), await signInToPortal()];
    const key = await show(owner.browser, owner.id, "primary");
    const foreign = shape(await act(stranger.browser, owner.id));
    expect(foreign).toEqual(shape(await act(stranger.browser, randomUUID())));
    expect(foreign.text).not.toMatch(KEY);
    expect(await show(owner.browser, owner.id, "primary")).toBe(key);
  });

  test.each(["not-an-id", "..", "primary-", "%00"])("finds no subscription for %j", async (id) => {
    const { browser } = await signInToPortal();
    expect((await browser.open(`${PAGE}?show=primary-${encodeURIComponent(id)}`)).status).toBe(200);
    expect([400, 404, 405]).toContain(
      (await browser.post(`${PAGE}/${encodeURIComponent(id)}/cancel`, {})).status,
    );
  });
});

describe("the page and its forms", () => {
  test("redirect a visitor who is not signed in to the sign-in page, and change nothing", async () => {
    const { id, account } = await subscribed();
    const stranger = new Browser();
    expect((await stranger.open(`${PAGE}?show=primary-${id}`)).location).toContain("/legrand/sign-in");
    for (const path of [`${PAGE}/subscribe`, `${PAGE}/${id}/regenerate`, `${PAGE}/${id}/cancel`]) {
      expect((await stranger.post(path, { name: "x", key: "primary" })).location).toContain(
        "/legrand/sign-in",
      );
    }
    expect(await idsOf(account.id)).toEqual([id]);
  });

  test("refuse a form from another site (OWASP CSRF Cheat Sheet)", async () => {
    const { browser, id, account } = await subscribed();
    for (const path of [`${PAGE}/subscribe`, `${PAGE}/${id}/regenerate`, `${PAGE}/${id}/cancel`]) {
      expect(
        (await browser.post(path, { name: "x", key: "primary" }, { origin: "https://evil.example" })).status,
      ).toBe(403);
    }
    expect(await idsOf(account.id)).toEqual([id]);
  });
});

describe("the API and the key (Legrand, Smarther API v2.0)", () => {
  test("refuses a call without a key with the gateway's message, and answers one with a live key", async () => {
    const { tokens } = await connect();
    const { browser, id } = await subscribed();
    const answer = await call(tokens.access_token);
    expect([answer.status, await answer.json()]).toEqual([401, MISSING]);
    expect((await call(tokens.access_token, await show(browser, id, "secondary"))).status).toBe(200);
  });

  test.each([
    ["unknown", "0".repeat(32)],
    ["empty", ""],
    ["of another form", "not a key"],
    ["endless", "a".repeat(4_000)],
  ])("a key that is %s: 401 with the gateway's message", async (_case, key) => {
    const { tokens } = await connect();
    const answer = await call(tokens.access_token, key);
    expect([answer.status, await answer.json()]).toEqual([401, INVALID]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("checks the key before the token, like the real cloud's gateway", async () => {
    const { browser, id } = await subscribed();
    expect(await (await call("not-a-token-not-a-token", "0".repeat(32))).json()).toEqual(INVALID);
    const answer = await call("not-a-token-not-a-token", await show(browser, id, "primary"));
    expect(await answer.json()).toMatchObject({
      statusCode: 401,
      message: "Access denied due to invalid access token.",
    });
  });

  test("counts calls for each end user over both keys, and shows the highest count", async () => {
    const [first, second, { browser, id }] = [await connect(), await connect(), await subscribed()];
    const [primary, secondary] = [await show(browser, id, "primary"), await show(browser, id, "secondary")];
    await Promise.all([primary, secondary, primary].map((key) => call(first.tokens.access_token, key)));
    await call(second.tokens.access_token, primary);
    const text = textOf((await browser.open(PAGE)).text);
    expect(text).toContain("4 calls for 2 end users");
    expect(text).toContain("At most 3 of 500 for one end user.");
  });

  test("does not count a refused call", async () => {
    const { browser, id } = await subscribed();
    await call("not-a-token-not-a-token", await show(browser, id, "primary"));
    expect(textOf((await browser.open(PAGE)).text)).toContain("Calls today None");
  });

  test("the 501st call of a day for an end user is 403 with the time until midnight UTC; other end users are not affected", async () => {
    const [first, second, { browser, id }] = [await connect(), await connect(), await subscribed()];
    const key = await show(browser, id, "primary");
    await query(
      `INSERT INTO legrand_subscription_call (subscription_id, day, end_user_id, calls) VALUES ($1::uuid, (now() AT TIME ZONE 'UTC')::date, $2::uuid, 499)`,
      id,
      first.account.id,
    );
    expect((await call(first.tokens.access_token, key)).status).toBe(200);
    for (let again = 0; again < 3; again++) {
      const answer = await call(first.tokens.access_token, key);
      const { statusCode, message } = (await answer.json()) as { statusCode: number; message: string };
      expect([answer.status, statusCode]).toEqual([403, 403]);
      const [, hours, minutes, seconds] =
        /^Out of call volume quota\. Quota will be replenished in (\d\d):([0-5]\d):([0-5]\d)\.$/.exec(
          message,
        )!;
      expect(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)).toBe(
        Number(answer.headers.get("retry-after")),
      );
    }
    expect((await call(second.tokens.access_token, key)).status).toBe(200);
    const text = textOf((await browser.open(PAGE)).text);
    expect(text).toContain("501 calls for 2 end users");
    expect(text).toContain("At most 500 of 500 for one end user. More are refused until midnight.");
  });

  test("yesterday's calls do not count", async () => {
    const [{ account, tokens }, { browser, id }] = [await connect(), await subscribed()];
    await query(
      `INSERT INTO legrand_subscription_call (subscription_id, day, end_user_id, calls) VALUES ($1::uuid, (now() AT TIME ZONE 'UTC')::date - 1, $2::uuid, 501)`,
      id,
      account.id,
    );
    expect((await call(tokens.access_token, await show(browser, id, "primary"))).status).toBe(200);
  });
});
