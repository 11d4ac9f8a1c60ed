import { spawn, type ChildProcess } from "node:child_process";
import { createCipheriv, randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { Browser } from "#tests/factories/browser.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { freePort, startBriefServer, type TestServer } from "#tests/harness/server.ts";

const dataDir = mkdtempSync(join(tmpdir(), "legrand-connect-rotation-"));
const keys = { k1: randomBytes(32), k2: randomBytes(32) };
const listOf = (...ids: (keyof typeof keys)[]) =>
  ids.map((id) => `${id}:${keys[id].toString("base64")}`).join(",");

// The same port at every start, so that a browser finds the application again.
const port = String(await freePort());
const socket = join(dataDir, "server.sock");

await putMigratedDatabase(dataDir);
let server: TestServer | undefined;
const before = { ...process.env };

/**
 * Returns whether a server listens on the socket. A killed server leaves the file behind, so the file proves
 * nothing.
 */
const answers = () =>
  new Promise<boolean>((resolve) => {
    const connection = connect(socket, () => {
      connection.destroy();
      resolve(true);
    }).once("error", () => resolve(false));
  });

/** Starts the server on that data folder with these keys. */
async function serveWith(...ids: (keyof typeof keys)[]): Promise<TestServer> {
  await server?.stop();
  server = await startBriefServer({ DATA_DIR: dataDir, PORT: port, TOKEN_ENCRYPTION_KEYS: listOf(...ids) });
  Object.assign(process.env, {
    TEST_ORIGIN: server.origin,
    TEST_CONTROL_PORT: String(server.controlPort),
    TEST_DATA_DIR: dataDir,
  });
  // Next starts its background work while the first requests are already served.
  await expect.poll(() => answers(), { timeout: 20_000 }).toBe(true);
  return server;
}

afterAll(async () => {
  await server?.stop();
  Object.assign(process.env, {
    TEST_ORIGIN: before.TEST_ORIGIN,
    TEST_CONTROL_PORT: before.TEST_CONTROL_PORT,
    TEST_DATA_DIR: before.TEST_DATA_DIR,
  });
  rmSync(dataDir, { recursive: true, force: true });
});

type Command = {
  process: ChildProcess;
  ended: Promise<{ code: number | null; output: string }>;
  said: (text: string) => Promise<void>;
};

/** Runs `npm run rotate-keys` as another process on that machine. */
function rotate(...ids: (keyof typeof keys)[]): Command {
  const child = spawn(process.execPath, ["--conditions=react-server", "lib/server/operator/rotate-keys.ts"], {
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: "", TOKEN_ENCRYPTION_KEYS: listOf(...ids) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      listeners.forEach((listen) => listen());
    });
  return {
    process: child,
    ended: new Promise((resolve) => child.once("close", (code) => resolve({ code, output }))),
    said: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (output.includes(text)) resolve();
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Encrypts as lib/crypto/encrypt.ts does, under that key. */
function seal(text: string, context: string, id: keyof typeof keys): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keys[id], nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${id}.${body.toString("base64url")}`;
}

/** Adds that many rows under that key. No job sends them for a day. */
async function addPending(count: number, key: keyof typeof keys): Promise<void> {
  const rows = Array.from({ length: count }, () => randomUUID()).map((id) => ({
    id,
    token: seal("token", `pending-revocation:${id}:refreshToken`, key),
  }));
  await query(
    `INSERT INTO connect_pending_revocation (id, owner_digest, refresh_token, retry_at, expires_at)
    SELECT id, '', token, now() + interval '1 day', now() + interval '2 days' FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, token text)`,
    JSON.stringify(rows),
  );
}

const countUnder = async (key: string) =>
  (
    await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM connect_pending_revocation WHERE refresh_token LIKE $1`,
      `${key}.%`,
    )
  )[0]!.count;

async function connectSomebody() {
  const [browser, account] = [new Browser(), await makeAccount()];
  await deliver(browser, await walkToCallback(browser, account));
  return { browser, account };
}

test(
  "rotates a key while the application serves, resumes after an interruption, and works without the old key (issue 4, In Connect 8)",
  { timeout: 240_000 },
  async () => {
    const killed = await serveWith("k1");
    const { browser, account } = await connectSomebody();
    await addPending(6_000, "k1");
    killed.process.kill("SIGKILL");
    await new Promise((resolve) => killed.process.once("exit", resolve));
    server = undefined;
    // The socket belongs to a killed server, so the command opens the database itself.
    expect(existsSync(socket)).toBe(true);
    expect(await rotate("k1").ended).toEqual({
      code: 0,
      output: expect.stringMatching(/^0 re-encrypted under k1, 6,\d+ already under it\.$/m) as string,
    });

    // The next server replaces the socket.
    const { output } = await serveWith("k2", "k1");
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    const other = await rotate("k1", "k2").ended;
    expect(other).toEqual({
      code: 1,
      output: expect.stringContaining(
        "The server runs with the key k2 first, and this command sees k1.",
      ) as string,
    });
    expect(await countUnder("k1")).toBe(6_000);

    const interrupted = rotate("k2", "k1");
    await interrupted.said("Tokens to be revoked: 1,000 of 6,000");
    interrupted.process.kill("SIGKILL");
    await interrupted.ended;
    await expect
      .poll(
        async () => {
          const first = await countUnder("k2");
          await browser.open("/account");
          return first === (await countUnder("k2"));
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    expect(await countUnder("k1"), "stopped with the command").toBeGreaterThan(0);

    const reading = new AbortController();
    const statuses: number[] = [];
    const readers = (async () => {
      while (!reading.signal.aborted) statuses.push((await browser.open("/account")).status);
    })();
    const again = await rotate("k2", "k1").ended;
    reading.abort();
    await readers;
    expect(again).toEqual({
      code: 0,
      output: expect.stringMatching(
        /[\d,]+ re-encrypted under k2, [\d,]+ already under it\.\nNo readable value needs k1 any longer/,
      ) as string,
    });
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await countUnder("k1")).toBe(0);
    expect((await findLinkedAccount(account.id))!.refresh_token).toMatch(/^k2\./);
    expect(output()).not.toContain('"level":"error"');

    await serveWith("k2");
    expect((await browser.open("/account")).status).toBe(200);
    const id = String((await findLinkedAccount(account.id))!.id);
    const left = await browser.post("/account/disconnect", { id });
    expect(
      (await browser.open(left.location!)).text,
      "the stored tokens can be read, and the issuer's keys",
    ).toContain("Its tokens are revoked at Legrand");
    await connectSomebody();
    await server!.stop();
    server = undefined;
    expect(existsSync(socket), "gone with the server").toBe(false);
  },
);

test("reports a folder without a database, and makes none", async () => {
  const empty = mkdtempSync(join(tmpdir(), "legrand-connect-rotation-"));
  writeFileSync(join(empty, "something"), "");
  const child = spawn(process.execPath, ["--conditions=react-server", "lib/server/operator/rotate-keys.ts"], {
    env: { ...process.env, DATA_DIR: empty, DATABASE_URL: "" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, said }).toEqual({
    code: 1,
    said: `There is no database in ${empty}. Set DATA_DIR or DATABASE_URL as for the server.\n`,
  });
  expect(existsSync(join(empty, "database"))).toBe(false);
  rmSync(empty, { recursive: true, force: true });
});
