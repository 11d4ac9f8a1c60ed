import { describe, expect, test } from "vitest";

import { digest } from "#lib/crypto/digest.ts";
import { authorize, consent, isConsent } from "#tests/factories/authorize.ts";
import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { issuer } from "#tests/factories/client.ts";
import {
  callbackUrl,
  deliver,
  findLinkedAccount,
  startConnecting,
  walkToCallback,
} from "#tests/factories/connect-client.ts";
import { connectCookie } from "#tests/factories/cookies.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { query } from "#tests/harness/database.ts";
import { anyString } from "#tests/factories/matchers.ts";

/** Asserts that Connect sent the person to this problem's page, started no session and stored nothing. */
async function expectRefused(
  browser: Browser,
  account: TestAccount,
  answer: URL | string,
  problem: string,
): Promise<void> {
  const { status, location } = await deliver(browser, answer);
  expect({ status, location }).toEqual({
    status: 303,
    location: `${testOrigin()}/connection-error?problem=${problem}`,
  });
  expect(await findLinkedAccount(account.id)).toBeUndefined();
  expect(browser.cookie(connectCookie("session"))).toBeUndefined();
  const page = await browser.open(location!);
  expect(page.status).toBe(200);
  expect(textOf(page.text)).toContain(
    problem === "code" ? "Connect stored nothing" : "Nothing was changed in Connect",
  );
}

/** Makes an answer that is ready to be delivered and can be tampered with first. */
async function answerFor(change: (parameters: URLSearchParams) => void | Promise<void>) {
  const [browser, account] = [new Browser(), await makeAccount()];
  const answer = await walkToCallback(browser, account);
  await change(answer.searchParams);
  return { browser, account, answer };
}

test("an answer to this browser's request connects the account, with tokens, scopes and times", async () => {
  const { browser, account, answer } = await answerFor(() => {});
  expect((await deliver(browser, answer)).location).toBe(`${testOrigin()}/account`);
  const row = (await findLinkedAccount(account.id))!;
  expect(row).toMatchObject({
    provider: "legrand",
    state: "connected",
    email: account.email,
    token_type: anyString,
  });
  expect([...(row.granted_scopes as string[])].sort()).toEqual([
    "comfort.read",
    "comfort.write",
    "email",
    "openid",
    "profile",
    "topology.read",
  ]);
  expect(Math.abs(Date.parse(String(row.access_token_expires_at)) - Date.now() - 3_600_000)).toBeLessThan(
    60_000,
  );
  const page = textOf((await browser.open("/account")).text);
  expect(page).toContain(account.email);
});

describe("refuses a callback that this browser did not ask for (RFC 6749 §10.12, RFC 9207 §2.4)", () => {
  test.each([
    ["without state", "stale", (parameters: URLSearchParams) => parameters.delete("state")],
    [
      "with an invented state",
      "stale",
      (parameters: URLSearchParams) => parameters.set("state", "x".repeat(43)),
    ],
    ["with an empty state", "stale", (parameters: URLSearchParams) => parameters.set("state", "")],
    [
      "with another browser's state",
      "stale",
      async (parameters: URLSearchParams) =>
        parameters.set("state", (await startConnecting(new Browser())).searchParams.get("state")!),
    ],
    [
      "from another issuer",
      "wrong_issuer",
      (parameters: URLSearchParams) => parameters.set("iss", "https://evil.example"),
    ],
    [
      "from the issuer with a slash more",
      "wrong_issuer",
      (parameters: URLSearchParams) => parameters.set("iss", `${issuer()}/`),
    ],
    [
      "without iss, though the metadata promises it",
      "wrong_issuer",
      (parameters: URLSearchParams) => parameters.delete("iss"),
    ],
    [
      "with an invented code",
      "code",
      (parameters: URLSearchParams) => parameters.set("code", "x".repeat(43)),
    ],
  ])("%s", async (_case, problem, change) => {
    const { browser, account, answer } = await answerFor(change);
    await expectRefused(browser, account, answer, problem);
  });

  test("in a browser that began no flow (login CSRF)", async () => {
    const { account, answer } = await answerFor(() => {});
    await expectRefused(new Browser(), account, answer, "stale");
  });

  test("with another person's whole answer, in a browser with a flow of its own (login CSRF)", async () => {
    const { account, answer } = await answerFor(() => {});
    const victim = new Browser();
    await startConnecting(victim);
    await expectRefused(victim, account, answer, "stale");
  });

  test("with a code that was issued to another application", async () => {
    const [application, stranger] = [await makeApplication(), await makeAccount()];
    const { code } = await authorize({ application, account: stranger });
    const { browser, account, answer } = await answerFor((parameters) => parameters.set("code", code));
    await expectRefused(browser, account, answer, "code");
  });

  test("with a code from another person's request to Connect: PKCE ties a code to its browser (RFC 7636)", async () => {
    const other = await answerFor(() => {});
    const { browser, account, answer } = await answerFor((parameters) =>
      parameters.set("code", other.answer.searchParams.get("code")!),
    );
    await expectRefused(browser, account, answer, "code");
    expect(await findLinkedAccount(other.account.id)).toBeUndefined();
  });
});

