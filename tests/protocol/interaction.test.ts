import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";

import {
  authorize,
  authorizeUrl,
  consent,
  isConsent,
  isSignIn,
  openConsent,
  openSignIn,
  signIn,
} from "#tests/factories/authorize.ts";
import { Browser, type Page } from "#tests/factories/browser.ts";
import { redeem } from "#tests/factories/client.ts";
import { sandboxCookie } from "#tests/factories/cookies.ts";
import { end } from "#tests/factories/end.ts";
import { offeredScopes, textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { countArtifacts, findGrant } from "#tests/factories/stored.ts";
import { query } from "#tests/harness/database.ts";

const people = async () => ({ application: await makeApplication(), account: await makeAccount() });
const uidOf = (page: Page) => new URL(page.url).pathname.split("/").at(-1)!;

describe("refuses a form from another site, and stores nothing (OWASP CSRF Cheat Sheet, Verifying origin)", () => {
  test.each([
    ["another origin", { origin: "https://evil.example" }],
    ["our origin with another port", { origin: "http://localhost:1" }],
    ["our origin as a prefix", { origin: "http://localhost.evil.example" }],
    ["a cross-site form", { "sec-fetch-site": "cross-site" }],
    ["a form of a sibling site", { "sec-fetch-site": "same-site" }],
    ["a form of a sandboxed frame", { origin: "null" }],
    ["a form of a sandboxed frame elsewhere", { origin: "null", "sec-fetch-site": "cross-site" }],
  ])("%s", async (_case, headers: Record<string, string>) => {
    const { application, account } = await people();
    const { browser, page } = await openConsent(application, account);
    const answer = await browser.post(
      `${page.url}/consent`,
      { scope: ["topology.read"], decision: "accept" },
      headers,
    );
    expect(answer).toMatchObject({ status: 403, location: null });
    expect(await findGrant(account.id, application.clientId)).toBeNull();
    for (const path of [
      `${page.url}/sign-in`,
      `${page.url}/sign-out`,
      "/connect",
      "/sign-out",
      "/account/disconnect",
    ]) {
      expect(
        (await browser.post(path, { email: account.email, password: account.password }, headers)).status,
      ).toBe(403);
    }
    // The person can still answer the interaction.
    expect((await browser.follow(await consent(browser, page), [application.replyUrl])).location).toContain(
      "code=",
    );
  });

  test("accepts a form with Origin: null from a page of the application, which has no-referrer", async () => {
    const { application, account } = await people();
    const { browser, page } = await openConsent(application, account);
    const answer = await browser.post(
      `${page.url}/consent`,
      { decision: "accept" },
      { origin: "null", "sec-fetch-site": "same-origin" },
    );
    expect(answer.status).toBe(303);
  });
});

describe("another browser cannot answer an interaction", () => {
  test.each([
    ["without cookies", async () => new Browser()],
    ["with an interaction of its own", async () => (await openSignIn(await makeApplication())).browser],
  ])("%s", async (_case, make) => {
    const { application, account } = await people();
    const { page } = await openConsent(application, account);
    const stranger = await make();
    expect(isConsent(await stranger.open(page.url))).toBe(false);
    const answer = await stranger.post(`${page.url}/consent`, {
      scope: ["topology.read", "comfort.read"],
      decision: "accept",
    });
    expect(answer.location).not.toContain("code=");
    expect(
      (await stranger.follow(await stranger.open(page.url.replace("/interaction/", "/authorize/")))).text,
    ).not.toContain("code=");
    expect(await findGrant(account.id, application.clientId)).toBeNull();
  });

  test("with a stolen interaction cookie that lacks its signature", async () => {
    const { application, account } = await people();
    const { browser, page } = await openConsent(application, account);
    const stranger = new Browser();
    stranger.cookies = browser.cookies.filter(({ name }) => !name.endsWith(".sig"));
    await stranger.post(`${page.url}/consent`, { decision: "accept" });
    expect(await findGrant(account.id, application.clientId)).toBeNull();
  });

  test("an unknown interaction shows a page that says so", async () => {
    expect(textOf((await new Browser().open("/legrand/interaction/unknown")).text)).toContain(
      "We do not know this request",
    );
  });
});

describe("prompt=select_account lets the person choose an account (OpenID Connect Core §3.1.2.1)", () => {
  const CHOOSE = { scope: "openid", prompt: "select_account" };

  /** Opens the choice of accounts for a person who is signed in and connected. */
  async function choosing(params: Record<string, string> = CHOOSE) {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { browser } = await authorize({ application, account, scope: "openid" });
    return {
      application,
      account,
      browser,
      page: await browser.follow(await browser.open(authorizeUrl(application, { state: "s", ...params }))),
    };
  }
  const accountOf = async (application: TestApplication, location: string | null) => {
    const { body } = await redeem(application, new URL(location!).searchParams.get("code")!);
    return decodeJwt(String(body.id_token)).sub;
  };

  test("offers the signed-in account, and continues without a password", async () => {
    const { application, account, browser, page } = await choosing();
    expect(textOf(page.text)).toMatch(/Choose an account .*Continue as Alix Test/);
    expect(textOf(page.text)).toContain(account.email);
    const answer = await browser.follow(await browser.post(`${page.url}/continue`, {}), [
      application.replyUrl,
    ]);
    expect(await accountOf(application, answer.location)).toBe(account.id);
  });

  test("lets another person sign in, and answers about them", async () => {
    const { application, browser, page } = await choosing();
    const other = await makeAccount();
    const consentPage = await browser.follow(await signIn(browser, page, other));
    const answer = await browser.follow(await consent(browser, consentPage), [application.replyUrl]);
    expect(await accountOf(application, answer.location)).toBe(other.id);
  });

  test("asks a person who is not signed in to sign in once", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { asked, code, signedIn } = await authorize({
      application,
      account,
      scope: "openid",
      params: { prompt: "select_account" },
    });
    expect([asked, signedIn, code !== ""]).toEqual([[["openid"]], true, true]);
  });

  test("beside prompt=login asks for the password, whichever account is chosen", async () => {
    const { browser, page } = await choosing({ ...CHOOSE, prompt: "login select_account" });
    expect(textOf(page.text)).not.toContain("Choose an account");
    const answer = await browser.post(`${page.url}/continue`, {});
    expect(answer.location).toBe(page.url);
  });

  test("without select_account, the address for continuing does nothing", async () => {
    const { application, account } = await people();
    for (const { browser, page } of [
      await openSignIn(application),
      await openConsent(application, account),
    ]) {
      expect((await browser.post(`${page.url}/continue`, {})).location).toBe(page.url);
    }
    expect(await findGrant(account.id, application.clientId)).toBeNull();
  });

  test.each([
    ["invalid_scope", { scope: "topology.read confort.read" }, ""],
    ["invalid_request", { prompt: "none select_account" }, ""],
    ["unauthorized_client", {}, "suspended"],
  ])("asks for no account if the request is refused: %s", async (error, params, state) => {
    const application = await makeApplication();
    if (state)
      await query(
        `UPDATE legrand_application SET state = 'suspended' WHERE client_id = $1::uuid RETURNING 1 AS done`,
        application.clientId,
      );
    const page = await new Browser().open(authorizeUrl(application, { state: "s", ...CHOOSE, ...params }));
    expect(new URL(page.location!).searchParams.get("error")).toBe(error);
  });
});

