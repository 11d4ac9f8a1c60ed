import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";

import { SECRETS, setEnvironment } from "#tests/unit/environment.ts";

async function read(variables: Record<string, string | undefined> = {}) {
  setEnvironment(variables);
  return (await import("#lib/env.ts")).env();
}

/** Returns the messages that a person reads at the start. */
async function problemsOf(variables: Record<string, string | undefined>): Promise<string[]> {
  const error: unknown = await read(variables).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return (error as { problems: string[] }).problems;
}

const key = (bytes: number) => randomBytes(bytes).toString("base64");
const CLOUD = {
  LEGRAND_AUTHORIZE_URL: "https://login.example/authorize",
  LEGRAND_TOKEN_URL: "https://login.example/token",
  LEGRAND_API_URL: "https://api.example/smarther/v2.0",
};

describe("with no variables except the secrets", () => {
  test("the application serves localhost:3000 on the embedded database, with the sandbox and its accounts (issue 2, no .env)", async () => {
    expect(await read()).toMatchObject({
      port: 3000,
      origin: "http://localhost:3000",
      isHttps: false,
      dataDir: ".data",
      databaseUrl: undefined,
      trustProxy: false,
      sandbox: { issuer: "http://localhost:3000/legrand", accounts: true },
      legrand: {
        authorizeUrl: "http://localhost:3000/legrand/authorize",
        tokenUrl: "http://localhost:3000/legrand/token",
        apiUrl: "http://localhost:3000/legrand/api/smarther/v2.0",
        homeControlUrl: "http://localhost:3000/legrand/api/hc/api/v1.0",
        subscriptionKey: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        scopes: undefined,
      },
    });
  });

  test("treats an empty variable as unset", async () => {
    expect(await read({ PORT: "", ORIGIN: "", DATABASE_URL: "", LEGRAND_AUTHORIZE_URL: "" })).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
    });
  });

  test("a commit of the embedded database waits for the disk only with DATABASE_SYNC=true (issue 10, number 10)", async () => {
    expect((await read()).embedded).toEqual({ waitsForDisk: false });
    expect((await read({ DATABASE_SYNC: "true" })).embedded).toEqual({ waitsForDisk: true });
  });

  test("is read once per process", async () => {
    setEnvironment();
    const { env } = await import("#lib/env.ts");
    const first = env();
    process.env.PORT = "4000";
    expect(env()).toBe(first);
  });
});

