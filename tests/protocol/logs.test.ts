import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { authorize, authorizeUrl, openSignIn } from "#tests/factories/authorize.ts";
import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { callApi, connect, issuer, redeem, refresh } from "#tests/factories/client.ts";
import { deliver, walkToCallback } from "#tests/factories/connect-client.ts";
import { connectCookie } from "#tests/factories/cookies.ts";
import { generateSecret } from "#tests/factories/generate-secret.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeAdmin } from "#tests/factories/make-admin.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { makeDeveloper } from "#tests/factories/make-owned-application.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { readMails } from "#tests/factories/portal.ts";
import { beginSignUp, confirm, PASSWORD } from "#tests/factories/sign-up.ts";
import { subscriptionKey } from "#tests/factories/subscription-key.ts";
import { passTime, query, withoutDatabase } from "#tests/harness/database.ts";
import { freePort } from "#tests/harness/server.ts";

let metricsPort = 0;
const server = ownServer(async () => {
  metricsPort = await freePort();
  return { LOG_REQUESTS: "true", METRICS_PORT: String(metricsPort) };
});
beforeAll(() => {
  process.env.TEST_DATA_DIR = server().dataDir;
});

type Line = {
  level: string;
  at: string;
  requestId: string;
  what?: string;
  method?: string;
  route?: string;
  status?: number;
  ms?: number;
  bytes?: number;
  network?: string;
};

const lines = (): Line[] =>
  server()
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Line);
/** Waits for the log line of that request. It is written when the answer has ended. */
async function lineOf(requestId: string | null): Promise<Line> {
  const find = () => lines().find((line) => line.what === "request" && line.requestId === requestId);
  await expect.poll(find).toBeDefined();
  return find()!;
}