describe("consent", () => {
  test.each(["openid", "topology.read comfort.read"])(
    "says how long the access lasts and how to end it, for %s (ASVS 10.7.2)",
    async (scope) => {
      const application = await makeApplication();
      const { page } = await openConsent(application, await makeAccount(), { scope });
      expect(textOf(page.text)).toContain(
        "You can end it at any time under Third-party access . It ends automatically after 90 days without use, and after one year at the latest.",
      );
    },
  );

  test("grants what was ticked, and remembers what was refused", async () => {
    const { application, account } = await people();
    await authorize({ application, account, untick: ["comfort.write"] });
    expect(await findGrant(account.id, application.clientId)).toEqual({
      granted: ["comfort.read", "topology.read"],
      rejected: ["comfort.write"],
    });
  });

  test("never grants a scope that was not requested, not registered or unknown", async () => {
    const { application, account } = await people();
    const { browser, page } = await openConsent(application, account, {
      scope: "topology.read comfort.read",
    });
    await browser.post(`${page.url}/consent`, {
      scope: ["topology.read", "comfort.read", "comfort.write", "light.write", "openid", "root"],
      decision: "accept",
    });
    expect(await findGrant(account.id, application.clientId)).toEqual({
      granted: ["comfort.read", "topology.read"],
      rejected: [],
    });
  });

  test("always grants topology.read, even if the form omits it (Legrand, Scopes)", async () => {
    const { application, account } = await people();
    const { browser, page } = await openConsent(application, account);
    expect(offeredScopes(page.text)).toContainEqual({ name: "topology.read", checked: true, fixed: true });
    await browser.post(`${page.url}/consent`, { decision: "accept" });
    expect(await findGrant(account.id, application.clientId)).toEqual({
      granted: ["topology.read"],
      rejected: ["comfort.read", "comfort.write"],
    });
  });

  test.each([
    ["Deny", "consent"],
    ["a cancelled sign-in", "sign-in"],
  ])("%s stores nothing and tells the application (RFC 6749 §4.1.2.1)", async (_case, stage) => {
    const { application, account } = await people();
    const { browser, page } =
      stage === "consent" ? await openConsent(application, account) : await openSignIn(application);
    const answer = await browser.follow(
      await browser.post(`${page.url}/consent`, { decision: "deny", scope: "comfort.read" }),
      [application.replyUrl],
    );
    expect(new URL(answer.location!).searchParams.get("error")).toBe("access_denied");
    expect(await findGrant(account.id, application.clientId)).toBeNull();
    expect(await countArtifacts(application.clientId)).toBe(0);
  });

  test("a refusal keeps what was granted before", async () => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account, scope: "topology.read" });
    await authorize({ application, account, browser, scope: "topology.read comfort.read", decision: "deny" });
    expect(await findGrant(account.id, application.clientId)).toEqual({
      granted: ["topology.read"],
      rejected: [],
    });
  });

  test("before the sign-in grants nothing", async () => {
    const { application, account } = await people();
    const { browser, page } = await openSignIn(application);
    const answer = await browser.follow(
      await browser.post(`${page.url}/consent`, { scope: ["topology.read"], decision: "accept" }),
      [application.replyUrl],
    );
    expect(answer.location).toBeNull();
    expect(await findGrant(account.id, application.clientId)).toBeNull();
  });

  test("a GET of the form's address changes nothing", async () => {
    const { application, account } = await people();
    const { browser, page } = await openConsent(application, account);
    for (const path of ["consent?decision=accept", "sign-out", "sign-in"])
      expect((await browser.open(`${page.url}/${path}`)).status).toBe(405);
    expect(await findGrant(account.id, application.clientId)).toBeNull();
  });

  test.each([{}, { decision: "maybe" }])("%j is not a decision: the page is shown again", async (form) => {
    const { application, account } = await people();
    const { browser, page } = await openConsent(application, account);
    expect(
      isConsent(
        await browser.follow(await browser.post(`${page.url}/consent`, form as Record<string, string>)),
      ),
    ).toBe(true);
    expect(await findGrant(account.id, application.clientId)).toBeNull();
  });

  test("a double click on Accept reaches the application, and grants once", async () => {
    const { application, account } = await people();
    const { browser, page } = await openConsent(application, account);
    const answers = await Promise.all([consent(browser, page), consent(browser, page)]);
    for (const answer of answers) {
      const last = await browser.follow(answer, [application.replyUrl]);
      expect([200, 303]).toContain(last.status);
      if (last.status === 200) expect(textOf(last.text)).toContain("You have already answered this request");
    }
    const late = await browser.follow(await consent(browser, page), [application.replyUrl]);
    expect(
      late.location?.startsWith(application.replyUrl) || textOf(late.text).includes("already answered"),
    ).toBe(true);
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual([
      "comfort.read",
      "comfort.write",
      "topology.read",
    ]);
  });

  test("the page of an answered interaction says so and shows no form", async () => {
    const { application, account } = await people();
    const { browser, page } = await openConsent(application, account);
    await browser.follow(await consent(browser, page), [application.replyUrl]);
    const again = await browser.open(page.url);
    expect(textOf(again.text)).toContain("You have already answered this request");
    expect(isConsent(again)).toBe(false);
  });

  test("the developer's text is escaped, and nothing in it runs", async () => {
    const evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    const application = await makeApplication({
      name: `N ${evil}`,
      vendor: `V ${evil}`,
      description: `D ${evil}`,
    });
    const { page } = await openConsent(application, await makeAccount());
    expect(page.text).not.toMatch(/<script|<img src=x/i);
    expect(textOf(page.text)).toContain(`N ${evil}`);
  });
});