describe("an error of the authorization server", () => {
  test("Deny leads to a page that says so", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    await expectRefused(
      browser,
      account,
      await walkToCallback(browser, account, { decision: "deny" }),
      "denied",
    );
  });

  test("another error gets a page of its own, not the one for Deny", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const state = (await startConnecting(browser)).searchParams.get("state")!;
    const answer = `${callbackUrl()}?${new URLSearchParams({ error: "invalid_scope", state, iss: issuer() })}`;
    await expectRefused(browser, account, answer, "refused_by_legrand");
  });

  test("no page shows the error description, because the author of the link controls it", async () => {
    const browser = new Browser();
    const state = (await startConnecting(browser)).searchParams.get("state")!;
    const { location } = await deliver(
      browser,
      `${callbackUrl()}?${new URLSearchParams({ error: "access_denied", error_description: "<b>call 555-0100</b>", state, iss: issuer() })}`,
    );
    expect((await browser.open(location!)).text).not.toContain("555-0100");
  });

  test.each([
    "",
    "?problem=nonsense",
    "?problem=<script>alert(1)</script>",
    "?problem=__proto__",
    "?error=Configuration",
    "?problem=denied&problem=stale",
  ])("the error page accepts any query: %s", async (query) => {
    const page = await new Browser().open(`/connection-error${query}`);
    expect(page.status).toBeLessThan(500);
    expect(page.text).not.toContain("<script>alert(1)");
  });
});

/** A second browser with the same cookies. Cookies that it receives do not reach the first one. */
function copyOf({ cookies }: Browser): Browser {
  const copy = new Browser();
  copy.cookies = [...cookies];
  return copy;
}

/** Asserts that this browser is signed in, and that the account's tokens were stored once and work. */
async function expectConnectedOnce(browser: Browser, account: TestAccount): Promise<void> {
  const page = await browser.open("/account?homes=shown");
  expect(page.status).toBe(200);
  expect(textOf(page.text)).toContain(account.email);
  expect(await findLinkedAccount(account.id)).toMatchObject({ state: "connected", token_version: 1 });
  // A code that is redeemed twice ends the access that it granted (RFC 6749 §4.1.2).
  expect(textOf(page.text)).not.toMatch(/Reconnect|access was removed/);
}

/** Expires the stored outcome of that callback, as if it had been delivered long ago. */
const letOutcomesEnd = (answer: URL) =>
  query(
    `UPDATE connect_callback_outcome SET expires_at = now() - interval '1 second' WHERE key_digest = $1 RETURNING 1`,
    keyOf(answer),
  );

const keyOf = ({ searchParams }: URL) =>
  digest(JSON.stringify(["state", "code", "error"].map((name) => searchParams.getAll(name))));