describe("the log (issue 5: JSON lines with request ids and never a secret)", () => {
  test("each request is one line, with the pattern of its address and the request id of its answer", async () => {
    const [application, account] = [await makeApplication(), await makeAccount()];
    const { page } = await openSignIn(application);
    const requestId = page.headers.get("x-request-id");
    expect(requestId).toMatch(/^[0-9a-f]{8}$/);
    const line = await lineOf(requestId);
    expect(line).toMatchObject({
      level: "info",
      method: "GET",
      route: "/legrand/interaction/[uid]",
      status: 200,
      network: expect.stringMatching(/^[\d.:a-f]+$/) as string,
    });
    expect(Date.parse(line.at)).toBeGreaterThan(0);
    expect(line.ms).toBeGreaterThanOrEqual(0);
    expect(line.bytes).toBeGreaterThan(1000);
    const posted = await new Browser().post("/legrand/sign-in/submit", {
      email: account.email,
      password: account.password,
    });
    expect(await lineOf(posted.headers.get("x-request-id"))).toMatchObject({
      method: "POST",
      route: "/legrand/sign-in/submit",
      status: 303,
    });
  });

  test("every answer has a request id, even if the server refuses the request early; an id sent by the caller is ignored", async () => {
    for (const [path, init] of [
      ["/nowhere", {}],
      ["/nowhere", { method: "POST" }],
      ["/%ff", {}],
      ["/healthz", {}],
      ["/legrand/jwks", {}],
      ["/icon.svg", {}],
    ] as const) {
      const { headers } = await fetch(testOrigin() + path, {
        ...init,
        headers: { "x-request-id": "mine-0badf00d" },
      });
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f]{8}$/);
    }
  });

  test("unknown addresses share one name, and the health endpoints are not logged", async () => {
    const { headers } = await fetch(`${testOrigin()}/nowhere/at/all?x=1`);
    expect(await lineOf(headers.get("x-request-id"))).toMatchObject({ route: "(unknown)", status: 404 });
    const health = await fetch(`${testOrigin()}/readyz`);
    await lineOf((await fetch(`${testOrigin()}/legrand/jwks`)).headers.get("x-request-id"));
    expect(server().output()).not.toContain(health.headers.get("x-request-id"));
  });

  test("an error and an audit log entry carry the id of the request", async () => {
    const failed = await withoutDatabase(() =>
      new Browser().open("/account", { cookie: `${connectCookie("session")}=${"x".repeat(36)}` }),
    );
    expect(failed.status).toBe(503);
    const id = failed.headers.get("x-request-id")!;
    expect(failed.text).toContain(id);
    expect(lines().filter((line) => line.level === "error" && line.requestId === id)).not.toEqual([]);
    const visitor = await makeAdmin(null);
    const refused = await visitor.browser.open("/admin");
    expect(refused.status).toBe(404);
    const entries = await query<{ request_id: string }>(
      `SELECT request_id FROM connect_audit_entry WHERE actor_id = $1::uuid`,
      visitor.userId,
    );
    expect(entries.map((entry) => entry.request_id)).toEqual([refused.headers.get("x-request-id")]);
  });

  test("no flow and no failure leaves a secret in the log: passwords, cookies, interactions, codes, state, tokens, keys, links in mails", async () => {
    const secrets: Record<string, string | undefined> = {};
    const keepCookies = (name: string, { cookies }: Browser) => {
      for (const cookie of cookies)
        if (cookie.value.length >= 16) secrets[`${name}: cookie ${cookie.name}`] = cookie.value;
    };

    const flow = await connect({ scope: "openid topology.read comfort.read" });
    const renewed = await refresh(flow.application, flow.tokens.refresh_token);
    const state = "state-of-a-stranger-0123456789";
    const again = await authorize({
      application: flow.application,
      account: flow.account,
      browser: flow.browser,
      scope: "openid comfort.write",
      params: { state, nonce: "nonce-of-a-stranger-01234567" },
    });
    keepCookies("authorization", flow.browser);
    Object.assign(secrets, {
      password: flow.account.password,
      "client secret": flow.application.clientSecret,
      code: flow.code,
      "unspent code": again.code,
      state,
      nonce: "nonce-of-a-stranger-01234567",
      "access token": flow.tokens.access_token,
      "refresh token": flow.tokens.refresh_token,
      "id token": flow.tokens.id_token,
      "renewed access token": String(renewed.body.access_token),
      "renewed refresh token": String(renewed.body.refresh_token),
      "subscription key": await subscriptionKey(),
    });
    const open = await openSignIn(flow.application);
    secrets.interaction = new URL(open.page.url).pathname.split("/").at(-1);
    keepCookies("interaction", open.browser);
    expect((await callApi(flow.tokens.access_token)).status).toBeLessThan(500);

    const [person, account] = [new Browser(), await makeAccount()];
    const answer = await walkToCallback(person, account);
    Object.assign(secrets, {
      "Connect's code": answer.searchParams.get("code")!,
      "Connect's state": answer.searchParams.get("state")!,
    });
    keepCookies("before the callback", person);
    await person.follow(await deliver(person, answer));
    keepCookies("Connect", person);
    await deliver(person, answer);

    const signUp = await beginSignUp();
    Object.assign(secrets, { "sign-up token": signUp.token, "new password": PASSWORD });
    await new Browser().open(signUp.link);
    await confirm(signUp.token);
    await new Browser().post("/legrand/forgotten-password/submit", { email: signUp.form.email });
    const mails = await readMails(signUp.form.email, 2);
    const reset = mails
      .flatMap(({ text }) => [...text.matchAll(/reset-password\S*token=([\w-]+)/g)].map(([, token]) => token))
      .at(-1);
    secrets["reset token"] = reset;
    await new Browser().open(`/legrand/reset-password?token=${reset}`);

    const developer = await makeDeveloper();
    secrets["generated secret"] = await generateSecret(developer.browser, developer.application.path);
    keepCookies("portal", developer.browser);

    // Failures with the same secrets in the request.
    await withoutDatabase(async () => {
      await redeem(flow.application, again.code);
      await refresh(flow.application, String(renewed.body.refresh_token));
      await callApi(flow.tokens.access_token).catch(() => {});
      await person.open("/account");
      await deliver(person, answer);
      await open.browser.open(open.page.url);
      await open.browser.post(`${open.page.url}/sign-in`, {
        email: account.email,
        password: account.password,
      });
      await new Browser().open(`/legrand/reset-password?token=${reset}`);
    });
    for (const secret of [flow.tokens.access_token, again.code])
      await fetch(`${testOrigin()}/nowhere/${secret}?access_token=${secret}`, {
        headers: { referer: `${testOrigin()}/?code=${secret}`, "user-agent": secret },
      });
    await fetch(`${issuer()}/token?client_secret=${flow.application.clientSecret}`, {
      method: "POST",
      body: "not=a&form",
      headers: {
        authorization: `Basic ${btoa(`${flow.application.clientId}:${flow.application.clientSecret}`)}`,
      },
    });
    const last = await fetch(
      authorizeUrl(
        { clientId: flow.application.clientId, replyUrl: `https://stranger.example/?code=${again.code}` },
        { state },
      ),
      { redirect: "manual" },
    );
    await lineOf(last.headers.get("x-request-id"));

    expect(Object.keys(secrets).length).toBeGreaterThan(25);
    const output = server().output();
    for (const [name, value] of Object.entries(secrets)) {
      expect({ name, isThere: (value?.length ?? 0) >= 16 }).toEqual({ name, isThere: true });
      expect({ name, found: output.includes(value!) || output.includes(encodeURIComponent(value!)) }).toEqual(
        { name, found: false },
      );
    }
    for (const line of lines())
      if (line.what === "request")
        expect(line.route).toMatch(/^(\/[\w/.[\]-]*|\((unknown|unreadable|file|built file)\))$/);
  });
});

