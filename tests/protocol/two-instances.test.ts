import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";
import pg from "pg";
import { describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { callApi, connect, isActive, redeem, refresh } from "#tests/factories/client.ts";
import { deliver, walkToCallback } from "#tests/factories/connect-client.ts";
import { connectCookie } from "#tests/factories/cookies.ts";
import { generateSecret, secretsIn } from "#tests/factories/generate-secret.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeAdmin } from "#tests/factories/make-admin.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { DESCRIPTION, register, REPLY_URL, sendEdit } from "#tests/factories/registration.ts";
import { twoServers } from "#tests/factories/two-servers.ts";
import { query } from "#tests/harness/database.ts";

const two = twoServers({ looksAtReadiness: true }, { TRUST_PROXY: "true", STOP_DELAY_SECONDS: "1" });
const BOTH = [0, 1] as const;

/** Returns the browser, connected directly to one server without the balancer. */
function at(server: 0 | 1, { cookies }: Browser): Browser {
  const browser = new Browser(`http://127.0.0.1:${two().ports[server]}`);
  browser.cookies = cookies;
  return browser;
}

/** Opens the page at both servers at once. */
const openAtBoth = (browser: Browser, path: string) =>
  Promise.all(BOTH.map((server) => at(server, browser).open(path)));

describe("two processes that start at the same moment on an empty database (issue 5, several instances)", () => {
  test("apply each migration once, and seed once", async () => {
    const migrations = await query<{ name: string; times: number }>(
      `SELECT migration_name AS name, count(*)::int AS times FROM _prisma_migrations GROUP BY 1`,
    );
    expect(migrations.length).toBeGreaterThan(5);
    expect(migrations.filter(({ times }) => times !== 1)).toEqual([]);
    expect(await query(`SELECT 1 FROM _prisma_migrations WHERE finished_at IS NULL`)).toEqual([]);
    const seeded = await query<{ email: string }>(
      `SELECT email FROM legrand_account WHERE email IN ('camille@example.com', 'admin@example.com') ORDER BY email`,
    );
    expect(seeded.map(({ email }) => email)).toEqual(["admin@example.com", "camille@example.com"]);
    expect(await query(`SELECT 1 FROM legrand_application WHERE name = 'Connect'`)).toHaveLength(1);
  });

  test("use the same signing key, so each can verify what the other issued", async () => {
    const keys = await Promise.all(
      two().ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/legrand/jwks`)).text()),
    );
    expect(keys[0]).toBe(keys[1]);
    for (const server of BOTH) {
      const [application, account] = [await makeApplication(), await makeAccount()];
      const { code } = await authorize({ application, account, scope: "openid" });
      const answer = await fetch(`http://127.0.0.1:${two().ports[server]}/legrand/token`, {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "authorization_code",
          code,
          client_id: application.clientId,
          client_secret: application.clientSecret,
          redirect_uri: application.replyUrl,
        }),
      });
      const { id_token: issued } = (await answer.json()) as { id_token: string };
      const keysOfOther = createLocalJWKSet(JSON.parse(keys[1 - server]!) as JSONWebKeySet);
      const { payload } = await jwtVerify(issued, keysOfOther, {
        issuer: `${two().balancer.origin}/legrand`,
        audience: application.clientId,
      });
      expect(payload.sub).toBe(account.id);
    }
  });

  test("are both ready, and both get requests", async () => {
    for (const port of two().ports) expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    await Promise.all(Array.from({ length: 4 }, () => fetch(`${two().balancer.origin}/legrand/jwks`)));
    for (const count of two().balancer.counts()) expect(count).toBeGreaterThan(1);
  });

  test("share the background jobs, each of which one of them does", async () => {
    const leases = () =>
      query<{ name: string; isHeld: boolean }>(
        `SELECT name, until > now() AS "isHeld" FROM background_lease`,
      );
    await expect.poll(async () => (await leases()).length, { timeout: 60_000 }).toBeGreaterThan(10);
    // A job that runs every 30 seconds has no lease for a moment, between two runs.
    await expect.poll(async () => (await leases()).filter(({ isHeld }) => !isHeld)).toEqual([]);
  }, 120_000);
});