describe("Connect uses an authorization response once, however often the browser delivers it (issue 11, 3)", () => {
  test("if Connect's first answer is lost, the second delivery ends connected, with the session", async () => {
    const { browser, account, answer } = await answerFor(() => {});
    expect((await deliver(copyOf(browser), answer)).location).toBe(`${testOrigin()}/account`);
    expect((await deliver(browser, answer)).location).toBe(`${testOrigin()}/account`);
    await expectConnectedOnce(browser, account);
  });

  test("of simultaneous deliveries the later ones wait, and all end with the same session", async () => {
    const { browser, account, answer } = await answerFor(() => {});
    const copies = [copyOf(browser), copyOf(browser), copyOf(browser)];
    const answers = await Promise.all(copies.map((copy) => deliver(copy, answer)));
    expect(answers.map(({ location }) => location)).toEqual(Array(3).fill(`${testOrigin()}/account`));
    expect(new Set(copies.map((copy) => copy.cookie(connectCookie("session")))).size).toBe(1);
    await expectConnectedOnce(copies[2]!, account);
  });

  test("a browser that received the first answer gets it again, and nothing changes", async () => {
    const { browser, account, answer } = await answerFor(() => {});
    await deliver(browser, answer);
    const before = await findLinkedAccount(account.id);
    expect((await deliver(browser, answer)).location).toBe(`${testOrigin()}/account`);
    expect(await findLinkedAccount(account.id)).toEqual(before);
  });

  test("a session in another browser stays connected", async () => {
    const account = await makeAccount();
    const first = new Browser();
    await deliver(first, await walkToCallback(first, account));
    const second = new Browser();
    const answer = await walkToCallback(second, account);
    await Promise.all([deliver(copyOf(second), answer), deliver(second, answer)]);
    const page = await first.open("/account?homes=shown");
    expect(textOf(page.text)).toContain("Home 1");
    expect(await findLinkedAccount(account.id)).toMatchObject({ state: "connected", token_version: 2 });
  });

  test("without the flow's cookie, the replay gives no answer and no session", async () => {
    const { browser, answer } = await answerFor(() => {});
    await deliver(copyOf(browser), answer);
    const stranger = new Browser();
    await startConnecting(stranger);
    const { location } = await deliver(stranger, answer);
    expect(location).toBe(`${testOrigin()}/connection-error?problem=stale`);
    expect(stranger.cookie(connectCookie("session"))).toBeUndefined();
  });

  test("ignores another code for the same state, though the browser still has the flow's cookies", async () => {
    const { browser, account, answer } = await answerFor(() => {});
    const connected = copyOf(browser);
    await deliver(connected, answer);
    const tampered = new URL(answer);
    tampered.searchParams.set("code", "x".repeat(43));
    expect((await deliver(browser, tampered)).location).toBe(
      `${testOrigin()}/connection-error?problem=stale`,
    );
    await expectConnectedOnce(connected, account);
  });

  test("after 60 seconds there is no replay, and the code is not redeemed again", async () => {
    const { browser, account, answer } = await answerFor(() => {});
    const connected = copyOf(browser);
    await deliver(connected, answer);
    expect(await letOutcomesEnd(answer)).toHaveLength(1);
    expect((await deliver(browser, answer)).location).toBe(`${testOrigin()}/connection-error?problem=stale`);
    await expectConnectedOnce(connected, account);
  });

  test("if the process of the first delivery died, the page says that the outcome is unknown", async () => {
    const { browser, answer } = await answerFor(() => {});
    await query(
      `INSERT INTO connect_callback_outcome (key_digest, flow_digest, expires_at) VALUES ($1, $1, now() - interval '1 second')`,
      keyOf(answer),
    );
    const { location } = await deliver(browser, answer);
    expect(location).toBe(`${testOrigin()}/connection-error?problem=interrupted`);
    expect(textOf((await browser.open(location!)).text)).toContain(
      "Your account page shows what is connected",
    );
  });

  // tests/protocol/overview.test.ts proves on its own server that it is counted once.
  test("a denial that is delivered three times shows the same page each time, and is counted", async () => {
    const count = async () =>
      Number(
        (
          await query<{ sum: number }>(
            `SELECT coalesce(sum(amount), 0)::int AS sum FROM connect_tally WHERE name = 'denied'`,
          )
        )[0]!.sum,
      );
    const [browser, account] = [new Browser(), await makeAccount()];
    const answer = await walkToCallback(browser, account, { decision: "deny" });
    const before = await count();
    for (const copy of [copyOf(browser), browser, browser])
      expect((await deliver(copy, answer)).location).toBe(`${testOrigin()}/connection-error?problem=denied`);
    await expect.poll(count).toBeGreaterThan(before);
  });

  test("the stored answer is encrypted, so reading the table signs no one in", async () => {
    const { browser, answer } = await answerFor(() => {});
    await deliver(browser, answer);
    const [row] = await query<{ answer: string }>(
      `SELECT answer FROM connect_callback_outcome WHERE key_digest = $1`,
      keyOf(answer),
    );
    expect(row!.answer).not.toContain(browser.cookie(connectCookie("session")));
    expect(row!.answer).toMatch(/^[\w-]{200,}$/);
  });

  test.each(["prefetch", "prefetch;prerender"])(
    "answers a prefetch with 503 and spends nothing: Sec-Purpose: %s (Fetch §3.2.7)",
    async (purpose) => {
      const { browser, account, answer } = await answerFor(() => {});
      const ahead = await browser.open(answer.href, { "sec-purpose": purpose });
      expect([ahead.status, ahead.headers.get("cache-control"), ahead.headers.getSetCookie()]).toEqual([
        503,
        "no-store",
        [],
      ]);
      expect((await deliver(browser, answer)).location).toBe(`${testOrigin()}/account`);
      await expectConnectedOnce(browser, account);
    },
  );
});

