import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { authorize, openConsent } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import {
  callApi,
  callUserinfo,
  connect,
  isActive,
  postForm,
  redeem,
  refresh,
  type Tokens,
} from "#tests/factories/client.ts";
import { end } from "#tests/factories/end.ts";
import { readHome, thermostatPath } from "#tests/factories/homes.ts";
import { offeredScopes, textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { makeGrantOf } from "#tests/factories/make-grant-of.ts";
import { readMails, signInToPortal } from "#tests/factories/portal.ts";
import { countArtifacts, findGrant } from "#tests/factories/stored.ts";
import { digest } from "#lib/crypto/digest.ts";
import { query } from "#tests/harness/database.ts";

const PAGE = "/legrand/third-party-access";
const removeFrom = (browser: Browser, clientId: string, headers: Record<string, string> = {}) =>
  browser.post(`${PAGE}/${clientId}/remove/submit`, {}, headers);
const takeBackFrom = (
  browser: Browser,
  clientId: string,
  scope: string,
  headers: Record<string, string> = {},
) => browser.post(`${PAGE}/${clientId}/take-back`, { scope }, headers);
const REFUSED = { status: 400, body: { error: "invalid_grant" } };

describe("the page lists every application with access (portal, Third-party access)", () => {
  test("with its vendor, its web site, the labels of the granted scopes, the start and the last use", async () => {
    const { browser, application, tokens } = await connect();
    const before = textOf((await browser.open(PAGE)).text);
    for (const words of [
      application.name,
      "Made by Thermo Ltd",
      "thermo.example",
      "See temperature and humidity",
      "Access granted just now",
      "never used",
    ])
      expect(before).toContain(words);
    expect(before).not.toContain("Change your heating");
    await callApi(tokens.access_token);
    expect(textOf((await browser.open(PAGE)).text)).toContain("last used just now");
  });

  test("with the end of the access, at most a year after the latest consent, and with an access that has ended by itself (decision 34)", async () => {
    const { browser, application, tokens } = await connect();
    expect(textOf((await browser.open(PAGE)).text)).toContain("The access ends in 12 months at the latest.");
    await query(
      `UPDATE legrand_artifact SET payload = jsonb_set(payload, '{iiat}', to_jsonb(extract(epoch FROM now())::bigint - 300 * 86400)) WHERE digest = $1 RETURNING 1 AS done`,
      digest(tokens.refresh_token),
    );
    const renewed = String((await refresh(application, tokens.refresh_token)).body.refresh_token);
    expect(textOf((await browser.open(PAGE)).text)).toContain("The access ends in 65 days at the latest.");
    await end(renewed);
    const page = textOf((await browser.open(PAGE)).text);
    for (const words of [
      "Access granted just now",
      "The access has expired. To continue, the application has to send you here again.",
    ])
      expect(page).toContain(words);
  });

  test("with the end of the access by a used refresh token, as long as the application chose former tokens (decision 18)", async () => {
    const { browser, application, tokens } = await connect();
    const choose = (policy: string) =>
      query(
        `UPDATE legrand_application SET refresh_policy = $2::text::legrand_refresh_policy WHERE client_id = $1::uuid`,
        application.clientId,
        policy,
      );
    await choose("former");
    const { body } = await refresh(application, tokens.refresh_token);
    await end(String(body.refresh_token));
    expect(textOf((await browser.open(PAGE)).text)).toContain("The access ends in 12 months at the latest.");
    expect((await refresh(application, tokens.refresh_token)).status, "the used token works").toBe(200);
    await query(
      `UPDATE legrand_artifact SET expires_at = now() WHERE grant_id = (SELECT id FROM legrand_grant WHERE client_id = $1::uuid) AND consumed_at IS NULL AND kind = 'RefreshToken'`,
      application.clientId,
    );
    await choose("overlap");
    expect(textOf((await browser.open(PAGE)).text)).toContain("The access has expired.");
  });

  test("only the person's own; a suspended one says so, and an empty page explains what would be listed", async () => {
    const { application } = await connect();
    const other = await connect();
    await query(
      `UPDATE legrand_application SET state = 'suspended' WHERE client_id = $1::uuid`,
      other.application.clientId,
    );
    const page = textOf((await other.browser.open(PAGE)).text);
    expect(page).not.toContain(application.name);
    expect(page).toContain("Suspended");
    const { browser } = await signInToPortal();
    expect(textOf((await browser.open(PAGE)).text)).toContain("No application has access to your home");
  });

  test("twenty on a page, the rest on further pages, each once", async () => {
    const { browser, account } = await signInToPortal();
    const applications = await Promise.all(
      Array.from({ length: 23 }, (_, index) =>
        makeGrantOf(account.id, { name: `Paged ${String(index).padStart(2, "0")}`, ageSeconds: index * 60 }),
      ),
    );
    const first = await browser.open(PAGE);
    const next = /href="([^"]*\?before=[^"]*)"/.exec(first.text)![1]!.replaceAll("&amp;", "&");
    const second = await browser.open(next);
    const seen = [first, second].flatMap(({ text }) =>
      [...text.matchAll(/<h2 id="name-([\w-]+)"/g)].map(([, id]) => id),
    );
    expect(seen).toEqual(applications.map(({ clientId }) => clientId));
    expect(/href="[^"]*\?before=/.test(second.text)).toBe(false);
  });

  test("writes a last use at most once a minute, for API calls, refreshes and userinfo", async () => {
    const { account, tokens, application } = await connect();
    const at = async () =>
      (
        await query<{ at: string | null }>(
          `SELECT last_used_at AS at FROM legrand_grant WHERE account_id = $1::uuid`,
          account.id,
        )
      )[0]!.at;
    const age = (seconds: number) =>
      query(
        `UPDATE legrand_grant SET last_used_at = now() - make_interval(secs => $2::float8) WHERE account_id = $1::uuid RETURNING 1 AS done`,
        account.id,
        seconds,
      );
    let current: Pick<Tokens, "access_token" | "refresh_token"> = tokens;
    const renew = async () => {
      const answer = await refresh(application, current.refresh_token);
      current = answer.body as Tokens;
      return answer;
    };
    expect(await at()).toBeNull();
    for (const use of [
      () => callApi(current.access_token),
      () => callUserinfo(current.access_token),
      renew,
    ]) {
      await age(40);
      const recent = await at();
      expect((await use()).status).toBe(200);
      expect(await at(), "within the minute").toBe(recent);
      await age(65);
      expect((await use()).status).toBe(200);
      expect(Date.now() - Date.parse((await at())!), "after the minute").toBeLessThan(30_000);
    }
  });
});