describe("metrics (issue 5: on a port that is not public)", () => {
  const metrics = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();

  test("count requests by pattern, refreshes and connections by outcome, accounts by state, and background jobs", async () => {
    const [person, account] = [new Browser(), await makeAccount()];
    await person.follow(await deliver(person, await walkToCallback(person, account)));
    await new Browser().open("/legrand/sign-in");
    const text = await metrics();
    for (const line of [
      /^http_requests_total\{method="GET",route="\/legrand\/sign-in",status="2xx"\} \d+$/m,
      /^http_request_duration_seconds_bucket\{le="0.1",method="GET"/m,
      /^connect_connections_total\{outcome="connected"\} [1-9]/m,
      /^connect_linked_accounts\{state="connected"\} [1-9]/m,
      /^connect_pending_revocations \d+$/m,
      /^background_runs_total\{job="expired sessions",outcome="done"\} [1-9]/m,
      /^database_up 1$/m,
      /^database_answer_seconds [\d.e-]+$/m,
      /^process_resident_memory_bytes \d+$/m,
    ])
      expect(text).toMatch(line);
  });

  test("have no label that a caller controls: unknown addresses share one label, and unknown methods another", async () => {
    for (const path of [
      "/nowhere/1",
      "/nowhere/2",
      "/legrand/jwks/x",
      "/legrand/interaction/a",
      "/legrand/interaction/b",
    ])
      await fetch(testOrigin() + path, { method: "PROPFIND" });
    const text = await metrics();
    expect(text).not.toMatch(/nowhere|PROPFIND|interaction\/[ab]/);
    expect(text).toContain('method="other"');
  });

  test("work without the database, and report that it is down", async () => {
    expect(await withoutDatabase(metrics)).toMatch(/^database_up 0$/m);
  });

  test("are not on the public port, and their port serves nothing else", async () => {
    for (const path of ["/metrics", "/metrics/"]) expect((await fetch(testOrigin() + path)).status).toBe(404);
    for (const path of ["/", "/healthz", "/account"])
      expect((await fetch(`http://127.0.0.1:${metricsPort}${path}`)).status).toBe(404);
  });
});

describe("health endpoints", () => {
  const ask = async (path: string, method = "GET") => {
    const response = await fetch(testOrigin() + path, { method });
    return {
      status: response.status,
      text: await response.text(),
      cache: response.headers.get("cache-control"),
    };
  };

  test("without the database /healthz is alive and /readyz is not ready, and names only the failed check", async () => {
    await withoutDatabase(async () => {
      expect(await ask("/healthz")).toEqual({ status: 200, text: '{"alive":true}', cache: "no-store" });
      expect(await ask("/readyz")).toEqual({
        status: 503,
        text: '{"ready":false,"failed":"database"}',
        cache: "no-store",
      });
    });
    expect(await ask("/readyz")).toEqual({ status: 200, text: '{"ready":true}', cache: "no-store" });
    expect(await ask("/readyz", "HEAD")).toMatchObject({ status: 200, text: "" });
    for (const path of ["/healthz", "/readyz"]) expect((await ask(path, "POST")).status).toBe(405);
  });

  test("/readyz is not ready while a migration is missing", async () => {
    const [row] = await query<{ id: string }>(
      `SELECT id FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 1`,
    );
    await query(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = $1`, row!.id);
    try {
      expect(await ask("/readyz")).toMatchObject({
        status: 503,
        text: '{"ready":false,"failed":"migrations"}',
      });
    } finally {
      await query(`UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE id = $1`, row!.id);
    }
  });

  test.skipIf(!existsSync("/dev/full"))(
    "/readyz is not ready if the embedded database cannot write; it checks every five seconds, once for all callers, and pages that only read still work (issue 10, 7)",
    async () => {
      const probe = join(server().dataDir, "probe");
      await passTime(5);
      symlinkSync("/dev/full", probe);
      try {
        const answers = await Promise.all(Array.from({ length: 20 }, () => ask("/readyz")));
        // The probe deletes its file, so a second attempt would succeed.
        expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
          new Set(['503 {"ready":false,"failed":"data_folder"}']),
        );
        expect((await fetch(`${testOrigin()}/`)).status).toBe(200);
        expect((await fetch(`${issuer()}/jwks`)).status).toBe(200);
        await passTime(4);
        expect((await ask("/readyz")).status).toBe(503);
        await passTime(1);
        expect(await ask("/readyz")).toMatchObject({ status: 200, text: '{"ready":true}' });
        expect(
          server()
            .output()
            .match(/"where":"readiness: data_folder","detail":"Error: ENOSPC/g),
        ).toHaveLength(1);
      } finally {
        rmSync(probe, { force: true });
      }
    },
  );

  test("/readyz is not ready if the encryption keys do not decrypt the stored data (issue 10, 7)", async () => {
    const [{ ciphertext } = { ciphertext: "" }] = await query<{ ciphertext: string }>(
      `SELECT ciphertext FROM encryption_check`,
    );
    await query(`UPDATE encryption_check SET ciphertext = 'k9.x'`);
    try {
      await passTime(5);
      expect(await ask("/readyz")).toMatchObject({
        status: 503,
        text: '{"ready":false,"failed":"encryption_keys"}',
      });
    } finally {
      await query(`UPDATE encryption_check SET ciphertext = $1`, ciphertext);
    }
    await passTime(5);
    expect((await ask("/readyz")).status).toBe(200);
  });
});