describe("two tabs of one browser can each begin a flow (issue 11, 3)", () => {
  /** Finishes a flow: the person is signed in at Legrand and has allowed everything. */
  const goOn = async (browser: Browser, begun: URL) =>
    (await browser.follow(await browser.open(begun.href), [callbackUrl()])).location!;
  const flowsOf = (browser: Browser) =>
    browser.cookies.filter(({ name }) => name.startsWith(`${connectCookie("state")}.`)).length;

  test("both end connected, including the one that began first", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const older = await startConnecting(browser);
    expect((await deliver(browser, await walkToCallback(browser, account))).location).toBe(
      `${testOrigin()}/account`,
    );
    expect((await deliver(browser, await goOn(browser, older))).location).toBe(`${testOrigin()}/account`);
    expect(await findLinkedAccount(account.id)).toMatchObject({ state: "connected", token_version: 2 });
  });

  test("each returns to its own page, and records its own requested scopes", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    await deliver(browser, await walkToCallback(browser, account));
    const { id } = (await findLinkedAccount(account.id))!;
    const more = await startConnecting(browser, { account: String(id), scope: "light.read" });
    const change = await startConnecting(browser, { account: String(id), intent: "change" });
    expect(change.searchParams.get("scope")).toContain("plug.write");
    const consented = await browser.follow(await browser.open(more.href), [callbackUrl()]);
    const accepted = await browser.follow(await consent(browser, consented, "accept"), [callbackUrl()]);
    expect((await deliver(browser, accepted.location!)).location).toBe(`${testOrigin()}/account`);
    expect((await findLinkedAccount(account.id))!.requested_scopes).not.toContain("plug.write");
  });

  test("a browser keeps five flows, and a new one replaces the oldest", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    await deliver(browser, await walkToCallback(browser, account));
    const begun: URL[] = [];
    for (let flow = 0; flow < 6; flow++) begun.push(await startConnecting(browser));
    expect(flowsOf(browser)).toBe(5);
    const locations: (string | null)[] = [];
    for (const flow of begun) locations.push((await deliver(browser, await goOn(browser, flow))).location);
    expect(locations).toEqual([
      `${testOrigin()}/connection-error?problem=stale`,
      ...Array<string>(5).fill(`${testOrigin()}/account`),
    ]);
  });

  test("a finished flow deletes its cookies, except the one that allows a replay for 60 seconds", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const answer = await walkToCallback(browser, account);
    const { headers } = await deliver(browser, answer);
    const names = browser.cookies.map(({ name }) => name).filter((name) => name.startsWith("connect-"));
    expect(names.sort()).toEqual([
      connectCookie("csrf"),
      connectCookie("notice"),
      connectCookie("session"),
      expect.stringMatching(/^connect-\d+\.state\.[\w-]{16}$/),
    ]);
    expect(headers.getSetCookie().find((line) => line.startsWith(names.at(-1)!))).toMatch(
      /Max-Age=60; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });
});

