import { describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { issuer } from "#tests/factories/client.ts";
import { callbackUrl, deliver, findLinkedAccount, startConnecting, walkToCallback } from "#tests/factories/connect-client.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { query } from "#tests/harness/database.ts";
import { anyString } from "#tests/factories/matchers.ts";

/** Asserts that Connect sent the person to a page that says this, signed nobody in and stored nothing. */
async function expectRefused(browser: Browser, account: TestAccount, answer: URL | string, problem: string): Promise<void> {
  const { status, location } = await deliver(browser, answer);
  expect({ status, location }).toEqual({ status: 303, location: `${testOrigin()}/connection-error?problem=${problem}` });
  expect(await findLinkedAccount(account.id)).toBeUndefined();
  expect(browser.cookie("authjs.session-token")).toBeUndefined();
  const page = await browser.open(location!);
  expect(page.status).toBe(200);
  expect(textOf(page.text)).toContain("Nothing that was stored has changed");
}

/** An answer that is ready to be delivered, and may be tampered with. */
async function answerFor(change: (parameters: URLSearchParams) => void | Promise<void>) {
  const [browser, account] = [new Browser(), await makeAccount()];
  const answer = await walkToCallback(browser, account);
  await change(answer.searchParams);
  return { browser, account, answer };
}

test("the answer to this browser's request connects, with tokens, scopes and times", async () => {
  const { browser, account, answer } = await answerFor(() => {});
  expect((await deliver(browser, answer)).location).toBe(`${testOrigin()}/account`);
  const row = (await findLinkedAccount(account.id))!;
  expect(row).toMatchObject({ provider: "legrand", state: "connected", email: account.email, token_type: anyString });
  expect([...(row.granted_scopes as string[])].sort()).toEqual(["comfort.read", "comfort.write", "email", "openid", "profile", "topology.read"]);
  expect(Math.abs(Date.parse(String(row.access_token_expires_at)) - Date.now() - 3_600_000)).toBeLessThan(60_000);
  const page = textOf((await browser.open("/account")).text);
  expect(page).toContain(account.email);
});

describe("a callback that this browser did not ask for is refused (RFC 6749 §10.12, RFC 9207 §2.4)", () => {
  test.each([
    ["without state", "stale", (parameters: URLSearchParams) => parameters.delete("state")],
    ["with an invented state", "stale", (parameters: URLSearchParams) => parameters.set("state", "x".repeat(43))],
    ["with an empty state", "stale", (parameters: URLSearchParams) => parameters.set("state", "")],
    ["with another browser's state", "stale", async (parameters: URLSearchParams) => parameters.set("state", (await startConnecting(new Browser())).searchParams.get("state")!)],
    ["from another issuer", "wrong_issuer", (parameters: URLSearchParams) => parameters.set("iss", "https://evil.example")],
    ["from the issuer with a slash more", "wrong_issuer", (parameters: URLSearchParams) => parameters.set("iss", `${issuer()}/`)],
    ["without iss, though the metadata promises it", "wrong_issuer", (parameters: URLSearchParams) => parameters.delete("iss")],
    ["with an invented code", "code", (parameters: URLSearchParams) => parameters.set("code", "x".repeat(43))],
  ])("%s", async (_case, problem, change) => {
    const { browser, account, answer } = await answerFor(change);
    await expectRefused(browser, account, answer, problem);
  });

  test("in a browser that never began (login CSRF)", async () => {
    const { account, answer } = await answerFor(() => {});
    await expectRefused(new Browser(), account, answer, "stale");
  });

  test("with another person's whole answer in a browser that began its own (login CSRF)", async () => {
    const { account, answer } = await answerFor(() => {});
    const victim = new Browser();
    await startConnecting(victim);
    await expectRefused(victim, account, answer, "stale");
  });

  test("with a code that was made for another application", async () => {
    const [application, stranger] = [await makeApplication(), await makeAccount()];
    const { code } = await authorize({ application, account: stranger });
    const { browser, account, answer } = await answerFor((parameters) => parameters.set("code", code));
    await expectRefused(browser, account, answer, "code");
  });

  test("with a code of another person's request to Connect: PKCE ties it to its browser (RFC 7636)", async () => {
    const other = await answerFor(() => {});
    const { browser, account, answer } = await answerFor((parameters) => parameters.set("code", other.answer.searchParams.get("code")!));
    await expectRefused(browser, account, answer, "code");
    expect(await findLinkedAccount(other.account.id)).toBeUndefined();
  });
});

describe("an error of the authorization server", () => {
  test("Deny lands on a page that says so", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    await expectRefused(browser, account, await walkToCallback(browser, account, { decision: "deny" }), "denied");
  });

  test("another error is told apart from Deny", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const state = (await startConnecting(browser)).searchParams.get("state")!;
    const answer = `${callbackUrl()}?${new URLSearchParams({ error: "invalid_scope", state, iss: issuer() })}`;
    await expectRefused(browser, account, answer, "refused_by_legrand");
  });

  test("its description is shown nowhere: who writes the address would write our page", async () => {
    const browser = new Browser();
    const state = (await startConnecting(browser)).searchParams.get("state")!;
    const { location } = await deliver(browser, `${callbackUrl()}?${new URLSearchParams({ error: "access_denied", error_description: "<b>call 555-0100</b>", state, iss: issuer() })}`);
    expect((await browser.open(location!)).text).not.toContain("555-0100");
  });

  test.each(["", "?problem=nonsense", "?problem=<script>alert(1)</script>", "?problem=__proto__", "?error=Configuration", "?problem=denied&problem=stale"])(
    "the page itself bears any address: %s", async (query) => {
      const page = await new Browser().open(`/connection-error${query}`);
      expect(page.status).toBeLessThan(500);
      expect(page.text).not.toContain("<script>alert(1)");
    });
});

