import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, describe, expect, test } from "vitest";

import { authorize, isConsent, isSignIn, openSignIn, signIn } from "#tests/factories/authorize.ts";
import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { callApi, connect, issuer, postForm } from "#tests/factories/client.ts";
import { deliver, walkToCallback } from "#tests/factories/connect-client.ts";
import { sandboxCookie } from "#tests/factories/cookies.ts";
import { elsewhere, type AnswerElsewhere } from "#tests/factories/elsewhere.ts";
import { readHome } from "#tests/factories/homes.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { rawRequest, statusOf } from "#tests/factories/raw-request.ts";
import { subscriptionKey } from "#tests/factories/subscription-key.ts";
import { query } from "#tests/harness/database.ts";

// Configured as in a container behind a trusted proxy.
const server = ownServer(() => ({ HOST: "0.0.0.0", TRUST_PROXY: "true", LOG_REQUESTS: "true" }));

const ID = "2026-11-23T03-57-48.189Z-5Tu5SxB7";
/**
 * Headers with which a caller claims what the server decides: under the server's own names, and under the
 * names by which Next passes on its middleware's decisions.
 */
const CLAIMS = {
  "x-caller-on-this-machine": "1",
  "x-may-read-kept-mail": "1",
  "x-middleware-override-headers": "x-caller-on-this-machine,x-may-read-kept-mail",
  "x-middleware-request-x-caller-on-this-machine": "1",
  "x-middleware-request-x-may-read-kept-mail": "1",
};
const FORWARDED = { "x-forwarded-for": "203.0.113.9" };
const PUBLISHED: Record<string, string>[] = [
  { email: "marco@example.com", password: "sandbox-only" },
  { email: "marco@example.com", sandbox: "1" },
];
const ADMIN = { id: "", email: "admin@example.com", password: "sandbox-only" };

