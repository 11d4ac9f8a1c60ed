import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { completeSecrets } from "#lib/server/secrets.ts";
import { SECRETS, setEnvironment, temporaryFolder } from "#tests/unit/environment.ts";

const NAMES = Object.keys(SECRETS).sort();
const nothing = (): NodeJS.ProcessEnv => ({ NODE_ENV: "production" });
const secretsOf = (environment: NodeJS.ProcessEnv) => Object.fromEntries(NAMES.map((name) => [name, environment[name]]));

function complete(folder: string, environment = nothing()): NodeJS.ProcessEnv {
  expect(completeSecrets(environment, folder, false)).toEqual([]);
  return environment;
}

describe("secrets that nobody set are made at the first start (issue 2, Tokens at rest)", () => {
  test("all of them, and the environment accepts them", async () => {
    setEnvironment(secretsOf(complete(temporaryFolder())));
    const { env } = await import("#lib/env.ts");
    expect(env().tokenEncryptionKeys).toHaveLength(1);
    expect(env().legrand.clientSecret).toMatch(/^lgs_/);
  });

  test("in a file that only its owner reads, in a folder of the same kind", () => {
    const folder = join(temporaryFolder(), "data");
    complete(folder);
    expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test("no two installations have the same", () => {
    const [a, b] = [complete(temporaryFolder()), complete(temporaryFolder())];
    for (const name of NAMES) expect(a[name]).not.toBe(b[name]);
  });

  test("they are kept over restarts, and the file is not written again", () => {
    const folder = temporaryFolder();
    const first = complete(folder);
    const written = statSync(join(folder, "secrets.json")).mtimeMs;
    expect(secretsOf(complete(folder))).toEqual(secretsOf(first));
    expect(statSync(join(folder, "secrets.json")).mtimeMs).toBe(written);
  });

  test("one that was set wins, is not stored, and the kept one comes back without it", () => {
    const folder = temporaryFolder();
    const kept = complete(folder).AUTH_SECRET;
    expect(complete(folder, { ...nothing(), AUTH_SECRET: "mine" }).AUTH_SECRET).toBe("mine");
    expect(readFileSync(join(folder, "secrets.json"), "utf8")).not.toContain("mine");
    expect(complete(folder).AUTH_SECRET).toBe(kept);
  });

  test("a file of an earlier version gets what it lacks, and keeps what it has", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "secrets.json"), JSON.stringify({ AUTH_SECRET: "of an earlier version" }));
    const environment = complete(folder);
    expect(environment.AUTH_SECRET).toBe("of an earlier version");
    expect(Object.keys(JSON.parse(readFileSync(join(folder, "secrets.json"), "utf8")) as object).sort()).toEqual(NAMES);
  });

  test("an empty variable counts as one that is not set", () => {
    expect(complete(temporaryFolder(), { ...nothing(), AUTH_SECRET: "" }).AUTH_SECRET).not.toBe("");
  });

  test("when all are set nothing is written", () => {
    const folder = temporaryFolder();
    complete(folder, { ...nothing(), ...SECRETS });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("with PostgreSQL in production they must be given", () => {
  test("the missing ones are named, and nothing is made", () => {
    const folder = temporaryFolder();
    const environment = { ...nothing(), AUTH_SECRET: SECRETS.AUTH_SECRET };
    expect(completeSecrets(environment, folder, true).sort()).toEqual(NAMES.filter((name) => name !== "AUTH_SECRET"));
    expect([readdirSync(folder), environment]).toEqual([[], { NODE_ENV: "production", AUTH_SECRET: SECRETS.AUTH_SECRET }]);
  });

  test("with all of them it starts", () => {
    expect(completeSecrets({ ...nothing(), ...SECRETS }, temporaryFolder(), true)).toEqual([]);
  });
});