describe("every request goes to the other server, without sticky sessions (issue 5, several instances)", () => {
  test("an authorization continues at every step: sign-in, consent, code, tokens, API, refresh, revocation", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const before = two().balancer.counts();
    // Done twice, with one request in between, so that each step reaches both servers.
    for (let shift = 0; shift < 2; shift++) {
      if (shift) await fetch(`${two().balancer.origin}/legrand/jwks`);
      const { code, asked, signedIn } = await authorize({
        application,
        account,
        scope: "openid topology.read comfort.read",
        params: { prompt: "login consent" },
      });
      expect([signedIn, asked.length]).toEqual([true, 1]);
      const { status } = await redeem(application, code);
      expect(status).toBe(200);
      expect((await redeem(application, code)).status).toBe(400);
    }
    const { code } = await authorize({
      application,
      account: await makeAccount(),
      scope: "openid topology.read comfort.read",
    });
    const { body: tokens } = await redeem(application, code);
    for (let i = 0; i < 2; i++) expect((await callApi(String(tokens.access_token))).status).toBe(200);
    const refreshed = await refresh(application, String(tokens.refresh_token));
    expect(refreshed.status).toBe(200);
    for (let i = 0; i < 2; i++)
      expect(await isActive(application, String(refreshed.body.access_token))).toBe(true);
    const after = two().balancer.counts();
    for (const server of BOTH) expect(after[server]! - before[server]!).toBeGreaterThan(10);
  });

  test("a refresh token that is spent at one server is spent at the other: simultaneous refreshes at both return the same pair of tokens", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { code } = await authorize({ application, account, scope: "openid topology.read" });
    const { body } = await redeem(application, code);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => refresh(application, String(body.refresh_token))),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const pairs = new Set(
      answers.map(({ body: one }) => JSON.stringify([one.access_token, one.refresh_token])),
    );
    expect(pairs.size).toBe(1);
  });

  test("Connect: the next-auth session works at both, with homes and one linked account, and signing out at one signs out at both", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const page = await browser.follow(await deliver(browser, await walkToCallback(browser, account)));
    expect([page.status, new URL(page.url).pathname]).toEqual([200, "/account"]);
    for (const shown of await openAtBoth(browser, "/account")) {
      expect(shown.status).toBe(200);
      expect(textOf(shown.text)).toContain("Home 1");
    }
    expect(
      await query(`SELECT 1 FROM connect_account WHERE provider_account_id = $1`, account.id),
    ).toHaveLength(1);
    const cookies = [...browser.cookies];
    expect((await browser.post("/sign-out", {})).status).toBe(303);
    browser.cookies = cookies;
    for (const shown of await openAtBoth(browser, "/account"))
      expect(textOf(shown.text)).toContain("Connect your Legrand account first");
  });

  test("a callback that is delivered to both at once is processed once, and both deliveries end with one session (issue 11, 3)", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const answer = await walkToCallback(browser, account);
    const delivered = await Promise.all(
      ([0, 1] as const).map((server) => {
        const copy = at(server, browser);
        copy.cookies = [...browser.cookies];
        return copy
          .open(`${copy.origin}${answer.pathname}${answer.search}`)
          .then(({ location }) => ({ location, session: copy.cookie(connectCookie("session")) }));
      }),
    );
    expect(delivered[0]).toEqual({
      location: `${two().balancer.origin}/account`,
      session: expect.stringMatching(/./),
    });
    expect(delivered[1]).toEqual(delivered[0]);
    expect(
      await query(
        `SELECT token_version, state FROM connect_account WHERE provider_account_id = $1`,
        account.id,
      ),
    ).toEqual([{ token_version: 1, state: "connected" }]);
  });

  test("the portal: a registration works step by step, either server shows the secret once, and the other sees an edit", async () => {
    const { browser, clientId } = await register([REPLY_URL], ["comfort.read"]);
    const path = `/legrand/applications/${clientId}`;
    const first = secretsIn(await browser.open(path));
    expect(first).toHaveLength(1);
    for (const shown of await openAtBoth(browser, path))
      expect([shown.status, secretsIn(shown)]).toEqual([200, []]);
    expect(await generateSecret(browser, path)).not.toBe(first[0]);
    expect(
      (await sendEdit({ browser, clientId }, "description", { ...DESCRIPTION, name: "Thermo two" })).status,
    ).toBe(303);
    for (const shown of await openAtBoth(browser, path)) expect(textOf(shown.text)).toContain("Thermo two");
  });

  test("failed sign-ins are counted together: the eleventh is refused, whichever server answered the first ten", async () => {
    const account = await makeAccount();
    const browser = new Browser();
    const texts: string[] = [];
    for (let i = 0; i < 11; i++) {
      const answer = await browser.post("/legrand/sign-in/submit", {
        email: account.email,
        password: `wrong ${i}`,
      });
      texts.push(textOf((await browser.follow(answer)).text));
    }
    const [row] = await query<{ points: number }>(
      `SELECT max(points)::int AS points FROM legrand_sign_in_attempt WHERE key LIKE 'account-network:%'`,
    );
    expect(row!.points).toBeGreaterThanOrEqual(11);
    for (const text of texts.slice(0, 10))
      expect(text).toContain("The e-mail address or the password is not right");
    expect(texts[10]).toContain("Too many attempts");
  });

  test("a removed role is gone at both servers at the next request", async () => {
    const admin = await makeAdmin("administrator");
    for (const shown of await openAtBoth(admin.browser, "/admin")) expect(shown.status).toBe(200);
    await query(`UPDATE connect_user SET role = NULL WHERE id = $1::uuid`, admin.userId);
    for (const shown of await openAtBoth(admin.browser, "/admin")) expect(shown.status).toBe(404);
  });

  test("the answer has the request id that the balancer sent", async () => {
    const given = await fetch(`${two().balancer.origin}/legrand/jwks`, {
      headers: { "x-request-id": "edge-0badf00d" },
    });
    expect(given.headers.get("x-request-id")).toBe("edge-0badf00d");
    for (const forged of ["x".repeat(200), "a b", '{"level":"info"}']) {
      expect(
        (
          await fetch(`${two().balancer.origin}/legrand/jwks`, { headers: { "x-request-id": forged } })
        ).headers.get("x-request-id"),
      ).toMatch(/^[0-9a-f]{8}$/);
    }
  });
});