describe("cookies of other applications on this host (issue 11, 2)", () => {
  test.each(["exp://127.0.0.1:8081", "undefined"])(
    "under names like Connect's own do not prevent a connect, and are deleted: %s",
    async (value) => {
      const [browser, account] = [new Browser(), await makeAccount()];
      const left = [
        "session.0",
        "session.1",
        "session-token",
        "callback-url",
        "state",
        "verifier",
        "nonce",
        "requested-scopes",
      ].map(connectCookie);
      const leave = () => browser.cookies.push(...left.map((name) => ({ name, value, path: "/" })));
      const remaining = () => left.filter((name) => browser.cookie(name) !== undefined);
      leave();
      expect([(await browser.open("/")).status, remaining()]).toEqual([200, []]);
      leave();
      const answer = await walkToCallback(browser, account);
      leave();
      expect((await deliver(browser, answer)).location).toBe(`${testOrigin()}/account`);
      leave();
      await expectConnectedOnce(browser, account);
      expect(remaining()).toEqual([]);
    },
  );

  test("of another next-auth application are left alone", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const foreign = [
      "authjs.session-token.0",
      "authjs.callback-url",
      "next-auth.session-token",
      "__Secure-authjs.session-token",
      "theme",
    ].map((name) => ({ name, value: "undefined", path: "/" }));
    browser.cookies.push(...foreign);
    expect((await deliver(browser, await walkToCallback(browser, account))).location).toBe(
      `${testOrigin()}/account`,
    );
    await expectConnectedOnce(browser, account);
    expect(browser.cookies).toEqual(expect.arrayContaining(foreign));
  });

  test("no lasting cookie's name is a prefix of another's, because next-auth takes every cookie whose name starts with its own", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    await deliver(browser, await walkToCallback(browser, account));
    const names = browser.cookies.map(({ name }) => name);
    expect(names).toContain(connectCookie("session"));
    for (const name of names.filter((one) => one.startsWith("connect-")))
      expect(names.filter((other) => other.startsWith(name))).toEqual([name]);
    expect(names.filter((name) => !/^(connect|legrand)-\d+\./.test(name))).toEqual([]);
  });

  test("next-auth's own routes begin a flow in the same way, and set no cookie with a plain name", async () => {
    const browser = new Browser();
    const { csrfToken } = JSON.parse(
      (await browser.open("/api/auth/csrf", { accept: "application/json" })).text,
    ) as { csrfToken: string };
    const { location } = await browser.post("/api/auth/signin/legrand", {
      csrfToken,
      callbackUrl: "/account",
    });
    expect(new URL(location!).pathname).toBe("/legrand/authorize");
    const names = browser.cookies.map(({ name }) => name).sort();
    expect(names).toContain(connectCookie("csrf"));
    expect(
      names.filter((name) => !/\.(csrf|(state|verifier|nonce|callback-url)\.[\w-]{16})$/.test(name)),
    ).toEqual([]);
  });
});

test("connecting again stores the new tokens, scopes and times in the same account", async () => {
  const account = await makeAccount();
  const [first, second] = [new Browser(), new Browser()];
  await deliver(first, await walkToCallback(first, account, { untick: ["comfort.write"] }));
  // A lifetime is sent in whole seconds, so two answers within a second may end in either order.
  await query(
    `UPDATE connect_account SET access_token_expires_at = access_token_expires_at - interval '2 seconds',
       refresh_token_expires_at = refresh_token_expires_at - interval '2 seconds' WHERE provider_account_id = $1`,
    account.id,
  );
  const before = (await findLinkedAccount(account.id))!;
  await query(
    `UPDATE legrand_grant SET granted_scopes = array_remove(granted_scopes, 'comfort.read'),
       rejected_scopes = array_append(rejected_scopes, 'comfort.read') WHERE account_id = $1::uuid`,
    account.id,
  );
  await deliver(second, await walkToCallback(second, account));
  const after = (await findLinkedAccount(account.id))!;
  expect(after.id).toBe(before.id);
  expect(after.access_token).not.toBe(before.access_token);
  expect(after.refresh_token).not.toBe(before.refresh_token);
  expect(before.granted_scopes).toContain("comfort.read");
  expect(after.granted_scopes).toEqual(
    (before.granted_scopes as string[]).filter((scope) => scope !== "comfort.read"),
  );
  for (const time of ["authorized_at", "access_token_expires_at", "refresh_token_expires_at"])
    expect(Date.parse(String(after[time])), time).toBeGreaterThan(Date.parse(String(before[time])));
});

