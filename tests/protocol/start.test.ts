import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  cpSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterEach, describe, expect, test } from "vitest";

import { query } from "#tests/harness/database.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { freePort, startBriefServer } from "#tests/harness/server.ts";

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "legrand-connect-start-"));
  folders.push(folder);
  return folder;
}

afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

type Run = {
  child: ChildProcess;
  ended: Promise<{ code: number | null; output: string }>;
  printed: (text: string) => Promise<void>;
};

/**
 * Runs the start command as `npm start` does, in this checkout or a copy of it. It does not read a
 * developer's .env file.
 */
async function start(environment: Record<string, string>, cwd = process.cwd()): Promise<Run> {
  const PORT = environment.PORT ?? String(await freePort());
  const child = spawn(process.execPath, ["lib/server/boot/start.ts"], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      PORT,
      __NEXT_PROCESSED_ENV: "true",
      ...environment,
    },
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      waiting.forEach((check) => check());
    });
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, output })),
  );
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (output.includes(text)) resolve();
      };
      waiting.add(check);
      check();
      void ended.then(() => reject(new Error(`It ended before it printed "${text}":\n${output}`)));
    });
  return { child, ended, printed };
}

/** Runs SQL on another server than the suite's. */
async function queryAt<Row>(controlPort: number, sql: string, ...values: unknown[]): Promise<Row[]> {
  const before = process.env.TEST_CONTROL_PORT;
  process.env.TEST_CONTROL_PORT = String(controlPort);
  try {
    return await query<Row>(sql, ...values);
  } finally {
    process.env.TEST_CONTROL_PORT = before;
  }
}

test("a data folder has one process at a time, and secrets that were generated once, with mode 0600", async () => {
  const DATA_DIR = newFolder();
  const server = await startBriefServer({ DATA_DIR });
  const path = join(DATA_DIR, "secrets.json");
  const secrets = readFileSync(path, "utf8");
  expect(statSync(path).mode & 0o777).toBe(0o600);

  // A second process exits at once, and prints the first one's pid and what to do.
  const { code, output } = await (await start({ DATA_DIR })).ended;
  expect(code).toBe(1);
  for (const help of [`in use by process ${server.process.pid}`, "DATA_DIR=", "DATABASE_URL"])
    expect(output).toContain(help);
  expect(output).not.toMatch(/\n\s+at /);
  expect((await fetch(`${server.origin}/legrand/jwks`)).status).toBe(200);
  await server.stop();

  // Afterwards the folder is free. The secrets are the same, and are never printed.
  const next = await startBriefServer({ DATA_DIR });
  expect(readFileSync(path, "utf8")).toBe(secrets);
  for (const secret of Object.values(JSON.parse(secrets) as Record<string, string>))
    expect(server.output() + next.output()).not.toContain(secret);
  await next.stop();

  // The start reports lost or exchanged keys, instead of every page (issue 10, 7).
  const failed = async (environment: Record<string, string> = {}) => {
    const { code, output: said } = await (await start({ DATA_DIR, ...environment })).ended;
    expect([code, readdirSync(DATA_DIR).filter((name) => /^lock|^server/.test(name))], said).toEqual([1, []]);
    expect(said).not.toMatch(/\n\s+at /);
    for (const secret of Object.values(JSON.parse(secrets) as Record<string, string>))
      expect(said).not.toContain(secret.slice(3, 30));
    return said;
  };
  expect(await failed({ TOKEN_ENCRYPTION_KEYS: `k2:${randomBytes(32).toString("base64")}` })).toContain(
    `TOKEN_ENCRYPTION_KEYS lacks the key k1, which the stored data was encrypted with. It has k2. Restore k1 from your backup: in the environment, or in ${path}`,
  );
  expect(await failed({ TOKEN_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}` })).toContain(
    "is not the key k1 that the stored data was encrypted with",
  );
  rmSync(path);
  expect(await failed()).toContain(
    `${path} is missing, and the database in ${DATA_DIR} needs the encryption key in it. Restore ${path} from your backup`,
  );
  writeFileSync(path, secrets.slice(0, 50));
  expect(await failed()).toContain(`${path} is cut off`);
}, 180_000);

test("reports a taken port with what to do, and frees the folder", async () => {
  const { PORT } = { PORT: new URL(process.env.TEST_ORIGIN!).port };
  const DATA_DIR = newFolder();
  await putMigratedDatabase(DATA_DIR);
  const { code, output } = await (await start({ PORT, DATA_DIR })).ended;
  expect(code).toBe(1);
  expect(output).toContain(`Port ${PORT} is taken`);
  expect(output).toContain("PORT=");
  expect(readdirSync(DATA_DIR)).not.toContain("lock");
}, 120_000);

describe("names every missing or invalid setting", () => {
  const DATABASE_URL = "postgresql://nobody@127.0.0.1:1/none";
  test.each([
    [
      "DATABASE_URL without any secret",
      { DATABASE_URL },
      ["AUTH_SECRET", "TOKEN_ENCRYPTION_KEYS", "LEGRAND_COOKIE_KEYS", "LEGRAND_CLIENT_SECRET"],
    ],
    [
      "DATABASE_URL without one of them",
      {
        DATABASE_URL,
        AUTH_SECRET: "x".repeat(32),
        LEGRAND_COOKIE_KEYS: "x".repeat(32),
        LEGRAND_CLIENT_SECRET: "x".repeat(32),
      },
      ["TOKEN_ENCRYPTION_KEYS"],
    ],
    ["a short AUTH_SECRET", { AUTH_SECRET: "short" }, ["AUTH_SECRET", "32"]],
    [
      "a key that is too short",
      { TOKEN_ENCRYPTION_KEYS: "k1:c2hvcnQ=" },
      ["TOKEN_ENCRYPTION_KEYS", "32 bytes"],
    ],
    ["an origin with a path", { ORIGIN: "https://connect.example/app" }, ["ORIGIN"]],
    ["an origin with a trailing slash", { ORIGIN: "https://connect.example/" }, ["ORIGIN", "trailing slash"]],
    [
      "not a database",
      {
        DATABASE_URL: "mysql://x",
        AUTH_SECRET: "x".repeat(32),
        LEGRAND_COOKIE_KEYS: "x".repeat(32),
        LEGRAND_CLIENT_SECRET: "x".repeat(32),
        TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString("base64")}`,
      },
      ["DATABASE_URL", "postgresql://"],
    ],
    [
      "one of the three addresses of another cloud",
      { LEGRAND_TOKEN_URL: "https://cloud.example/token" },
      ["LEGRAND_AUTHORIZE_URL", "LEGRAND_API_URL"],
    ],
  ])(
    "%s",
    async (_case, environment: Record<string, string>, named) => {
      const { code, output } = await (await start({ DATA_DIR: newFolder(), ...environment })).ended;
      expect(code).toBe(1);
      for (const name of named) expect(output).toContain(name);
      expect(output).not.toMatch(/\n\s+at /);
      expect(output).not.toContain("x".repeat(32));
    },
    120_000,
  );
});