describe("PostgreSQL terminates every connection, as a restart does", () => {
  test("no process ends, and the next requests are answered", async () => {
    const browser = new Browser();
    await browser.open("/legrand/sign-in");
    await query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const statuses: number[] = [];
    for (let i = 0; i < 20; i++)
      statuses.push(
        ((await (await fetch(`${two().balancer.origin}/readyz`)).json()) as { ready: boolean }).ready
          ? 200
          : 503,
      );
    expect(statuses.slice(-10)).toEqual(Array(10).fill(200));
    for (const server of two().servers) expect(server.process.exitCode).toBeNull();
    const [application, account] = [await makeApplication(), await makeAccount()];
    expect((await authorize({ application, account, scope: "openid" })).code).not.toBe("");
  });
});

describe("PostgreSQL terminates a connection in the middle of a statement (issue 10, 12)", () => {
  test("the answer is a 503 with Retry-After, for a program and for a person", async () => {
    const { application } = await connect();
    const holder = new pg.Client({ connectionString: two().databaseUrl });
    await holder.connect();
    await holder.query("BEGIN; LOCK TABLE legrand_application, connect_session IN ACCESS EXCLUSIVE MODE");
    const address = (path: string) => `http://127.0.0.1:${two().ports[0]}${path}`;
    const html = { accept: "text/html" };
    const asked = [
      fetch(address("/legrand/token"), {
        method: "POST",
        body: new URLSearchParams({
          client_id: application.clientId,
          client_secret: application.clientSecret,
          grant_type: "refresh_token",
          refresh_token: "unknown",
        }),
      }),
      fetch(address(`/legrand/authorize?client_id=${application.clientId}&response_type=code`), {
        headers: html,
        redirect: "manual",
      }),
      fetch(address("/account"), {
        headers: { ...html, cookie: `${connectCookie("session")}=unknown` },
        redirect: "manual",
      }),
    ];
    const waiting = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    await expect
      .poll(async () => (await holder.query(`SELECT 1 ${waiting}`)).rowCount, { timeout: 8_000 })
      .toBe(asked.length);
    await holder.query(`SELECT pg_terminate_backend(pid) ${waiting}`);
    await holder.end();
    expect(
      (await Promise.all(asked)).map(({ status, headers }) => [status, headers.get("retry-after")]),
    ).toEqual(Array(asked.length).fill([503, "5"]));
  });
});

describe("one server is stopped and started again, as in an update", () => {
  test("behind a balancer that checks /readyz no request is cut or refused", async () => {
    const { tokens } = await connect();
    const statuses = new Map<number, number>();
    let isOver = false as boolean;
    const ask = async () => {
      while (!isOver) {
        // These requests do not count against a quota.
        const { status } = await fetch(`${two().balancer.origin}/legrand/userinfo`, {
          headers: { authorization: `Bearer ${tokens.access_token}` },
        });
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const asking = Promise.all(Array.from({ length: 4 }, ask));
    const more = async () => {
      const before = statuses.get(200) ?? 0;
      await expect.poll(() => statuses.get(200) ?? 0, { timeout: 60_000 }).toBeGreaterThan(before + 20);
    };
    await more();
    await two().servers[1].stop();
    await more();
    await two().startAgain(1);
    await more();
    isOver = true;
    await asking;
    expect([...statuses.keys()]).toEqual([200]);
  }, 120_000);
});

// The last test, because it kills one server.
describe("one server dies", () => {
  test("the other takes over its background jobs when their leases expire", async () => {
    const name = "pending revocations";
    // As if the killed server held the lease, shortly before its end.
    await query(`UPDATE background_lease SET until = now() + interval '1 second' WHERE name = $1`, name);
    two().servers[1].process.kill("SIGKILL");
    two().balancer.setServers([two().ports[0]]);
    expect((await fetch(`${two().balancer.origin}/readyz`)).status).toBe(200);
    await two().startAgain(1);
    two().balancer.setServers(two().ports);
    await expect
      .poll(
        async () =>
          (
            await query<{ later: boolean }>(
              `SELECT until > now() + interval '2 minutes' AS later FROM background_lease WHERE name = $1`,
              name,
            )
          )[0]!.later,
        { timeout: 60_000 },
      )
      .toBe(true);
  }, 180_000);
});