describe("Remove access", () => {
  test("asks first, and says what will happen", async () => {
    const { browser, application, tokens } = await connect();
    const page = await browser.open(`${PAGE}/${application.clientId}/remove`);
    expect(page.status).toBe(200);
    for (const words of [`Remove access for ${application.name}?`, "Remove access", "Keep access"])
      expect(textOf(page.text)).toContain(words);
    expect((await callApi(tokens.access_token)).status).toBe(200);
  });

  test("ends the grant and every token at once: the next API call is 401, the next refresh invalid_grant, and a code is refused", async () => {
    const { browser, account, application, tokens } = await connect();
    const { code } = await authorize({ application, account, browser });
    const answer = await removeFrom(browser, application.clientId);
    expect(answer).toMatchObject({
      status: 303,
      location: expect.stringMatching(/\/legrand\/third-party-access$/) as string,
    });
    expect((await callApi(tokens.access_token)).status).toBe(401);
    expect((await callUserinfo(tokens.access_token)).status).toBe(401);
    expect(await isActive(application, tokens.access_token)).toBe(false);
    expect(await refresh(application, tokens.refresh_token)).toMatchObject(REFUSED);
    expect(await redeem(application, code)).toMatchObject(REFUSED);
    expect(await countArtifacts(application.clientId)).toBe(0);
    const page = textOf((await browser.open(PAGE)).text);
    expect(page).toContain(`${application.name} no longer has access.`);
    expect(page).toContain("No application has access to your home");
  });

  test("does not affect the person's other applications or other people's access, and the application has to ask as if for the first time", async () => {
    const { browser, account, application } = await connect();
    const other = await makeApplication();
    const theirs = (await redeem(other, (await authorize({ application: other, account, browser })).code))
      .body;
    const stranger = await makeAccount();
    const strangers = (await redeem(application, (await authorize({ application, account: stranger })).code))
      .body;
    await removeFrom(browser, application.clientId);
    expect((await callApi(String(theirs.access_token))).status).toBe(200);
    expect((await callApi(String(strangers.access_token))).status).toBe(200);
    expect(
      (await authorize({ application, account, browser, scope: "topology.read comfort.read" })).asked,
    ).toEqual([["topology.read", "comfort.read"]]);
  });

  test("during refreshes and consents causes no deadlock, and no token survives it", async () => {
    for (let round = 0; round < 4; round++) {
      const { browser, account, application, tokens } = await connect();
      const { browser: second, page } = await openConsent(
        application,
        account,
        { prompt: "consent", scope: "topology.read comfort.write" },
        browser,
      );
      const [removal, ...others] = await Promise.all([
        removeFrom(browser, application.clientId),
        refresh(application, tokens.refresh_token),
        refresh(application, tokens.refresh_token),
        callApi(tokens.access_token),
        second.post(`${page.url}/consent`, { scope: ["topology.read"], decision: "accept" }),
      ]);
      expect(removal.status).toBe(303);
      expect(others.filter(({ status }) => status >= 500)).toEqual([]);
      const renewed = others
        .slice(0, 2)
        .map((answer) => String((answer as { body: Record<string, unknown> }).body.access_token));
      for (const token of [tokens.access_token, ...renewed]) expect((await callApi(token)).status).toBe(401);
      // A consent that came after the removal made a new grant, but it has no token from before.
      const [row] = await query<{ count: number }>(
        `SELECT count(*)::int AS count FROM legrand_artifact WHERE kind IN ('AccessToken', 'RefreshToken') AND payload->>'accountId' = $1`,
        account.id,
      );
      expect(row!.count).toBe(0);
    }
  });
});