/** Stores a mail where the server keeps it. */
function keepMail(): void {
  const folder = join(server().dataDir, "mail");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${ID}.eml`), "To: a@example.com\r\nSubject: Hidden\r\n\r\nHidden lgs_secret");
}

/** Returns a browser on another machine: the proxy adds its address to each request. */
function browserElsewhere(): Browser {
  const browser = new Browser();
  const send = browser.send.bind(browser);
  browser.send = (address, init = {}) =>
    send(address, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...FORWARDED } });
  return browser;
}

/** An answer without the parts that always differ: the time, the nonce and the request id. */
const comparable = ({ status, headers, text }: AnswerElsewhere) => {
  const {
    date: _date,
    "x-request-id": _id,
    "content-security-policy": policy = "",
    ...rest
  } = headers as Record<string, string>;
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "none";
  return {
    status,
    headers: { ...rest, policy: policy.replace(nonce, "") },
    text: text.replaceAll(nonce, ""),
  };
};

describe.each(elsewhere())("a caller on another machine who asks for localhost, $name", ({ ask }) => {
  test("cannot read kept mail, whatever it claims: curl -H 'Host: localhost:3000' http://192.0.2.2:3000/legrand/mail", async () => {
    keepMail();
    for (const path of [
      "/legrand/mail",
      "/legrand/mail?to=a@example.com",
      `/legrand/mail/${ID}`,
      `/legrand/mail/${ID}/download`,
      "/legrand/mail/open",
      "/legrand/./mail",
      "/legrand/x/../mail",
    ]) {
      const { status, text } = await ask(path, { headers: { ...CLAIMS, accept: "text/html" } });
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toContain("Hidden");
    }
  });

  test.each(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])(
    "gets the answer of an unknown address for kept mail: %s",
    async (method) => {
      keepMail();
      for (const accept of ["text/html", "*/*"]) {
        const unknown = comparable(await ask("/legrand/-", { method, headers: { accept } }));
        expect(unknown.status).toBe(404);
        for (const path of [
          "/legrand/mail",
          `/legrand/mail/${ID}`,
          `/legrand/mail/${ID}/download`,
          "/legrand/mail/delete",
        ])
          expect(comparable(await ask(path, { method, headers: { accept } }))).toEqual(unknown);
      }
    },
  );

  test("is not offered the sandbox accounts, and cannot sign in to them by password or by click", async () => {
    for (const path of ["/legrand/sign-in", "/"])
      expect((await ask(path, { headers: CLAIMS })).text).not.toMatch(/camille|Sandbox accounts/i);
    for (const form of PUBLISHED) {
      const { status, headers } = await ask("/legrand/sign-in/submit", {
        method: "POST",
        headers: { ...CLAIMS, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(form).toString(),
      });
      expect([status, headers.location]).toEqual([
        303,
        "/legrand/sign-in?return_to=%2Flegrand%2Fapplications",
      ]);
      expect(headers["set-cookie"]!.join()).not.toContain(`${sandboxCookie("session")}=`);
    }
  });

  test("cannot make the sandbox post to its own machine or network (SSRF)", async () => {
    const { account, tokens } = await connect({ scope: "topology.read comfort.read" });
    const { plantId } = await readHome(account.id);
    const key = await subscriptionKey();
    for (const EndPointUrl of [
      "http://localhost:4711/",
      "https://127.0.0.1/",
      "https://10.0.0.1/",
      "https://[::1]/",
    ]) {
      const { status, text } = await ask(`/legrand/api/smarther/v2.0/plants/${plantId}/subscription`, {
        method: "POST",
        headers: {
          ...CLAIMS,
          authorization: `Bearer ${tokens.access_token}`,
          "ocp-apim-subscription-key": key,
        },
        body: JSON.stringify({ EndPointUrl }),
      });
      expect([status, text]).toEqual([430, expect.stringMatching(/https:|not public/)]);
    }
  });
});

describe("a caller on this machine", () => {
  test("can read kept mail, is offered the sandbox accounts, and may subscribe a local endpoint, which the row records", async () => {
    keepMail();
    expect((await new Browser().open("/legrand/mail")).text).toContain("Hidden");
    expect((await new Browser().open("/legrand/sign-in")).text).toContain("camille@example.com");
    const { account, tokens } = await connect({ scope: "topology.read comfort.read" });
    const { plantId } = await readHome(account.id);
    const subscribed = await callApi(tokens.access_token, `/plants/${plantId}/subscription`, {
      method: "POST",
      body: JSON.stringify({ EndPointUrl: "http://localhost:4711/" }),
    });
    expect(subscribed.status).toBe(201);
    expect(
      await query(
        `SELECT may_be_local FROM legrand_notification_subscription WHERE plant_id = $1::uuid`,
        plantId,
      ),
    ).toEqual([{ may_be_local: true }]);
  });

  test("is not faked by hiding the proxy's header behind a thousand others", async () => {
    keepMail();
    const answer = await rawRequest(
      `GET /legrand/mail HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${"a:\r\n".repeat(1_500)}X-Forwarded-For: 203.0.113.9\r\n\r\n`,
    );
    expect([404, 431]).toContain(statusOf(answer));
  });
});

describe("an administrator by the default ADMIN_EMAILS (decision 27)", () => {
  const roles = () =>
    query<{ role: string | null }>(`SELECT role::text FROM connect_user WHERE email = $1`, ADMIN.email);

  test("is made only by a browser on this machine, and a refused attempt does not use up the address", async () => {
    const browser = new Browser();
    const answer = await walkToCallback(browser, ADMIN);
    await browser.open(answer.href, { ...FORWARDED, ...CLAIMS });
    expect(await roles()).toEqual([{ role: null }]);
    await deliver(browser, await walkToCallback(browser, ADMIN));
    expect(await roles()).toEqual([{ role: "administrator" }]);
  });
});

describe("a person on another machine with an account of their own", () => {
  test("can sign in and connect it, because Connect's own requests to the sandbox come from this machine (RFC 6749 §4.1.3)", async () => {
    const [account, browser] = [await makeAccount(), browserElsewhere()];
    const page = await browser.follow(await deliver(browser, await walkToCallback(browser, account)));
    expect([page.status, new URL(page.url).pathname]).toEqual([200, "/account"]);
    expect(textOf(page.text)).toContain("Home 1");
  });

  test("reads that mail is kept where they cannot read it, without a link to it", async () => {
    const { text } = await new Browser().open("/legrand/forgotten-password/check-mail", FORWARDED);
    expect(textOf(text)).toContain("keeps it on the machine that it runs on");
    expect(text).not.toContain("/legrand/mail");
    expect((await new Browser().open("/legrand/apis", FORWARDED)).text).not.toContain("/legrand/mail");
    expect((await new Browser().open("/legrand/apis")).text).toContain("/legrand/mail");
  });

  test("cannot sign in to an application's request with a published password", async () => {
    const { browser, page } = await openSignIn(await makeApplication());
    const post = (form: Record<string, string>) => browser.post(`${page.url}/sign-in`, form, FORWARDED);
    for (const form of PUBLISHED) expect(isSignIn(await browser.follow(await post(form)))).toBe(true);
    expect((await browser.open(page.url, FORWARDED)).text).not.toContain("Marco Ricci");
    expect(isConsent(await browser.follow(await signIn(browser, page, await makeAccount())))).toBe(true);
  });
});

describe("the link that the start prints opens kept mail from everywhere", () => {
  const link = () => /http\S+\/legrand\/mail\/open\?token=\S+/.exec(server().output())![0];

  test("for the browser that opened it, by a cookie; afterwards the token is in no address and in no log line", async () => {
    keepMail();
    const browser = new Browser();
    const opened = await browser.open(link(), FORWARDED);
    expect([opened.status, opened.location]).toEqual([303, `${testOrigin()}/legrand/mail`]);
    expect([opened.headers.get("referrer-policy"), opened.headers.get("cache-control")]).toEqual([
      "no-referrer",
      "no-store",
    ]);
    expect(opened.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^legrand-\d+\.mail=lgm_[\w-]{43}; Path=\/legrand; HttpOnly; SameSite=Lax$/),
    ]);
    for (const path of ["/legrand/mail", `/legrand/mail/${ID}`, `/legrand/mail/${ID}/download`])
      expect((await browser.open(path, FORWARDED)).text).toContain("Hidden");
    expect((await browser.open("/legrand/apis", FORWARDED)).text).toContain("/legrand/mail");
    const token = new URL(link()).searchParams.get("token")!;
    await fetch(`${testOrigin()}/legrand/jwks`);
    expect(server().output().split(token)).toHaveLength(2);
    expect(server().output()).toContain('"route":"/legrand/mail');
    // No browser has a cookie for another name of this machine, and the server refuses that name anyway.
    expect(
      statusOf(
        await rawRequest(
          `GET /legrand/mail HTTP/1.1\r\nHost: evil.example\r\nCookie: ${sandboxCookie("mail")}=${token}\r\nX-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n\r\n`,
        ),
      ),
    ).toBe(421);
    expect(
      (await browser.post("/legrand/mail/delete", {}, { ...FORWARDED, origin: "https://evil.example" }))
        .status,
    ).toBe(403);
    expect((await browser.post("/legrand/mail/delete", {}, FORWARDED)).status).toBe(303);
  });

  test.each(["", "lgm_", "x".repeat(47), `lgm_${"x".repeat(43)}`])(
    "refuses another token: %j",
    async (token) => {
      const browser = new Browser();
      const refused = await browser.open(`/legrand/mail/open?${new URLSearchParams({ token })}`, FORWARDED);
      expect([refused.status, refused.headers.getSetCookie()]).toEqual([404, []]);
      expect(
        (await browser.open("/legrand/mail", { ...FORWARDED, cookie: `${sandboxCookie("mail")}=${token}` }))
          .status,
      ).toBe(404);
    },
  );

  test("the token opens nothing else: the sandbox accounts stay hidden", async () => {
    const browser = new Browser();
    await browser.open(link(), FORWARDED);
    expect((await browser.open("/legrand/sign-in", FORWARDED)).text).not.toContain("camille@example.com");
  });
});

describe("the limit of failed sign-ins behind a trusted proxy", () => {
  afterEach(() => query(`DELETE FROM legrand_sign_in_attempt WHERE key LIKE 'address:%'`));

  test.each([
    [
      "203.0.113.10",
      [
        "203.0.113.10",
        "203.0.113.10:51234",
        "203.0.113.10:51235",
        "198.51.100.1, 203.0.113.10:1",
        "::ffff:203.0.113.10",
        "[::FFFF:CB00:710A]:443",
      ],
      "203.0.113.11:51234",
    ],
    [
      "2001:db8:0:1::",
      ["2001:db8:0:1::5", "[2001:DB8:0:1:a::5]:443", '"[2001:db8::1:b:0:0:7]:1"'],
      "[2001:db8:0:2::5]:443",
    ],
    ["unknown", ["_hidden", "x", "proxy.example:51234"], "203.0.113.10"],
  ])("counts %s as one network, with any port and in any spelling", async (network, spellings, other) => {
    await query(
      `INSERT INTO legrand_sign_in_attempt (key, points, expire) VALUES ($1, 100, now() + interval '10 minutes')`,
      `address:${network}`,
    );
    const account = await makeAccount();
    const tryFrom = async (forwarded: string) => {
      const browser = new Browser();
      const answer = await browser.post(
        "/legrand/sign-in/submit",
        { email: account.email, password: account.password },
        { "x-forwarded-for": forwarded },
      );
      return browser.cookie(sandboxCookie("session"))
        ? "signed in"
        : textOf((await browser.follow(answer)).text);
    };
    for (const spelling of spellings) expect(await tryFrom(spelling)).toContain("Too many attempts");
    expect(await tryFrom(other)).toBe("signed in");
  });

  test("the log has the address in one spelling, or none", async () => {
    for (const [forwarded, network] of [
      ["203.0.113.77:51234", "203.0.113.77"],
      ["[2001:DB8:0:7::5]:443", "2001:db8:0:7::"],
      ["someone@example.com", "unknown"],
    ] as const) {
      const requestId = (
        await fetch(`${issuer()}/jwks`, { headers: { "x-forwarded-for": forwarded } })
      ).headers.get("x-request-id");
      await expect
        .poll(() => server().output())
        .toMatch(new RegExp(`"requestId":"${requestId}",.*"network":"${network}"`));
    }
    for (const raw of ["51234", "2001:DB8", "someone@example.com"])
      expect(server().output()).not.toContain(raw);
  });
});

test("an application on another machine still gets a code and tokens, which work there", async () => {
  const [application, account] = [await makeApplication(), await makeAccount()];
  const { code } = await authorize({
    application,
    account,
    browser: browserElsewhere(),
    scope: "openid topology.read",
  });
  const { clientId: client_id, clientSecret: client_secret, replyUrl: redirect_uri } = application;
  const { status, body } = await postForm(
    "/token",
    { grant_type: "authorization_code", code, client_id, client_secret, redirect_uri },
    FORWARDED,
  );
  expect(status).toBe(200);
  expect((await callApi(String(body.access_token), undefined, { headers: FORWARDED })).status).toBe(200);
});
