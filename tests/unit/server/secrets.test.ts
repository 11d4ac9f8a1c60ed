import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { StartError } from "#lib/start-error.ts";
import { SECRETS, setEnvironment, temporaryFolder } from "#tests/unit/environment.ts";

const NAMES = Object.keys(SECRETS).sort();
const nothing = (): NodeJS.ProcessEnv => ({ NODE_ENV: "production" });
const secretsOf = (environment: NodeJS.ProcessEnv) =>
  Object.fromEntries(NAMES.map((name) => [name, environment[name]]));

function complete(folder: string, environment = nothing()): NodeJS.ProcessEnv {
  expect(completeSecrets(environment, folder, false)).toEqual([]);
  return environment;
}

describe("creates missing secrets at the first start (issue 2, Tokens at rest)", () => {
  test("creates all of them, and the environment accepts them", async () => {
    setEnvironment(secretsOf(complete(temporaryFolder())));
    const { env } = await import("#lib/env.ts");
    expect(env().tokenEncryptionKeys).toHaveLength(1);
    expect(env().legrand.clientSecret).toMatch(/^lgs_/);
  });

  test("in a file that only its owner can read, in a folder that only its owner can enter", () => {
    const folder = join(temporaryFolder(), "data");
    complete(folder);
    expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test("each installation has different secrets", () => {
    const [a, b] = [complete(temporaryFolder()), complete(temporaryFolder())];
    for (const name of NAMES) expect(a[name]).not.toBe(b[name]);
  });

  test("keeps them over restarts without writing the file again", () => {
    const folder = temporaryFolder();
    const first = complete(folder);
    const written = statSync(join(folder, "secrets.json")).mtimeMs;
    expect(secretsOf(complete(folder))).toEqual(secretsOf(first));
    expect(statSync(join(folder, "secrets.json")).mtimeMs).toBe(written);
  });

  test("prefers a secret from the environment without storing it, and uses the stored one otherwise", () => {
    const folder = temporaryFolder();
    const kept = complete(folder).AUTH_SECRET;
    expect(complete(folder, { ...nothing(), AUTH_SECRET: "mine" }).AUTH_SECRET).toBe("mine");
    expect(readFileSync(join(folder, "secrets.json"), "utf8")).not.toContain("mine");
    expect(complete(folder).AUTH_SECRET).toBe(kept);
  });

  test("adds missing secrets to a file of an earlier version, and keeps the others, including those of a later version", () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "secrets.json"),
      JSON.stringify({
        AUTH_SECRET: "of an earlier version",
        TOKEN_ENCRYPTION_KEYS: SECRETS.TOKEN_ENCRYPTION_KEYS,
        LATER: "x",
      }),
    );
    const environment = complete(folder);
    expect(environment).toMatchObject({
      AUTH_SECRET: "of an earlier version",
      TOKEN_ENCRYPTION_KEYS: SECRETS.TOKEN_ENCRYPTION_KEYS,
    });
    expect(
      Object.keys(JSON.parse(readFileSync(join(folder, "secrets.json"), "utf8")) as object).sort(),
    ).toEqual([...NAMES, "LATER"].sort());
    expect([statSync(join(folder, "secrets.json")).mode & 0o777, readdirSync(folder)]).toEqual([
      0o600,
      ["secrets.json"],
    ]);
  });

  test("restores a file that was moved aside by an interrupted replacement", () => {
    const folder = temporaryFolder();
    const kept = complete(folder).TOKEN_ENCRYPTION_KEYS;
    renameSync(join(folder, "secrets.json"), join(folder, "secrets.json.previous"));
    expect(complete(folder).TOKEN_ENCRYPTION_KEYS).toBe(kept);
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
  });

  test("treats an empty variable as unset", () => {
    expect(complete(temporaryFolder(), { ...nothing(), AUTH_SECRET: "" }).AUTH_SECRET).not.toBe("");
  });

  test("writes nothing if all are set", () => {
    const folder = temporaryFolder();
    complete(folder, { ...nothing(), ...SECRETS });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("requires them with PostgreSQL in production", () => {
  test("names the missing ones, and creates nothing", () => {
    const folder = temporaryFolder();
    const environment = { ...nothing(), AUTH_SECRET: SECRETS.AUTH_SECRET };
    expect(completeSecrets(environment, folder, true).sort()).toEqual(
      NAMES.filter((name) => name !== "AUTH_SECRET"),
    );
    expect([readdirSync(folder), environment]).toEqual([
      [],
      { NODE_ENV: "production", AUTH_SECRET: SECRETS.AUTH_SECRET },
    ]);
  });

  test("starts with all of them", () => {
    expect(completeSecrets({ ...nothing(), ...SECRETS }, temporaryFolder(), true)).toEqual([]);
  });
});

describe("never creates a new encryption key if an old one may be needed (issue 10, 7): the start names the file and the backup", () => {
  const path = (folder: string) => join(folder, "secrets.json");
  const problemOf = (folder: string, environment = nothing()) => {
    try {
      completeSecrets(environment, folder, false);
    } catch (error) {
      return error instanceof StartError ? error.message : error;
    }
    return null;
  };
  const withDatabase = () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "database"));
    return folder;
  };

  test.each([
    ["missing", (folder: string) => rmSync(path(folder), { force: true }), "is missing"],
    ["empty", (folder: string) => writeFileSync(path(folder), ""), "is empty"],
    [
      "cut",
      (folder: string) => writeFileSync(path(folder), readFileSync(path(folder), "utf8").slice(0, 100)),
      "is cut off",
    ],
    ["no object", (folder: string) => writeFileSync(path(folder), "null"), "is cut off"],
    [
      "without the key",
      (folder: string) => writeFileSync(path(folder), JSON.stringify({ AUTH_SECRET: "x".repeat(32) })),
      "has no TOKEN_ENCRYPTION_KEYS",
    ],
    [
      "a folder",
      (folder: string) => {
        rmSync(path(folder));
        mkdirSync(path(folder));
      },
      "is a folder",
    ],
  ])("if the file is %s", (_case, spoil, said) => {
    const folder = temporaryFolder();
    complete(folder);
    mkdirSync(join(folder, "database"));
    const secrets = Object.values(JSON.parse(readFileSync(path(folder), "utf8")) as Record<string, string>);
    spoil(folder);
    const before = [
      readdirSync(folder),
      existsSync(path(folder)) && statSync(path(folder)).isFile() && readFileSync(path(folder), "utf8"),
    ];
    const problem = problemOf(folder);
    expect(problem).toContain(path(folder));
    expect(problem).toContain(said);
    if (said !== "is a folder") expect(problem).toMatch(/[Rr]estore/);
    for (const secret of secrets) expect(problem).not.toContain(secret.slice(0, 20));
    expect(
      [
        readdirSync(folder),
        existsSync(path(folder)) && statSync(path(folder)).isFile() && readFileSync(path(folder), "utf8"),
      ],
      "nothing was changed",
    ).toEqual(before);
  });

  test("a database that a killed migration moved aside counts as a database", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "database.previous"));
    expect(problemOf(folder)).toContain("is missing");
  });

  test("does not read the file if the environment has all of them", () => {
    const folder = withDatabase();
    writeFileSync(path(folder), "");
    expect(problemOf(folder, { ...nothing(), ...SECRETS })).toBeNull();
  });

  test("creates other secrets if the environment has the key, because their loss only signs people out", () => {
    const folder = withDatabase();
    const environment: NodeJS.ProcessEnv = {
      ...nothing(),
      TOKEN_ENCRYPTION_KEYS: SECRETS.TOKEN_ENCRYPTION_KEYS,
    };
    expect(problemOf(folder, environment)).toBeNull();
    expect(environment.AUTH_SECRET).toBeTruthy();
    expect(Object.keys(JSON.parse(readFileSync(path(folder), "utf8")) as object)).not.toContain(
      "TOKEN_ENCRYPTION_KEYS",
    );
  });

  test("ignores the embedded database with PostgreSQL in development, because it is not in use", () => {
    expect(problemOf(withDatabase(), { ...nothing(), DATABASE_URL: "postgresql://x" })).toBeNull();
  });
});

describe("an unusable folder is named with the remedy, and nothing is left behind (issue 10, 19)", () => {
  const problemOf = (folder: string) => {
    try {
      completeSecrets(nothing(), folder, false);
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };

  test("a file in place of the folder", () => {
    const path = join(temporaryFolder(), "file");
    writeFileSync(path, "");
    expect(problemOf(path)).toMatch(
      new RegExp(`^${path}.* is a file|^${path}/secrets.json leads through a file`),
    );
    expect(problemOf(join(path, "below"))).toMatch(/leads through a file.*DATA_DIR/);
  });

  // No user can write there, not even root.
  test.skipIf(!existsSync("/sys/kernel"))("no permission, or a read-only file system", () => {
    expect(problemOf("/sys/kernel/legrand")).toMatch(
      /^(No permission for \/sys\/kernel\/legrand|\/sys\/kernel\/legrand is on a read-only file system).*DATA_DIR/,
    );
  });

  test.skipIf(process.getuid?.() === 0)("a folder of another user", () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    expect(problemOf(folder)).toMatch(/^No permission for .*secrets.json/);
    chmodSync(folder, 0o700);
  });
});