describe("uses the variables that are set", () => {
  test.each<[Record<string, string>, object]>([
    [
      { PORT: "4711" },
      { port: 4711, origin: "http://localhost:4711", sandbox: { issuer: "http://localhost:4711/legrand" } },
    ],
    [{ ORIGIN: "https://connect.example" }, { origin: "https://connect.example", isHttps: true, port: 3000 }],
    [{ DATA_DIR: "/var/lib/connect" }, { dataDir: "/var/lib/connect" }],
    [{ DATABASE_URL: "postgres://localhost/connect" }, { databaseUrl: "postgres://localhost/connect" }],
    [{ LEGRAND_CLIENT_ID: "mine" }, { legrand: { clientId: "mine" } }],
    [{ LEGRAND_SUBSCRIPTION_KEY: "key" }, { legrand: { subscriptionKey: "key" } }],
    [
      { LEGRAND_SCOPES: " comfort.read  light.read " },
      { legrand: { scopes: ["comfort.read", "light.read"] } },
    ],
    [{ TRUST_PROXY: "true" }, { trustProxy: true }],
    [{ HOST: "0.0.0.0" }, { hosts: ["0.0.0.0"] }],
    [{ HOST: "::" }, { hosts: ["::"] }],
    [{}, { connectsAtOnce: 8 }],
    [{ CONNECTS_AT_ONCE: "40" }, { connectsAtOnce: 40 }],
    [{ SANDBOX_ACCOUNTS: "false" }, { sandbox: { accounts: false } }],
    [{}, { sandbox: { refreshOverlapSeconds: 30 } }],
    [{ SANDBOX_REFRESH_OVERLAP_SECONDS: "0" }, { sandbox: { refreshOverlapSeconds: 0 } }],
    [{}, { sandbox: { refreshMaxDays: 365, authorizeMaxBytes: 4096 } }],
    [
      { SANDBOX_REFRESH_MAX_DAYS: "30", SANDBOX_AUTHORIZE_MAX_BYTES: "8192" },
      { sandbox: { refreshMaxDays: 30, authorizeMaxBytes: 8192 } },
    ],
    [
      {},
      {
        logRequests: false,
        metrics: null,
        keepAliveMs: 75_000,
        stop: { delayMs: 0, graceMs: 25_000 },
        database: { poolSize: 10, statementTimeoutMs: 60_000, preparesStatements: true },
      },
    ],
    [{ DATABASE_PREPARED_STATEMENTS: "false" }, { database: { preparesStatements: false } }],
    [{ ORIGIN: "https://connect.example" }, { logRequests: true }],
    [
      { ORIGIN: "https://connect.example", LOG_REQUESTS: "false", METRICS_PORT: "9464" },
      { logRequests: false, metrics: { port: 9464, host: "127.0.0.1" } },
    ],
    [
      { LEGRAND_COOKIE_KEYS: `${"a".repeat(32)}, ${"b".repeat(32)}` },
      { sandbox: { cookieKeys: ["a".repeat(32), "b".repeat(32)] } },
    ],
  ])("%o", async (variables, expected) => {
    expect(await read(variables)).toMatchObject(expected);
  });

  test("keeps the order of the encryption keys: the first one encrypts", async () => {
    const { tokenEncryptionKeys } = await read({ TOKEN_ENCRYPTION_KEYS: `new:${key(32)},old:${key(32)}` });
    expect(tokenEncryptionKeys.map(([id, bytes]) => [id, bytes.length])).toEqual([
      ["new", 32],
      ["old", 32],
    ]);
  });
});