describe("Take back, for one scope", () => {
  test("applies to API calls at once, and to every token from the next one on", async () => {
    const { browser, account, application, tokens } = await connect();
    const path = thermostatPath(await readHome(account.id));
    expect((await callApi(tokens.access_token, path)).status).toBe(200);
    const answer = await takeBackFrom(browser, application.clientId, "comfort.read");
    expect(answer).toMatchObject({ status: 303 });
    const refused = await callApi(tokens.access_token, path);
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="comfort.read"',
    ]);
    expect((await callApi(tokens.access_token)).status, "an operation of another scope").toBe(200);
    expect((await refresh(application, tokens.refresh_token)).body.scope).toBe("openid topology.read");
    expect(await findGrant(account.id, application.clientId)).toEqual({
      granted: ["openid", "topology.read"],
      rejected: ["comfort.read"],
    });
    expect(textOf((await browser.open(PAGE)).text)).toContain("You took back “See temperature and humidity”");
  });

  test("for openid ends all identity claims: userinfo with the old token is refused, and a refresh has no id_token (OpenID Connect Core §3.1.2.1)", async () => {
    const { browser, application, tokens } = await connect({
      scope: "openid profile topology.read",
      scopes: ["profile", "topology.read"],
    });
    await takeBackFrom(browser, application.clientId, "openid");
    const answer = await callUserinfo(tokens.access_token);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
    const { body } = await refresh(application, tokens.refresh_token);
    expect(body).toMatchObject({ scope: "profile topology.read" });
    expect(body).not.toHaveProperty("id_token");
  });

  test("introspection and a replayed refresh no longer list a withdrawn scope (RFC 7662 §2.2)", async () => {
    const { browser, application, tokens } = await connect();
    const { body } = await refresh(application, tokens.refresh_token);
    for (const scope of ["comfort.read", "openid"]) await takeBackFrom(browser, application.clientId, scope);
    const { clientId: client_id, clientSecret: client_secret } = application;
    expect(
      (await postForm("/introspect", { client_id, client_secret, token: tokens.access_token })).body,
    ).toMatchObject({ active: true, scope: "topology.read" });
    const again = await refresh(application, tokens.refresh_token);
    expect(again.body).toMatchObject({ access_token: body.access_token, scope: "topology.read" });
    expect(again.body).not.toHaveProperty("id_token");
  });

  test("a sign-in does not restore the scope; the person is asked again only if the application insists (prompt=consent)", async () => {
    const { browser, account, application } = await connect();
    await takeBackFrom(browser, application.clientId, "comfort.read");
    const scope = "openid topology.read comfort.read";
    const silent = await authorize({ application, account, browser, scope });
    expect(silent.asked).toEqual([]);
    expect((await redeem(application, silent.code)).body.scope).toBe("openid topology.read");
    const { browser: asking, page } = await openConsent(
      application,
      account,
      { scope, prompt: "consent" },
      browser,
    );
    expect(offeredScopes(page.text)).toEqual([{ name: "comfort.read", checked: true, fixed: false }]);
    await asking.post(`${page.url}/consent`, { decision: "deny" });
  });

  test("refuses topology.read, which ends with the whole access only, and unknown scopes, and changes nothing", async () => {
    const { browser, account, application } = await connect();
    for (const scope of ["topology.read", "nonsense", ""])
      expect((await takeBackFrom(browser, application.clientId, scope)).status).toBe(422);
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual([
      "comfort.read",
      "openid",
      "topology.read",
    ]);
  });

  test("taking a scope back twice equals once, and a scope that was not granted is not recorded", async () => {
    const { browser, account, application } = await connect();
    for (const scope of ["comfort.read", "comfort.read", "light.read"])
      expect((await takeBackFrom(browser, application.clientId, scope)).status).toBe(303);
    expect(await findGrant(account.id, application.clientId)).toEqual({
      granted: ["openid", "topology.read"],
      rejected: ["comfort.read"],
    });
  });
});

