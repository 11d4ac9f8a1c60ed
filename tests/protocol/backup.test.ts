import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { Browser } from "#tests/factories/browser.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { createDatabase, findPostgres, startPostgres } from "#tests/harness/postgres.ts";
import { freePort, startBriefServer, type TestServer } from "#tests/harness/server.ts";

const scratch = mkdtempSync(join(tmpdir(), "legrand-connect-backup-"));
const [port, programs] = [String(await freePort()), findPostgres()];
const before = { ...process.env };
let server: TestServer | undefined;
let stopCluster: (() => Promise<void>) | undefined;

afterAll(async () => {
  await server?.stop();
  await stopCluster?.();
  Object.assign(process.env, {
    TEST_ORIGIN: before.TEST_ORIGIN,
    TEST_CONTROL_PORT: before.TEST_CONTROL_PORT,
    TEST_DATA_DIR: before.TEST_DATA_DIR,
  });
  rmSync(scratch, { recursive: true, force: true });
});

/**
 * Starts the server with these settings, always at the same address, so that a browser's cookies still apply.
 */
async function serveWith(settings: Record<string, string>): Promise<void> {
  server = await startBriefServer({ PORT: port, ...settings });
  Object.assign(process.env, {
    TEST_ORIGIN: server.origin,
    TEST_CONTROL_PORT: String(server.controlPort),
    TEST_DATA_DIR: server.dataDir,
  });
}

async function stopServer(): Promise<void> {
  await server!.stop();
  server = undefined;
}

/** Runs `npm run backup` or `npm run restore` with these settings. */
function run(
  command: "backup" | "restore",
  args: string[],
  settings: Record<string, string>,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--conditions=react-server", `lib/server/operator/${command}.ts`, ...args],
      { env: { ...process.env, DATABASE_URL: "", ...settings } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

const folder = (name: string) => ({ DATA_DIR: join(scratch, name) });
const pathOf = (name: string) => join(scratch, name);

async function startCluster(): Promise<string> {
  const cluster = await startPostgres(programs!);
  stopCluster = cluster.stop;
  return cluster.url;
}

/** Makes a PostgreSQL database, and returns settings with it and the secrets of that data folder. */
async function postgresSettings(dataDir: string): Promise<Record<string, string>> {
  const url = process.env.TEST_DATABASE_URL ?? (await startCluster());
  const secrets = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8")) as Record<string, string>;
  return {
    ...secrets,
    ...folder("postgres"),
    DATABASE_URL: await createDatabase(url, `moved_${process.pid}`),
  };
}

test.skipIf(!programs)(
  "a connected account works after a move from the embedded database to PostgreSQL and back",
  { timeout: 240_000 },
  async () => {
    const first = folder("first");
    await putMigratedDatabase(first.DATA_DIR);
    await serveWith(first);
    const [home, account] = [new Browser(), await makeAccount()];
    await deliver(home, await walkToCallback(home, account));
    const tokenOf = async () => (await findLinkedAccount(account.id))!.refresh_token;
    const sealed = await tokenOf();

    expect(await run("backup", [pathOf("one")], first), "through the running server").toEqual({
      code: 0,
      output: expect.stringContaining(`are in ${pathOf("one")}`) as string,
    });
    expect(await run("backup", [pathOf("one")], first), "an existing file stays").toEqual({
      code: 1,
      output: expect.stringContaining("exists already") as string,
    });
    expect(await run("backup", [pathOf("missing/one")], first)).toEqual({
      code: 1,
      output: expect.stringContaining("could not be written") as string,
    });
    expect(statSync(pathOf("one")).mode & 0o777).toBe(0o600);
    for (const secret of Object.values(
      JSON.parse(readFileSync(join(first.DATA_DIR, "secrets.json"), "utf8")) as Record<string, string>,
    )) {
      expect(
        readFileSync(pathOf("one"), "utf8").includes(secret),
        "a backup without --with-secrets has no secret",
      ).toBe(false);
    }
    await stopServer();

    const postgres = await postgresSettings(first.DATA_DIR);
    const foreign = { ...postgres, TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}` };
    expect(await run("restore", [pathOf("one")], foreign)).toEqual({
      code: 1,
      output: expect.stringContaining("the keys here are different") as string,
    });
    expect(await run("restore", [pathOf("one")], postgres)).toEqual({
      code: 0,
      output: expect.stringMatching(/rows of \d+ tables are restored/) as string,
    });
    await serveWith(postgres);
    expect(await tokenOf()).toBe(sealed);
    expect((await home.open("/account")).status, "the session is valid").toBe(200);
    await query(
      "UPDATE connect_account SET access_token_expires_at = now() WHERE provider_account_id = $1",
      account.id,
    );
    expect((await home.open("/account")).text).toContain("Granted scopes");
    const renewed = await tokenOf();
    expect(renewed, "renewed with the restored refresh token").not.toBe(sealed);
    expect(
      await run("backup", [pathOf("two"), "--with-secrets"], postgres),
      "beside the running server",
    ).toEqual({ code: 0, output: expect.stringContaining("contains the encryption keys") as string });
    await stopServer();

    const second = folder("second");
    const restored = await run("restore", [pathOf("two")], second);
    expect(restored).toEqual({
      code: 0,
      output: expect.stringContaining(
        `The secrets of the backup are in ${join(second.DATA_DIR, "secrets.json")}`,
      ) as string,
    });
    expect(restored.output).not.toContain(String(postgres.AUTH_SECRET));
    await serveWith(second);
    expect(await tokenOf()).toBe(renewed);
    const id = String((await findLinkedAccount(account.id))!.id);
    const left = await home.post("/account/disconnect", { id });
    expect((await home.open(left.location!)).text, "its tokens can be decrypted and revoked").toContain(
      "Its tokens are revoked at Legrand",
    );
  },
);

test("a command without a file prints its usage", async () => {
  expect(await run("backup", [], folder("none"))).toEqual({
    code: 1,
    output: "Usage: npm run backup -- FILE [--with-secrets]\n",
  });
  expect(await run("restore", ["--help"], folder("none"))).toEqual({
    code: 1,
    output: "Usage: npm run restore -- FILE\n",
  });
});