test("an expired interaction shows a page that says so, and changes nothing", async () => {
  const { application, account } = await people();
  const { browser, page } = await openConsent(application, account);
  await end(uidOf(page));
  for (const answer of [
    await browser.open(page.url),
    await browser.follow(await consent(browser, page), [application.replyUrl]),
  ]) {
    expect(answer.location).toBeNull();
    expect(textOf(answer.text)).toContain("This request has expired");
  }
  expect(await findGrant(account.id, application.clientId)).toBeNull();
});

test("a sign-in at an expired interaction starts no session", async () => {
  const { application, account } = await people();
  const { browser, page } = await openSignIn(application);
  await end(uidOf(page));
  const answer = await browser.follow(await signIn(browser, page, account));
  expect(textOf(answer.text)).toContain("This request has expired");
  expect(
    isSignIn(await browser.follow(await browser.open(authorizeUrl(application, { scope: "openid" })))),
  ).toBe(true);
});

test('"Not you?" ends the session and asks for another sign-in to the same request', async () => {
  const { application, account } = await people();
  const other = await makeAccount();
  const { browser, page } = await openConsent(application, account, { state: "kept" });
  expect(textOf(page.text)).toContain(account.email);
  const again = await browser.follow(await browser.post(`${page.url}/sign-out`, {}));
  expect(isSignIn(again)).toBe(true);
  const second = await browser.follow(await signIn(browser, again, other));
  expect(textOf(second.text)).toContain(other.email);
  const { searchParams } = new URL(
    (await browser.follow(await consent(browser, second), [application.replyUrl])).location!,
  );
  expect(searchParams.get("state")).toBe("kept");
  expect(await findGrant(account.id, application.clientId)).toBeNull();
  expect(await findGrant(other.id, application.clientId)).not.toBeNull();
});