describe("reports a missing or malformed variable in one sentence", () => {
  test.each<[string, string | undefined]>([
    ["PORT", "many"],
    ["PORT", "0"],
    ["PORT", "70000"],
    ["PORT", "-1"],
    ["PORT", "80.5"],
    ["ORIGIN", "connect.example"],
    ["ORIGIN", "https://connect.example/"],
    ["ORIGIN", "https://connect.example/path"],
    ["ORIGIN", "ftp://connect.example"],
    ["ORIGIN", "http://127.0.0.1:3000"],
    ["ORIGIN", "http://[::1]:3000"],
    ["DATABASE_URL", "mysql://localhost/connect"],
    ["DATABASE_URL", "postgresql://localhost/connect?schema=legrand"],
    ["DATABASE_MIGRATION_URL", "postgresql://localhost/connect?pgbouncer=true"],
    ["AUTH_SECRET", "short"],
    ["AUTH_SECRET", undefined],
    ["LEGRAND_COOKIE_KEYS", "short"],
    ["LEGRAND_COOKIE_KEYS", `${SECRETS.LEGRAND_COOKIE_KEYS},short`],
    ["LEGRAND_COOKIE_KEYS", undefined],
    ["LEGRAND_CLIENT_SECRET", undefined],
    ["TOKEN_ENCRYPTION_KEYS", undefined],
    ["TOKEN_ENCRYPTION_KEYS", key(32)],
    ["TOKEN_ENCRYPTION_KEYS", `k1:${key(16)}`],
    ["TOKEN_ENCRYPTION_KEYS", `k 1:${key(32)}`],
    ["TOKEN_ENCRYPTION_KEYS", `${SECRETS.TOKEN_ENCRYPTION_KEYS},`],
    ["LEGRAND_AUTHORIZE_URL", "login.example"],
    ["LEGRAND_TOKEN_URL", "javascript:alert(1)"],
    ["LEGRAND_API_URL", "ftp://api.example"],
    ["LEGRAND_HOME_CONTROL_URL", "api.example"],
    ["SANDBOX_REFRESH_OVERLAP_SECONDS", "-1"],
    ["SANDBOX_REFRESH_OVERLAP_SECONDS", "601"],
    ["SANDBOX_REFRESH_OVERLAP_SECONDS", "1.5"],
    ["SANDBOX_REFRESH_OVERLAP_SECONDS", "half a minute"],
    ["SANDBOX_REFRESH_MAX_DAYS", "0"],
    ["SANDBOX_REFRESH_MAX_DAYS", "3651"],
    ["SANDBOX_AUTHORIZE_MAX_BYTES", "1023"],
    ["SANDBOX_AUTHORIZE_MAX_BYTES", "16385"],
    ["SANDBOX_ACCOUNTS", "yes"],
    ["TRUST_PROXY", "1"],
    ["LOG_REQUESTS", "on"],
    ["HSTS_INCLUDE_SUBDOMAINS", "1"],
    ["HOST", "my-laptop"],
    ["HOST", "0.0.0.0:3000"],
    ["HOST", "x86_64-conda-linux-gnu"],
    ["HOST", "[::1]"],
    ["DATABASE_MIGRATION_URL", "mysql://localhost/connect"],
    ["DATABASE_POOL_SIZE", "0"],
    ["DATABASE_STATEMENT_TIMEOUT_SECONDS", "-1"],
    ["DATABASE_PREPARED_STATEMENTS", "no"],
    ["DATABASE_SYNC", "yes"],
    ["METRICS_PORT", "many"],
    ["METRICS_PORT", "3000"],
    ["STOP_DELAY_SECONDS", "301"],
    ["STOP_GRACE_SECONDS", "0"],
    ["KEEP_ALIVE_SECONDS", "0"],
  ])("%s=%s", async (name, value) => {
    const problems = await problemsOf({ ...CLOUD, [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} (must|is missing)`))]);
  });

  test("reports all problems at once, so that a person fixes them in one pass", async () => {
    const problems = await problemsOf({ PORT: "many", AUTH_SECRET: undefined, TRUST_PROXY: "1" });
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual(["PORT", "AUTH_SECRET", "TRUST_PROXY"]);
  });

  test("no message repeats the value of a secret", async () => {
    const problems = await problemsOf({
      AUTH_SECRET: "hunter2",
      TOKEN_ENCRYPTION_KEYS: "k1:hunter2",
      LEGRAND_COOKIE_KEYS: "hunter2",
    });
    expect(problems.join()).not.toContain("hunter2");
  });
});

describe("another cloud needs all three addresses", () => {
  const names = Object.keys(CLOUD) as (keyof typeof CLOUD)[];

  test("and then there is no sandbox", async () => {
    expect(await read(CLOUD)).toMatchObject({
      sandbox: null,
      legrand: {
        authorizeUrl: CLOUD.LEGRAND_AUTHORIZE_URL,
        tokenUrl: CLOUD.LEGRAND_TOKEN_URL,
        apiUrl: CLOUD.LEGRAND_API_URL,
      },
    });
  });

  test("LEGRAND_ISSUER pins the issuer of another cloud, and is refused for the sandbox", async () => {
    expect(await read({ ...CLOUD, LEGRAND_ISSUER: "https://login.example" })).toMatchObject({
      legrand: { issuer: "https://login.example" },
    });
    expect(await problemsOf({ ...CLOUD, LEGRAND_ISSUER: "login.example" })).toEqual([
      expect.stringMatching(/^LEGRAND_ISSUER must/),
    ]);
    expect(await problemsOf({ LEGRAND_ISSUER: "https://login.example" })).toEqual([
      expect.stringMatching(/^LEGRAND_ISSUER may be set only together/),
    ]);
  });

  test("the Home + Control API of another cloud has its own address, or none", async () => {
    const LEGRAND_HOME_CONTROL_URL = "https://api.example/hc/api/v1.0";
    expect((await read(CLOUD)).legrand.homeControlUrl).toBeNull();
    expect((await read({ ...CLOUD, LEGRAND_HOME_CONTROL_URL })).legrand.homeControlUrl).toBe(
      LEGRAND_HOME_CONTROL_URL,
    );
    expect(await problemsOf({ LEGRAND_HOME_CONTROL_URL })).toEqual([
      expect.stringMatching(/^LEGRAND_HOME_CONTROL_URL must be set together with/),
    ]);
  });

  test.each(names)("refuses %s alone", async (name) => {
    expect(await problemsOf({ [name]: CLOUD[name] })).toEqual([expect.stringContaining("together")]);
  });

  test.each(names)("refuses all but %s", async (name) => {
    expect(await problemsOf({ ...CLOUD, [name]: undefined })).toEqual([expect.stringContaining("together")]);
  });
});

describe("the server listens on loopback only if the origin is this machine, unless HOST says otherwise (decision 30)", () => {
  test.each([
    [undefined, undefined, ["127.0.0.1", "::1"]],
    ["https://localhost:8443", undefined, ["127.0.0.1", "::1"]],
    ["https://connect.example", undefined, []],
    ["http://192.168.1.10:3000", undefined, []],
    ["https://connect.example", "localhost", ["127.0.0.1", "::1"]],
    [undefined, "192.168.1.10", ["192.168.1.10"]],
  ])("ORIGIN=%s HOST=%s: %j", async (ORIGIN, HOST, hosts) => {
    expect((await read({ ORIGIN, HOST })).hosts).toEqual(hosts);
  });
});

describe("HSTS binds every port of a host for two years (RFC 6797 §8.3)", () => {
  test.each([
    ["https://connect.example", {}, "max-age=63072000"],
    ["https://connect.example", { HSTS_INCLUDE_SUBDOMAINS: "true" }, "max-age=63072000; includeSubDomains"],
    ["https://localhost.example", {}, "max-age=63072000"],
    ["http://connect.example", { HSTS_INCLUDE_SUBDOMAINS: "true" }, null],
  ])("%s %o: %s", async (ORIGIN, more, hsts) => {
    expect((await read({ ORIGIN, ...more })).hsts).toBe(hsts);
  });

  test.each([
    "https://localhost:9443",
    "https://localhost",
    "https://localhost.:9443",
    "https://connect.localhost",
    "https://a.b.localhost:9443",
  ])("is never sent for this machine: %s", async (ORIGIN) => {
    expect((await read({ ORIGIN, HSTS_INCLUDE_SUBDOMAINS: "true" })).hsts).toBeNull();
  });
});

describe("the published sandbox accounts exist only if the origin is this machine, unless a setting allows them", () => {
  test.each([
    ["http://localhost:3000", true],
    ["https://localhost:8443", true],
    ["https://connect.example", false],
    ["http://localhost.example", false],
    ["http://192.168.1.10:3000", false],
  ])("%s: %s", async (origin, accounts) => {
    expect((await read({ ORIGIN: origin })).sandbox).toMatchObject({ accounts });
  });

  test("exist elsewhere too with SANDBOX_ACCOUNTS=true", async () => {
    expect(
      (await read({ ORIGIN: "https://connect.example", SANDBOX_ACCOUNTS: "true" })).sandbox,
    ).toMatchObject({ accounts: true });
  });

  test("are open to other machines only with a setting", async () => {
    expect((await read()).sandbox).toMatchObject({ accountsAreForEveryone: false });
    expect((await read({ SANDBOX_ACCOUNTS: "true" })).sandbox).toMatchObject({
      accountsAreForEveryone: true,
    });
  });

  test("reports whether ADMIN_EMAILS has its default value", async () => {
    expect((await read()).isDefaultAdmin).toBe(true);
    expect((await read({ ADMIN_EMAILS: "admin@example.com" })).isDefaultAdmin).toBe(false);
  });

  test("a published password never makes anyone administrator of a public Connect (decision 27)", async () => {
    expect((await read()).adminEmails).toEqual(["admin@example.com"]);
    expect((await read({ ORIGIN: "https://connect.example", SANDBOX_ACCOUNTS: "true" })).adminEmails).toEqual(
      [],
    );
    expect((await read({ SANDBOX_ACCOUNTS: "false" })).adminEmails).toEqual([]);
  });
});
