import { globSync, readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import {
  authorize,
  authorizeUrl,
  consent,
  openConsent,
  openSignIn,
  signIn,
} from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { connect, postForm, redeem, refresh, type Answer } from "#tests/factories/client.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { connectCookie, sandboxCookie } from "#tests/factories/cookies.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeOwnedApplication } from "#tests/factories/make-owned-application.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { dumpDatabase } from "#tests/factories/stored.ts";
import { digest } from "#lib/crypto/digest.ts";
import { query } from "#tests/harness/database.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { readHome } from "#tests/factories/homes.ts";
import { register } from "#tests/factories/registration.ts";
import { subscriptionKey } from "#tests/factories/subscription-key.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";
import { freePort } from "#tests/harness/server.ts";

let metricsPort: number;
const server = ownServer(async () => ({ METRICS_PORT: String((metricsPort = await freePort())) }));

/** Asserts that none of these values is in the database or in the server's output. */
async function expectNowhere(credentials: Record<string, string | undefined>): Promise<void> {
  const places = { database: await dumpDatabase(), output: server().output() };
  for (const [name, value] of Object.entries(credentials)) {
    expect({ name, isThere: (value?.length ?? 0) >= 16 }).toEqual({ name, isThere: true });
    for (const [place, text] of Object.entries(places))
      expect({ name, place, found: text.includes(value!) }).toEqual({ name, place, found: false });
  }
}

const tokensOf = ({ body }: Answer) => ({
  access: String(body.access_token),
  refresh: String(body.refresh_token),
});

test("a whole flow leaves no credential in a table or in the log, only digests", async () => {
  const { application, account, browser, code, tokens } = await connect({ scope: "openid topology.read" });
  const renewed = tokensOf(await refresh(application, tokens.refresh_token));
  // The answer is still kept for a replay.
  expect(
    await query(`SELECT 1 FROM legrand_refresh_replay WHERE digest = $1`, digest(tokens.refresh_token)),
  ).toHaveLength(1);
  const another = await authorize({
    application,
    account,
    browser,
    scope: "openid topology.read comfort.read",
  });
  await expectNowhere({
    code,
    "unspent code": another.code,
    "access token": tokens.access_token,
    "refresh token": tokens.refresh_token,
    id_token: tokens.id_token,
    "renewed access token": renewed.access,
    "renewed refresh token": renewed.refresh,
    "client secret": application.clientSecret,
    password: account.password,
    "session cookie": browser.cookie(sandboxCookie("session")),
    "session cookie's signature": browser.cookie(sandboxCookie("session.sig")),
  });
});

test("an open interaction stores nothing that could answer it", async () => {
  const account = await makeAccount();
  const browser = new Browser();
  const { application } = await connect();
  await authorize({ application, account, browser });
  await openConsent(
    application,
    account,
    { prompt: "consent", scope: "topology.read comfort.write" },
    browser,
  );
  await expectNowhere({
    "session cookie": browser.cookie(sandboxCookie("session")),
    "interaction cookie": browser.cookie(sandboxCookie("interaction")),
    "interaction cookie's signature": browser.cookie(sandboxCookie("interaction.sig")),
    "resume cookie": browser.cookie(sandboxCookie("resume")),
  });
});

test("an interaction counts for its network until a person signs in, and then survives any number of requests (decision 32)", async () => {
  const [application, account] = [await makeApplication(), await makeAccount()];
  const { browser, page } = await openSignIn(application);
  const find = async (uid: string) =>
    (await query(`SELECT network, account_id FROM legrand_artifact WHERE digest = $1`, digest(uid)))[0];
  const uid = page.url.split("/").at(-1)!;
  expect(await find(uid)).toEqual({ network: "127.0.0.1", account_id: null });
  const asked = await browser.follow(await signIn(browser, page, account));
  expect(await find(uid)).toEqual({ network: null, account_id: account.id });
  const forgotten = await openSignIn(application);
  await query(`INSERT INTO legrand_artifact (digest, kind, payload, network, network_ordinal, expires_at)
    SELECT gen_random_uuid()::text, 'Interaction', '{}', '127.0.0.1', 1000 + n, now() + interval '1 hour' FROM generate_series(1, 1000) n`);
  for (let request = 0; request < 20; request++) await openSignIn(application);
  expect(textOf((await forgotten.browser.open(forgotten.page.url)).text)).toContain(
    "We do not know this request",
  );
  expect((await browser.follow(await consent(browser, asked), [application.replyUrl])).location).toContain(
    "code=",
  );
});

test("Connect stores tokens as ciphertext that starts with the key id, and its sessions as digests", async () => {
  const [browser, account] = [new Browser(), await makeAccount()];
  const answer = await walkToCallback(browser, account);
  await deliver(browser, answer);
  const row = (await findLinkedAccount(account.id))!;
  const keyId = /^([\w-]+)\.[\w-]{40,}$/;
  expect(row.access_token).toMatch(keyId);
  expect(row.refresh_token).toMatch(keyId);
  expect(keyId.exec(String(row.access_token))![1]).toBe("k1");
  expect(row).not.toHaveProperty("id_token");
  await expectNowhere({
    code: answer.searchParams.get("code")!,
    "session cookie": browser.cookie(connectCookie("session")),
  });
});

test("equal tokens get different ciphertexts, each with its own nonce (NIST SP 800-38D §8.2)", async () => {
  const account = await makeAccount();
  const ciphertexts = new Set<unknown>();
  for (const browser of [new Browser(), new Browser()]) {
    await deliver(browser, await walkToCallback(browser, account));
    const row = (await findLinkedAccount(account.id))!;
    ciphertexts.add(String(row.access_token).slice(0, 20)).add(String(row.refresh_token).slice(0, 20));
  }
  expect(ciphertexts.size).toBe(4);
});

test("does not store or log what it refuses: a wrong secret, a wrong password, a code with a wrong verifier", async () => {
  const { application } = await connect();
  const wrong = {
    secret: `lgs_${"wrong".repeat(8)}`,
    code: "code".repeat(10),
    verifier: "verifier".repeat(8),
  };
  await postForm("/token", {
    grant_type: "refresh_token",
    refresh_token: wrong.code,
    client_id: application.clientId,
    client_secret: wrong.secret,
  });
  await redeem(application, wrong.code, { code_verifier: wrong.verifier });
  await expectNowhere(wrong);
});

describe("a HEAD has the status and the headers of a GET, and no effect (RFC 9110 §9.2.1, §9.3.2, decision 49)", () => {
  const ACCEPTS = ["text/html,*/*;q=0.8", "*/*"];

  /**
   * Everything that a HEAD could change. The leases of background jobs are left out, because they change on
   * their own.
   */
  async function everything(): Promise<string[]> {
    const rows = (await dumpDatabase())
      .split("\n")
      .filter((row) => !/^\{"name":"[^"]*","until":/.test(row))
      .sort();
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return [...rows, ...metrics.split("\n").filter((line) => line.startsWith("connect_"))];
  }

  /**
   * Returns everything, after it has moved the end of the stored refresh responses away: a sweep deletes them
   * soon after their end, without any HEAD. A developer who reads the record of requests has the server write
   * what waits.
   */
  async function everythingBefore(developer: { browser: Browser; clientId: string }): Promise<string[]> {
    await developer.browser.open(`/legrand/applications/${developer.clientId}/attempts`);
    await query(
      `UPDATE legrand_refresh_replay SET expires_at = now() + interval '1 day' RETURNING 1 AS done`,
    );
    return everything();
  }

  /**
   * Makes a person for whom a GET of nearly every address has an effect: a developer, an administrator of
   * Connect, in the middle of a connect.
   */
  async function everybody() {
    const { browser, account, clientId } = await register();
    await deliver(browser, await walkToCallback(browser, account));
    await query(
      `UPDATE connect_user SET role = 'administrator' WHERE id = (SELECT user_id FROM connect_account WHERE provider_account_id = $1) RETURNING 1 AS done`,
      account.id,
    );
    const linked = (await findLinkedAccount(account.id))!;
    // The access token has expired, so a GET of /account renews it.
    await query(
      `UPDATE connect_account SET access_token_expires_at = now() - interval '1 hour' WHERE id = $1::uuid RETURNING 1 AS done`,
      linked.id,
    );
    return { browser, account, clientId, linked };
  }

  test("at every address it spends, stores and counts nothing and sets no cookie, and a later GET has the same status", async () => {
    const { browser, account, clientId, linked } = await everybody();
    const application = await makeApplication();
    const { tokens } = await connect();
    const [home, other] = [await readHome(account.id), new Browser()];
    const { page: signInPage } = await openSignIn(application, {}, other);
    // A sign-in that the authorization server has not seen yet, and an answer that Connect has not seen yet.
    const resumption = (await signIn(other, signInPage, account)).location!;
    const callback = (await walkToCallback(browser, account)).href;
    const values: Record<string, string> = {
      clientId,
      uid: signInPage.url.split("/").at(-1)!,
      step: "description",
      operation: "listPlants",
      file: "x.png",
      id: String(linked.id),
      userId: String(linked.user_id),
      secretId: String(linked.id),
      plantId: home.plantId,
      moduleId: home.moduleIds[0]!,
      subscriptionId: String(linked.id),
      draftId: clientId,
    };
    const files = globSync("app/**/{page.tsx,route.ts}").filter(
      (file) =>
        !file.includes("[...") &&
        (file.endsWith("page.tsx") ||
          /^export (?:const|async function) (?:GET|\{ GET)/m.test(readFileSync(file, "utf8"))),
    );
    const addresses = files.map(
      (file) =>
        file
          .replace(/^app|\/\([^/]*\)|\/(page\.tsx|route\.ts)$/g, "")
          .replace(/\[(\w+)\]/g, (_, name: string) => values[name]!) || "/",
    );
    addresses.push(
      "/legrand/.well-known/openid-configuration",
      `/legrand/${clientId}/.well-known/openid-configuration`,
      "/.well-known/oauth-authorization-server/legrand",
      "/legrand/jwks",
      "/legrand/userinfo",
      "/legrand/userinfo/",
      "/legrand/token",
      "/legrand/nowhere",
      "/nowhere",
      authorizeUrl(application, { scope: "openid", state: "s" }),
      authorizeUrl({ ...application, replyUrl: "https://evil.example/" }),
      "/admin/linked-accounts/export?format=csv",
      "/admin/audit/export?format=ndjson",
      "/healthz",
      "/readyz",
      "/icon.svg",
      "/api/auth/providers",
      "/api/auth/csrf",
      "/api/auth/session",
      "/api/auth/signin/legrand",
      "/api/auth/error",
    );
    const ofProgram = {
      authorization: `Bearer ${tokens.access_token}`,
      [SUBSCRIPTION_KEY_HEADER]: await subscriptionKey(),
    };
    const requests = [
      ...addresses.map((address) => ({ address, browser })),
      { address: resumption, browser: other },
      { address: callback, browser },
    ].flatMap((request) =>
      ACCEPTS.map((accept) => ({
        ...request,
        headers: { accept, ...(/\/(?:api\/smarther|userinfo)/.test(request.address) ? ofProgram : {}) },
      })),
    );
    const jars = [browser, other].map(({ cookies }) => [...cookies]);
    const before = await everythingBefore({ browser, clientId });
    const heads = [];
    for (const { address, browser: from, headers } of requests)
      heads.push(await from.send(address, { method: "HEAD", headers }));
    expect(await everything()).toEqual(before);
    expect([browser, other].map(({ cookies }) => cookies)).toEqual(jars);
    expect(
      heads.filter(({ text, headers }) => text !== "" || headers.has("set-cookie")).map(({ url }) => url),
    ).toEqual([]);
    // For a browser a refusal becomes a page, and next-auth redirects with a 302 or a 303.
    const told = ({ status, headers }: { status: number; headers: Headers }) =>
      status < 300
        ? `${status} ${headers.get("content-type")?.split(";")[0] ?? ""}`
        : String(status).replace("302", "303");
    const differing = [];
    for (const [index, { address, browser: from, headers }] of requests.entries()) {
      // These two can be answered only once, and the first Accept header did that.
      if (headers.accept !== ACCEPTS[0] && [resumption, callback].includes(address)) continue;
      const get = await from.send(address, { headers });
      const head = heads[index]!;
      if (told(get) !== told(head))
        differing.push(`${address} (${headers.accept}): HEAD ${told(head)}, GET ${told(get)}`);
    }
    expect(differing).toEqual([]);
    expect((await findLinkedAccount(account.id))!.state).toBe("connected");
  }, 120_000);

  test("for a person without a role a HEAD below /admin is 404, and leaves no attempt in the audit log", async () => {
    const account = await makeAccount();
    const browser = new Browser();
    await deliver(browser, await walkToCallback(browser, account));
    const { clientId } = await makeOwnedApplication(account);
    const before = await everythingBefore({ browser, clientId });
    for (const path of ["/admin", "/admin/audit", "/admin/audit/export?format=csv"])
      expect((await browser.send(path, { method: "HEAD" })).status).toBe(404);
    expect(await everything()).toEqual(before);
  });
});
