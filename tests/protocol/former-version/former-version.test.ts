import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { digest } from "#lib/crypto/digest.ts";
import { listMigrationNames } from "#lib/db/migrate.ts";
import { Browser } from "#tests/factories/browser.ts";
import { callApi, isActive, refresh } from "#tests/factories/client.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { textOf } from "#tests/factories/html.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { query } from "#tests/harness/database.ts";
import { known, restoreFormerVersion } from "#tests/protocol/former-version/restore-former-version.ts";

const folder = mkdtempSync(join(tmpdir(), "legrand-connect-former-"));
// Registered before the server's end, and therefore called after it.
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const server = ownServer(async () => ({ DATA_DIR: folder, ...(await restoreFormerVersion(folder)) }));

/** Returns a browser with the cookies that version 0.1.0 set. Their names contain the server's port. */
function browserWith(cookies: Browser["cookies"]): Browser {
  const browser = new Browser();
  const port = new URL(server().origin).port;
  browser.cookies = cookies.map(({ name, ...cookie }) => ({
    ...cookie,
    name: name.replace(`-${known.port}.`, `-${port}.`),
  }));
  return browser;
}

const { connected, administrator, other } = known;
const rowOfConnected = async () => (await findLinkedAccount(connected.account.id))!;

test("the start applies the migrations that a database of version 0.1.0 lacks", async () => {
  const applied = await query<{ name: string }>(
    `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1`,
  );
  expect(applied.map(({ name }) => name)).toEqual(listMigrationNames());
});

test("an account that version 0.1.0 connected opens with its session, and its stored tokens are decrypted and used", async () => {
  const before = await rowOfConnected();
  const { status, text } = await browserWith(connected.cookies).open("/account?homes=shown");
  expect(status).toBe(200);
  expect(textOf(text)).toContain(connected.account.email);
  expect(textOf(text)).toContain("Home 1");
  const after = await rowOfConnected();
  expect([after.state, after.access_token]).toEqual(["connected", before.access_token]);
});

test("Connect refreshes that account, and can use the new tokens", async () => {
  const [browser, before] = [browserWith(connected.cookies), await rowOfConnected()];
  expect((await browser.post("/account/refresh", { id: String(before.id) })).status).toBe(303);
  const after = await rowOfConnected();
  expect(after).toMatchObject({ state: "connected", trouble: null, reconnect_reason: null });
  expect(after.token_version).toBe(Number(before.token_version) + 1);
  expect(after.refresh_token).not.toBe(before.refresh_token);
  expect(textOf((await browser.open("/account?homes=shown")).text)).toContain("Home 1");
});

test("the person signs in with the password of then, and connects the same account again", async () => {
  const [browser, before] = [new Browser(), await rowOfConnected()];
  const { location } = await deliver(browser, await walkToCallback(browser, connected.account));
  expect(location).toBe(`${server().origin}/account`);
  expect(await rowOfConnected()).toMatchObject({
    id: before.id,
    user_id: before.user_id,
    state: "connected",
    token_version: Number(before.token_version) + 1,
  });
});

test("the sandbox accepts the access token, refresh token and client secret that version 0.1.0 issued", async () => {
  const { application, tokens } = other;
  expect((await callApi(tokens.access_token)).status).toBe(200);
  expect(await isActive(application, tokens.access_token)).toBe(true);
  const { status, body } = await refresh(application, tokens.refresh_token);
  expect([status, body.scope]).toEqual([200, "openid topology.read comfort.read"]);
  expect((await callApi(String(body.access_token))).status).toBe(200);
  const again = await refresh(application, tokens.refresh_token);
  expect(again.body.refresh_token, "within the overlap").toBe(body.refresh_token);
  const [row] = await query<{ consumed: boolean }>(
    `SELECT consumed_at IS NOT NULL AS consumed FROM legrand_artifact WHERE digest = $1`,
    digest(tokens.refresh_token),
  );
  expect(row).toEqual({ consumed: true });
});

test("an administrator's session still opens the list, with that account in it", async () => {
  const { status, text } = await browserWith(administrator.cookies).open("/admin/linked-accounts");
  expect(status).toBe(200);
  expect(textOf(text)).toContain(connected.account.email);
});