test("a secret from the environment is not stored", async () => {
  const DATA_DIR = newFolder();
  const given = "g".repeat(40);
  // The start fails on the origin, after it has made the secrets.
  await (
    await start({ DATA_DIR, AUTH_SECRET: given, ORIGIN: "nonsense" })
  ).ended;
  expect(readFileSync(join(DATA_DIR, "secrets.json"), "utf8")).not.toContain(given);
}, 60_000);

/** Copies this checkout, with its build and its packages. Returns the folder. */
function copyOfCheckout(): string {
  const folder = newFolder();
  for (const name of ["app", "components", "lib", "prisma", "public", ...globSync("*.{js,mjs,ts,json}")])
    cpSync(name, join(folder, name), { recursive: true });
  for (const name of ["node_modules", ".next"]) symlinkSync(resolve(name), join(folder, name), "junction");
  return folder;
}

test("the settings of a .env file apply to the start and the pages alike, and the shell's settings win (issue 10, 20)", async () => {
  const [folder, DATA_DIR, PORT] = [copyOfCheckout(), newFolder(), String(await freePort())];
  await putMigratedDatabase(DATA_DIR);
  const ORIGIN = "https://connect.example";
  writeFileSync(join(folder, ".env"), `ORIGIN=${ORIGIN}\nPORT=1\nLEGRAND_SCOPES=openid\n`);
  const { child, ended, printed } = await start({ DATA_DIR, PORT, __NEXT_PROCESSED_ENV: "" }, folder);
  await printed(`Legrand Connect is ready at ${ORIGIN}`);
  const at = `http://localhost:${PORT}`;
  expect(await (await fetch(`${at}/legrand/.well-known/openid-configuration`)).json()).toMatchObject({
    issuer: `${ORIGIN}/legrand`,
  });
  const signIn = (origin: string) =>
    fetch(`${at}/legrand/sign-in/submit`, {
      method: "POST",
      redirect: "manual",
      headers: { origin },
      body: new URLSearchParams({ email: "nobody@example.com", password: "x" }),
    });
  expect([(await signIn(ORIGIN)).status, (await signIn(at)).status]).toEqual([303, 403]);
  child.kill("SIGTERM");
  await ended;
}, 120_000);

describe("a database opens again after a kill at any moment", () => {
  test("during the first initialisation, several times in a row on one folder", async () => {
    const DATA_DIR = newFolder();
    const first = await start({ DATA_DIR });
    await first.printed("Creating the embedded database");
    first.child.kill("SIGKILL");
    await first.ended;
    // Each kill comes a little later. If the start is faster, the kill comes after the initialisation.
    for (const afterMs of [150, 500, 900, 1_400, 2_200]) {
      const { child, ended } = await start({ DATA_DIR });
      const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
      await ended;
      clearTimeout(timer);
    }
    const server = await startBriefServer({ DATA_DIR });
    expect((await fetch(`${server.origin}/legrand/jwks`)).status).toBe(200);
    await server.stop();
  }, 240_000);

  test("while rows are written: every acknowledged commit is still there", async () => {
    const DATA_DIR = newFolder();
    await putMigratedDatabase(DATA_DIR);
    const server = await startBriefServer({ DATA_DIR });
    let committed = 0;
    const insert = () =>
      queryAt(
        server.controlPort,
        `INSERT INTO legrand_sign_in_attempt (key, points) VALUES ($1, 1)`,
        `kill-test:${committed}`,
      );
    const writing = (async () => {
      for (; committed < 10_000; committed++) await insert();
    })().catch(() => {});
    while (committed < 50) await new Promise((resolve) => setImmediate(resolve));
    server.process.kill("SIGKILL");
    await writing;
    const again = await startBriefServer({ DATA_DIR });
    const [row] = await queryAt<{ count: number }>(
      again.controlPort,
      `SELECT count(*)::int AS count FROM legrand_sign_in_attempt WHERE key LIKE 'kill-test:%'`,
    );
    expect(row!.count).toBeGreaterThanOrEqual(committed);
    await again.stop();
  }, 240_000);
});