test("two Legrand accounts with one e-mail address are two users, because an address is not an identity", async () => {
  const [one, two] = [await makeAccount(), await makeAccount()];
  const browsers = [new Browser(), new Browser()];
  await deliver(browsers[0]!, await walkToCallback(browsers[0]!, one));
  await query(`UPDATE connect_user SET email = $1 WHERE email = $2`, two.email, one.email);
  await deliver(browsers[1]!, await walkToCallback(browsers[1]!, two));
  expect((await findLinkedAccount(one.id))!.user_id).not.toBe((await findLinkedAccount(two.id))!.user_id);
});

describe("a connection that is not stored leaves no access at Legrand (RFC 7009)", () => {
  const grantsOf = ({ id }: TestAccount) =>
    query(`SELECT granted_scopes FROM legrand_grant WHERE account_id = $1::uuid`, id);
  const takeBackOpenId = (browser: Browser) =>
    browser.post("/legrand/third-party-access/c0e2d1f4-6b7a-4f0e-9d3c-5a8b1e2f7c60/take-back", {
      scope: "openid",
    });

  test('if "Recognise you" is taken back before the code is redeemed, refuses, revokes, and offers to choose again at Legrand', async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const answer = await walkToCallback(browser, account);
    await takeBackOpenId(browser);
    await expectRefused(browser, account, answer, "not_recognised");
    expect(await grantsOf(account)).toEqual([]);
    expect(textOf((await browser.open("/connection-error?problem=not_recognised")).text)).toContain(
      "Choose again at Legrand",
    );
    await deliver(browser, await walkToCallback(browser, account, { form: { intent: "choose" } }));
    expect(await findLinkedAccount(account.id)).toMatchObject({ state: "connected" });
  });

  test("drops the new tokens of an account that is already connected, because revoking them would end the stored access", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    await deliver(browser, await walkToCallback(browser, account));
    const [before, second] = [await findLinkedAccount(account.id), new Browser()];
    const answer = await walkToCallback(second, account);
    await takeBackOpenId(second);
    expect((await deliver(second, answer)).location).toContain("problem=not_recognised");
    expect(await findLinkedAccount(account.id)).toEqual(before);
    expect(await grantsOf(account)).toHaveLength(1);
  });
});

test("every request of Connect asks for openid, even after a withdrawal, because its answer identifies the account", async () => {
  const [browser, account] = [new Browser(), await makeAccount()];
  await deliver(browser, await walkToCallback(browser, account));
  const { id } = (await findLinkedAccount(account.id))!;
  await query(
    `UPDATE connect_account SET granted_scopes = array_remove(granted_scopes, 'openid') WHERE id = $1::uuid`,
    id,
  );
  for (const more of [
    ["scope", "light.read"],
    ["intent", "change"],
    ["intent", "reconnect"],
  ] as const) {
    expect(
      (await startConnecting(browser, Object.fromEntries([["account", String(id)], more]))).searchParams
        .get("scope")!
        .split(" "),
    ).toContain("openid");
  }
});

test("Choose again at Legrand shows the question even if everything was answered before (OpenID Connect Core §3.1.2.1)", async () => {
  const [browser, account] = [new Browser(), await makeAccount()];
  await deliver(browser, await walkToCallback(browser, account));
  const again = await startConnecting(browser);
  expect((await browser.follow(await browser.open(again.href), [callbackUrl()])).location).toContain("code=");
  const choosing = await startConnecting(browser, { intent: "choose" });
  expect(isConsent(await browser.follow(await browser.open(choosing.href), [callbackUrl()]))).toBe(true);
});

test("without a session the account page asks to connect an account first, and shows no account", async () => {
  const page = await new Browser().open("/account");
  expect({ status: page.status, location: page.location }).toEqual({ status: 200, location: null });
  expect(textOf(page.text)).toContain("Connect your Legrand account first");
  expect(page.text).not.toContain("Granted scopes");
});