test("an answer is taken once: delivered again it changes nothing", async () => {
  const { browser, account, answer } = await answerFor(() => {});
  await deliver(browser, answer);
  const before = await findLinkedAccount(account.id);
  expect((await deliver(browser, answer)).location).toContain("/connection-error?problem=");
  expect(await findLinkedAccount(account.id)).toEqual(before);
});

test("connecting again stores the new tokens, scopes and times at the same account", async () => {
  const account = await makeAccount();
  const [first, second] = [new Browser(), new Browser()];
  await deliver(first, await walkToCallback(first, account, { untick: ["comfort.write"] }));
  const before = (await findLinkedAccount(account.id))!;
  await deliver(second, await walkToCallback(second, account));
  const after = (await findLinkedAccount(account.id))!;
  expect(after.id).toBe(before.id);
  expect(after.access_token).not.toBe(before.access_token);
  expect(after.refresh_token).not.toBe(before.refresh_token);
});

test("two Legrand accounts with one e-mail address are two users: an address is no identity", async () => {
  const [one, two] = [await makeAccount(), await makeAccount()];
  const browsers = [new Browser(), new Browser()];
  await deliver(browsers[0]!, await walkToCallback(browsers[0]!, one));
  await query(`UPDATE connect_user SET email = $1 WHERE email = $2`, two.email, one.email);
  await deliver(browsers[1]!, await walkToCallback(browsers[1]!, two));
  expect((await findLinkedAccount(one.id))!.user_id).not.toBe((await findLinkedAccount(two.id))!.user_id);
});

describe("a connection that is not stored leaves no access at Legrand (RFC 7009)", () => {
  const grantsOf = ({ id }: TestAccount) => query(`SELECT granted_scopes FROM legrand_grant WHERE account_id = $1::uuid`, id);
  const takeBackOpenId = (browser: Browser) => browser.post("/legrand/third-party-access/c0e2d1f4-6b7a-4f0e-9d3c-5a8b1e2f7c60/take-back", { scope: "openid" });

  test("\"Recognise you\" taken back before the code is redeemed: refused, revoked, and the page leads to Legrand's question", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const answer = await walkToCallback(browser, account);
    await takeBackOpenId(browser);
    await expectRefused(browser, account, answer, "not_recognised");
    expect(await grantsOf(account)).toEqual([]);
    expect(textOf((await browser.open("/connection-error?problem=not_recognised")).text)).toContain("Choose again at Legrand");
    await deliver(browser, await walkToCallback(browser, account, { form: { intent: "choose" } }));
    expect(await findLinkedAccount(account.id)).toMatchObject({ state: "connected" });
  });

  test("of an account that is connected here the new tokens are dropped: a revocation would end the access that is stored", async () => {
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

test("whatever was taken back, a request of Connect asks for openid: without it the answer would belong to nobody", async () => {
  const [browser, account] = [new Browser(), await makeAccount()];
  await deliver(browser, await walkToCallback(browser, account));
  const { id } = (await findLinkedAccount(account.id))!;
  await query(`UPDATE connect_account SET granted_scopes = array_remove(granted_scopes, 'openid') WHERE id = $1::uuid`, id);
  for (const more of [["scope", "light.read"], ["intent", "change"], ["intent", "reconnect"]] as const) {
    expect((await startConnecting(browser, Object.fromEntries([["account", String(id)], more]))).searchParams.get("scope")!.split(" ")).toContain("openid");
  }
});

test("Choose again at Legrand shows the question, also where everything was answered before (OpenID Connect Core §3.1.2.1)", async () => {
  expect((await startConnecting(new Browser(), { intent: "choose" })).searchParams.get("prompt")).toBe("consent");
});

test("without a session the account page says that an account has to be connected first, and shows nobody's", async () => {
  const page = await new Browser().open("/account");
  expect({ status: page.status, location: page.location }).toEqual({ status: 200, location: null });
  expect(textOf(page.text)).toContain("Connect your Legrand account first");
  expect(page.text).not.toContain("Granted scopes");
});