describe("prompt and max_age (OpenID Connect Core §3.1.2.1)", () => {
  const errorOf = (page: Page) => new URL(page.location!).searchParams.get("error");

  test("prompt=none without a session is login_required, and shows nothing", async () => {
    const { application } = await people();
    expect(errorOf(await new Browser().open(authorizeUrl(application, { prompt: "none" })))).toBe(
      "login_required",
    );
  });

  test("prompt=none with a session and without consent is consent_required", async () => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account });
    expect(errorOf(await browser.open(authorizeUrl(await makeApplication(), { prompt: "none" })))).toBe(
      "consent_required",
    );
  });

  test("prompt=none with session and consent answers at once", async () => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account });
    expect((await browser.open(authorizeUrl(application, { prompt: "none" }))).location).toContain("code=");
  });

  test("prompt=consent asks again for all scopes, including refused ones", async () => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account, untick: ["comfort.write"] });
    const { asked, signedIn } = await authorize({
      application,
      account,
      browser,
      params: { prompt: "consent" },
    });
    expect(signedIn).toBe(false);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("comfort.write");
    expect((await findGrant(account.id, application.clientId))!.rejected).toEqual([]);
  });

  test.each([
    ["prompt", "login"],
    ["max_age", "0"],
  ])("%s=%s asks for the password again", async (name, value) => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account, scope: "openid topology.read" });
    const { signedIn, asked, code } = await authorize({
      application,
      account,
      browser,
      scope: "openid topology.read",
      params: { [name]: value },
    });
    expect({ signedIn, asked }).toEqual({ signedIn: true, asked: [] });
    expect(code).not.toBe("");
  });

  test.each([
    ["prompt", "login"],
    ["max_age", "0"],
  ])(
    "%s=%s with another account asks that account, and does not use the first one's grant",
    async (name, value) => {
      const { application, account } = await people();
      const { browser } = await authorize({ application, account });
      const other = await makeAccount();
      const { signedIn, asked } = await authorize({
        application,
        account: other,
        browser,
        scope: "openid",
        params: { [name]: value },
      });
      expect(signedIn).toBe(true);
      expect(asked).toHaveLength(1);
      expect(await findGrant(other.id, application.clientId)).not.toBeNull();
    },
  );

  test("login_hint fills in the e-mail address", async () => {
    const { page } = await openSignIn(await makeApplication(), { login_hint: "hint@example.com" });
    expect(page.text).toContain('value="hint@example.com"');
  });
});

