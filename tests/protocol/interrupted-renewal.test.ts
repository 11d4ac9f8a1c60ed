import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes, randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { cookieName } from "#lib/cookie-name.ts";
import { digest } from "#lib/crypto/digest.ts";
import { Browser } from "#tests/factories/browser.ts";
import { startHostileCloud, type HostileCloud } from "#tests/factories/hostile-cloud.ts";
import { query } from "#tests/harness/database.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { startBriefServer, type TestServer } from "#tests/harness/server.ts";

// Its own servers, one after the other on one data folder, with a key that this process knows.
const folder = mkdtempSync(join(tmpdir(), "legrand-connect-"));
const control = process.env.TEST_CONTROL_PORT;
let cloud: HostileCloud;
let environment: Record<string, string>;
let server: TestServer | undefined;

beforeAll(async () => {
  await putMigratedDatabase(folder);
  cloud = await startHostileCloud();
  environment = {
    ...cloud.environment,
    DATA_DIR: folder,
    TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  };
});
afterAll(async () => {
  process.env.TEST_CONTROL_PORT = control;
  await server?.stop();
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<TestServer> {
  server = await startBriefServer(environment);
  process.env.TEST_CONTROL_PORT = String(server.controlPort);
  return server;
}

async function kill(killed: TestServer): Promise<void> {
  const ended = new Promise<void>((resolve) => killed.process.once("exit", () => resolve()));
  killed.process.kill("SIGKILL");
  await ended;
}

/** Makes a linked account with tokens of the cloud, and a browser in which its user is signed in. */
async function makeAccount(): Promise<{ id: string; browser: Browser }> {
  Object.assign(
    process.env,
    { AUTH_SECRET: "x".repeat(32), LEGRAND_COOKIE_KEYS: "x".repeat(32) },
    environment,
  );
  const { encrypt } = await import("#lib/crypto/encrypt.ts");
  const [user, id, cookie] = [randomUUID(), randomUUID(), randomUUID()];
  await query(`INSERT INTO connect_user (id) VALUES ($1::uuid)`, user);
  await query(
    `INSERT INTO connect_session (session_token_digest, user_id, expires_at) VALUES ($1, $2::uuid, now() + interval '1 hour')`,
    digest(cookie),
    user,
  );
  await query(
    `INSERT INTO connect_account (id, user_id, type, provider, provider_account_id, requested_scopes, granted_scopes, access_token, refresh_token,
       access_token_expires_at, refresh_token_expires_at)
     VALUES ($1::uuid, $2::uuid, 'oauth', 'legrand', $3, '{comfort.read}', '{topology.read,comfort.read}', $4, $5, now() + interval '50 minutes', now() + interval '60 days')`,
    id,
    user,
    id,
    encrypt("old", `legrand:${id}:accessToken`),
    encrypt(cloud.grant(), `legrand:${id}:refreshToken`),
  );
  const browser = new Browser(server!.origin);
  browser.cookies.push({ name: cookieName("connect", "session", server!.origin), value: cookie, path: "/" });
  return { id, browser };
}

test("a server that was killed during a refresh (SIGKILL) repeats it at its next start, and the overlap returns the lost tokens", async () => {
  const killed = await start();
  const { id, browser } = await makeAccount();
  cloud.next.push({ lose: "hang" });
  const unanswered = browser.post("/account/refresh", { id }).catch((error: unknown) => error);
  await expect.poll(() => cloud.received.length, { timeout: 20_000 }).toBe(1);
  await kill(killed);
  expect(await unanswered).toBeInstanceOf(Error);
  await start();
  const rowOf = async () =>
    (
      await query(
        `SELECT state::text, token_version, refresh_lease_until FROM connect_account WHERE id = $1::uuid`,
        id,
      )
    )[0];
  await expect
    .poll(rowOf, { timeout: 20_000 })
    .toEqual({ state: "connected", token_version: 1, refresh_lease_until: null });
  expect(cloud.received.map((form) => form.get("refresh_token"))).toEqual([
    cloud.received[0]!.get("refresh_token"),
    cloud.received[0]!.get("refresh_token"),
  ]);
  // Only the cloud and this row ever had the new refresh token.
  const { decrypt } = await import("#lib/crypto/encrypt.ts");
  const [row] = await query<{ refresh_token: string }>(
    `SELECT refresh_token FROM connect_account WHERE id = $1::uuid`,
    id,
  );
  expect(cloud.isAlive(decrypt(row!.refresh_token, `legrand:${id}:refreshToken`))).toBe(true);
}, 120_000);
