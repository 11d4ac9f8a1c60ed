import { expect, test } from "vitest";

import { authorize, consent, openConsent, openSignIn, signIn } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { connect, postForm, redeem, refresh, type Answer } from "#tests/factories/client.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { connectCookie, sandboxCookie } from "#tests/factories/cookies.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication } from "#tests/factories/make-application.ts";
import { dumpDatabase } from "#tests/factories/stored.ts";
import { digest } from "#lib/crypto/digest.ts";
import { query } from "#tests/harness/database.ts";
import { ownServer } from "#tests/factories/own-server.ts";

const server = ownServer();

/** Asserts that none of these stands anywhere in the database or in what the server printed. */
async function expectNowhere(credentials: Record<string, string | undefined>): Promise<void> {
  const places = { database: await dumpDatabase(), output: server().output() };
  for (const [name, value] of Object.entries(credentials)) {
    expect({ name, isThere: (value?.length ?? 0) >= 16 }).toEqual({ name, isThere: true });
    for (const [place, text] of Object.entries(places)) expect({ name, place, found: text.includes(value!) }).toEqual({ name, place, found: false });
  }
}

const tokensOf = ({ body }: Answer) => ({ access: String(body.access_token), refresh: String(body.refresh_token) });

test("a whole flow leaves no credential behind, neither in a table nor in the log: only digests", async () => {
  const { application, account, browser, code, tokens } = await connect({ scope: "openid topology.read" });
  const renewed = tokensOf(await refresh(application, tokens.refresh_token));
  // The answer is kept for a second fetch meanwhile.
  expect(await query(`SELECT 1 FROM legrand_refresh_replay WHERE digest = $1`, digest(tokens.refresh_token))).toHaveLength(1);
  const another = await authorize({ application, account, browser, scope: "openid topology.read comfort.read" });
  await expectNowhere({
    code, "unspent code": another.code, "access token": tokens.access_token, "refresh token": tokens.refresh_token, "id_token": tokens.id_token,
    "renewed access token": renewed.access, "renewed refresh token": renewed.refresh, "client secret": application.clientSecret,
    password: account.password, "session cookie": browser.cookie(sandboxCookie("session")), "session cookie's signature": browser.cookie(sandboxCookie("session.sig")),
  });
});

test("an interaction that is open leaves nothing that would answer it", async () => {
  const account = await makeAccount();
  const browser = new Browser();
  const { application } = await connect();
  await authorize({ application, account, browser });
  await openConsent(application, account, { prompt: "consent", scope: "topology.read comfort.write" }, browser);
  await expectNowhere({
    "session cookie": browser.cookie(sandboxCookie("session")), "interaction cookie": browser.cookie(sandboxCookie("interaction")),
    "interaction cookie's signature": browser.cookie(sandboxCookie("interaction.sig")), "resume cookie": browser.cookie(sandboxCookie("resume")),
  });
});

test("an interaction is counted for its network until somebody signs in, who keeps it however many requests come (decision 32)", async () => {
  const [application, account] = [await makeApplication(), await makeAccount()];
  const { browser, page } = await openSignIn(application);
  const find = async (uid: string) => (await query(`SELECT network, account_id FROM legrand_artifact WHERE digest = $1`, digest(uid)))[0];
  const uid = page.url.split("/").at(-1)!;
  expect(await find(uid)).toEqual({ network: "127.0.0.1", account_id: null });
  const asked = await browser.follow(await signIn(browser, page, account));
  expect(await find(uid)).toEqual({ network: null, account_id: account.id });
  const forgotten = await openSignIn(application);
  await query(`INSERT INTO legrand_artifact (digest, kind, payload, network, network_ordinal, expires_at)
    SELECT gen_random_uuid()::text, 'Interaction', '{}', '127.0.0.1', 1000 + n, now() + interval '1 hour' FROM generate_series(1, 1000) n`);
  for (let request = 0; request < 20; request++) await openSignIn(application);
  expect(textOf((await forgotten.browser.open(forgotten.page.url)).text)).toContain("We do not know this request");
  expect((await browser.follow(await consent(browser, asked), [application.replyUrl])).location).toContain("code=");
});

test("Connect keeps tokens as ciphertext with the key's id in front, and its sessions as digests", async () => {
  const [browser, account] = [new Browser(), await makeAccount()];
  const answer = await walkToCallback(browser, account);
  await deliver(browser, answer);
  const row = (await findLinkedAccount(account.id))!;
  const keyId = /^([\w-]+)\.[\w-]{40,}$/;
  expect(row.access_token).toMatch(keyId);
  expect(row.refresh_token).toMatch(keyId);
  expect(keyId.exec(String(row.access_token))![1]).toBe("k1");
  expect(row).not.toHaveProperty("id_token");
  await expectNowhere({ code: answer.searchParams.get("code")!, "session cookie": browser.cookie(connectCookie("session")) });
});

test("two rows with the same token have different ciphertexts: a nonce of its own for each (NIST SP 800-38D §8.2)", async () => {
  const account = await makeAccount();
  const ciphertexts = new Set<unknown>();
  for (const browser of [new Browser(), new Browser()]) {
    await deliver(browser, await walkToCallback(browser, account));
    const row = (await findLinkedAccount(account.id))!;
    ciphertexts.add(String(row.access_token).slice(0, 20)).add(String(row.refresh_token).slice(0, 20));
  }
  expect(ciphertexts.size).toBe(4);
});

test("what is refused is not written down either: a wrong secret, a wrong password, a code with a wrong verifier", async () => {
  const { application } = await connect();
  const wrong = { secret: `lgs_${"wrong".repeat(8)}`, code: "code".repeat(10), verifier: "verifier".repeat(8) };
  await postForm("/token", { grant_type: "refresh_token", refresh_token: wrong.code, client_id: application.clientId, client_secret: wrong.secret });
  await redeem(application, wrong.code, { code_verifier: wrong.verifier });
  await expectNowhere(wrong);
});