describe("a person who comes back", () => {
  test("with a live session and the same scopes gets no question", async () => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account });
    expect(await authorize({ application, account, browser })).toMatchObject({ signedIn: false, asked: [] });
  });

  test("with fewer scopes gets no question, and the tokens have the fewer scopes", async () => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account });
    expect(await authorize({ application, account, browser, scope: "topology.read" })).toMatchObject({
      asked: [],
    });
  });

  test("with more scopes is asked only for the new ones, and the others are shown as already allowed", async () => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account, scope: "topology.read comfort.read" });
    const { page } = await openConsent(
      application,
      account,
      { scope: "topology.read comfort.read comfort.write" },
      browser,
    );
    expect(offeredScopes(page.text).map(({ name }) => name)).toEqual(["comfort.write"]);
    expect(textOf(page.text)).toContain("Already allowed (2)");
    await browser.follow(await consent(browser, page), [application.replyUrl]);
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual([
      "comfort.read",
      "comfort.write",
      "topology.read",
    ]);
  });

  test("is not asked again for a refused scope until the application insists", async () => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account, untick: ["comfort.write"] });
    expect(await authorize({ application, account, browser })).toMatchObject({ asked: [] });
  });

  test("is asked at another application", async () => {
    const { application, account } = await people();
    const { browser } = await authorize({ application, account });
    expect((await authorize({ application: await makeApplication(), account, browser })).asked).toHaveLength(
      1,
    );
  });

  test("signs in in another browser, and is not asked again", async () => {
    const { application, account } = await people();
    await authorize({ application, account });
    expect(await authorize({ application, account })).toMatchObject({ signedIn: true, asked: [] });
  });
});

test("the session id changes at every sign-in (session fixation, OWASP ASVS 5.0, 7.2.4)", async () => {
  const { application, account } = await people();
  const { browser } = await authorize({ application, account });
  const before = browser.cookie(sandboxCookie("session"));
  await authorize({ application, account, browser, params: { prompt: "login" } });
  expect(browser.cookie(sandboxCookie("session"))).not.toBe(before);
});

test("the cookies of the sandbox are HttpOnly, SameSite=Lax and limited to /legrand", async () => {
  const { application } = await people();
  const { headers } = await new Browser().open(authorizeUrl(application));
  const lines = headers.getSetCookie();
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines)
    expect(line.toLowerCase()).toMatch(/(?=.*httponly)(?=.*samesite=lax)(?=.*path=\/legrand)/);
});

test("if the application is deleted while a person decides, the page says that the request is closed", async () => {
  const [application, account] = [await makeApplication(), await makeAccount()];
  const { browser, page } = await openConsent(application, account);
  await query(
    `DELETE FROM legrand_application WHERE client_id = $1::uuid RETURNING 1 AS done`,
    application.clientId,
  );
  const answer = await consent(browser, page);
  expect([answer.status, answer.location]).toEqual([303, page.url]);
  expect((await browser.open(page.url)).text).toContain("Request closed");
});