describe("refused requests change nothing", () => {
  test("without a session the page and its forms redirect to the sign-in page", async () => {
    const { application, tokens } = await connect();
    const stranger = new Browser();
    for (const page of [PAGE, `${PAGE}/${application.clientId}/remove`])
      expect((await stranger.open(page)).location).toContain("/legrand/sign-in?return_to=");
    expect((await removeFrom(stranger, application.clientId)).location).toContain("/legrand/sign-in");
    expect((await takeBackFrom(stranger, application.clientId, "comfort.read")).location).toContain(
      "/legrand/sign-in",
    );
    expect((await callApi(tokens.access_token)).status).toBe(200);
  });

  test.each([{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }])(
    "a form from another site is refused: %o",
    async (headers) => {
      const { browser, account, application } = await connect();
      expect(
        (await removeFrom(browser, application.clientId, headers as unknown as Record<string, string>))
          .status,
      ).toBe(403);
      expect(
        (
          await takeBackFrom(
            browser,
            application.clientId,
            "comfort.read",
            headers as unknown as Record<string, string>,
          )
        ).status,
      ).toBe(403);
      expect((await findGrant(account.id, application.clientId))!.granted).toContain("comfort.read");
    },
  );

  test("another person's access answers as an unknown one", async () => {
    const { application, account } = await connect();
    const { browser } = await signInToPortal();
    const answers = async (clientId: string) =>
      [
        await removeFrom(browser, clientId),
        await takeBackFrom(browser, clientId, "comfort.read"),
        await browser.open(`${PAGE}/${clientId}/remove`),
      ].map(({ status, text }) => ({ status, text: text.replaceAll(clientId, "") }));
    const theirs = await answers(application.clientId);
    expect(theirs.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(theirs.slice(0, 2)).toEqual((await answers(randomUUID())).slice(0, 2));
    expect((await answers("no-uuid")).map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await findGrant(account.id, application.clientId)).not.toBeNull();
  });
});

describe("mail: the person is informed of every access that begins, changes or ends (decision 19)", () => {
  test("once when an application gets access, with who, what and where to revoke it", async () => {
    const [application, account] = [
      await makeApplication({ name: "Thermo", vendor: "Dana’s Devices" }),
      await makeAccount(),
    ];
    const { browser } = await authorize({ application, account, scope: "topology.read comfort.read" });
    // Asking for the same again changes nothing.
    await authorize({
      application,
      account,
      browser,
      scope: "topology.read comfort.read",
      params: { prompt: "consent" },
    });
    await removeFrom(browser, application.clientId);
    const [given, ended, ...more] = await readMails(account.email, 2);
    expect(more).toEqual([]);
    expect(given!.subject).toBe("Thermo has access to your Legrand home");
    for (const words of ["Made by: Dana’s Devices", "See temperature and humidity", `${PAGE}`, "UTC"])
      expect(given!.text).toContain(words);
    expect(given!.text).not.toContain("Change your heating");
    expect(ended!.text).toContain("You removed the access of Thermo");
  });

  test.each(["refresh_token", "access_token"] as const)(
    "when an application revokes its %s, which ends its access, the mail names the application as the cause (decision 4)",
    async (which) => {
      const { application, account, browser, tokens } = await connect();
      const credentials = { client_id: application.clientId, client_secret: application.clientSecret };
      // Revokes both tokens, as a client does that deletes everything. The person gets one mail.
      for (const token of [tokens[which], tokens.access_token, tokens.refresh_token])
        await postForm("/revoke", { ...credentials, token });
      expect(await findGrant(account.id, application.clientId)).toBeNull();
      expect(textOf((await browser.open(PAGE)).text)).toContain("No application has access");
      const mails = await readMails(account.email, 2);
      expect(mails.map(({ subject }) => subject)).toEqual([
        `${application.name} has access to your Legrand home`,
        `${application.name} no longer has access to your Legrand home`,
      ]);
      expect(mails[1]!.text).toContain(`${application.name} ended its access`);
    },
  );

  test("when a code is used twice, which ends the access, the mail names Legrand as the cause", async () => {
    const { application, account, code } = await connect();
    await redeem(application, code);
    const mails = await readMails(account.email, 2);
    expect(mails[1]!.text).toContain(`We ended the access of ${application.name}`);
  });

  const [READ, WRITE] = ["– See temperature and humidity", "– Change your heating"];
  /** Returns the mails to that person by subject. They are written after the answer, in any order. */
  async function mailsTo({ email }: { email: string }, count: number) {
    const mails = await readMails(email, count);
    expect(mails).toHaveLength(count);
    return Object.fromEntries(mails.map(({ subject, text }) => [subject, text]));
  }
  const NOT_YOU = "If it was not you, do so now and change your password.";

  test("when access is widened, narrowed or exchanged: what the application may do now, and no longer", async () => {
    const [application, account] = [await makeApplication({ name: "Thermo" }), await makeAccount()];
    const { browser } = await authorize({ application, account, scope: "topology.read comfort.read" });
    await authorize({ application, account, browser, scope: "topology.read comfort.read comfort.write" });
    const review = { params: { grant_management_action: "replace" } };
    await authorize({
      application,
      account,
      browser,
      scope: "topology.read comfort.read comfort.write",
      untick: ["comfort.read"],
      ...review,
    });
    await authorize({
      application,
      account,
      browser,
      scope: "topology.read comfort.read comfort.write",
      untick: ["comfort.write"],
      ...review,
    });
    const mails = await mailsTo(account, 4);
    const [wider, narrower, other] = [
      "Thermo has more access to your Legrand home",
      "Thermo has less access to your Legrand home",
      "The access of Thermo to your Legrand home has changed",
    ].map((subject) => mails[subject]);
    expect(wider).toContain(`It can now also:\n${WRITE}`);
    expect(wider).not.toContain(READ);
    expect(narrower).toContain(`It can no longer:\n${READ}`);
    expect(narrower).not.toContain(WRITE);
    expect(other).toMatch(
      /It can now also:\n– See temperature and humidity.*It can no longer:\n– Change your heating/s,
    );
    for (const text of [wider, narrower, other])
      for (const words of [
        "You changed what Thermo may do with your Legrand home.",
        "Made by: Thermo Ltd",
        "UTC",
        PAGE,
        NOT_YOU,
      ])
        expect(text).toContain(words);
  });

  test("when a scope is taken back, once, however often it is requested", async () => {
    const { application, account, browser } = await connect();
    for (let round = 0; round < 2; round++) await takeBackFrom(browser, application.clientId, "comfort.read");
    await removeFrom(browser, application.clientId);
    const taken = (await mailsTo(account, 3))[`${application.name} has less access to your Legrand home`];
    for (const words of [
      `You took back part of the access of ${application.name}`,
      `It can no longer:\n${READ}`,
      NOT_YOU,
    ])
      expect(taken).toContain(words);
  });

  test("when the developer removes a scope, once, at the refresh that loses it", async () => {
    const { application, account, tokens } = await connect();
    await query(
      `DELETE FROM legrand_requested_scope WHERE client_id = $1::uuid AND scope = 'comfort.read' RETURNING 1 AS done`,
      application.clientId,
    );
    const { body } = await refresh(application, tokens.refresh_token);
    await refresh(application, String(body.refresh_token));
    const mails = await mailsTo(account, 2);
    expect(mails[`${application.name} has less access to your Legrand home`]).toContain(
      "its developer no longer asks for it.",
    );
  });

  test("not for a refusal", async () => {
    const { application, account, browser } = await connect();
    await authorize({ application: await makeApplication(), account, browser, decision: "deny" });
    await removeFrom(browser, application.clientId);
    expect(await readMails(account.email, 2)).toHaveLength(2);
  });
});
