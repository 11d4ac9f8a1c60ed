import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { describe, expect, test } from "vitest";

import { temporaryFolder } from "#tests/unit/environment.ts";

/** The name of every file that Next reads, in any mode. */
const FILES = ["production", "development", "test"]
  .flatMap((mode) => [`.env.${mode}.local`, `.env.${mode}`])
  .concat(".env.local", ".env");

/** Imports Next's own loader of the files as `nextEnv`, and ours. */
const IMPORTS = `
  const { loadEnvironment, keepEnvironment } = await import(${JSON.stringify(pathToFileURL(resolve("lib/server/boot/load-environment.ts")).href)});
  const { default: nextEnv } = await import(${JSON.stringify(pathToFileURL(resolve("node_modules/@next/env/dist/index.js")).href)});`;

/**
 * Runs a process in the folder that loads the files and then runs `code`. Returns the named variables of its
 * environment.
 */
function loadIn(
  folder: string,
  environment: NodeJS.ProcessEnv,
  names: string[],
  code = "",
): Record<string, string> {
  const script = `${IMPORTS}
    loadEnvironment();
    ${code}
    const before = JSON.stringify(process.env);
    nextEnv.loadEnvConfig(process.cwd(), false);
    if (JSON.stringify(process.env) !== before) throw new Error("Next has read them again");
    console.log(JSON.stringify(Object.fromEntries(${JSON.stringify(names)}.filter((name) => name in process.env).map((name) => [name, process.env[name]]))));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: folder,
      encoding: "utf8",
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    }),
  ) as Record<string, string>;
}

describe("settings in a .env file of the folder (issue 10, 20)", () => {
  test("are read once, before anything else; the shell wins, also with an empty value; variables that only next-auth would read are removed", () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, ".env"),
      "ORIGIN=https://of.the.file\nPORT=4000\nSMTP_URL=smtp://of.the.file\nAUTH_REDIRECT_PROXY_URL=https://elsewhere.example\nAUTH_LEGRAND_ISSUER=https://elsewhere.example\n",
    );
    writeFileSync(
      join(folder, ".env.production"),
      "LEGRAND_SCOPES=comfort.read\nORIGIN=https://of.the.mode\n",
    );
    expect(
      loadIn(
        folder,
        { NODE_ENV: "production", PORT: "5000", SMTP_URL: "", AUTH_LEGRAND_ID: "of the shell" },
        [
          "ORIGIN",
          "PORT",
          "SMTP_URL",
          "LEGRAND_SCOPES",
          "AUTH_REDIRECT_PROXY_URL",
          "AUTH_LEGRAND_ISSUER",
          "AUTH_LEGRAND_ID",
        ],
      ),
    ).toEqual({ ORIGIN: "https://of.the.mode", PORT: "5000", SMTP_URL: "", LEGRAND_SCOPES: "comfort.read" });
  });

  test("end the start if they cannot be read, because partial settings are worse than none", () => {
    const folder = temporaryFolder();
    symlinkSync(".env", join(folder, ".env"));
    expect(() => loadIn(folder, { NODE_ENV: "production" }, [])).toThrow(
      /StartError: Failed to load env from \.env: ELOOP/,
    );
  });

  test("stay unchanged if the file changes while a development server runs, and so do the secrets that the start completed", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, ".env"), "ORIGIN=https://of.the.file\n");
    const later = `
      process.env.AUTH_SECRET = "completed";
      keepEnvironment();
      (await import("node:fs")).writeFileSync(".env", "ORIGIN=https://changed\\nLEGRAND_SCOPES=changed\\n");
      nextEnv.loadEnvConfig(process.cwd(), true, console, true);`;
    expect(
      loadIn(folder, { NODE_ENV: "development" }, ["ORIGIN", "LEGRAND_SCOPES", "AUTH_SECRET"], later),
    ).toEqual({ ORIGIN: "https://of.the.file", LEGRAND_SCOPES: "", AUTH_SECRET: "completed" });
  });

  test.each(["production", "development", "test"] as const)(
    "do not affect the tests in the mode %s, with any file name",
    (NODE_ENV) => {
      const folder = temporaryFolder();
      for (const file of FILES) writeFileSync(join(folder, file), `ORIGIN=https://of${file}\n`);
      expect(loadIn(folder, { NODE_ENV, __NEXT_PROCESSED_ENV: "" }, ["ORIGIN"])).toEqual({
        ORIGIN: `https://of.env.${NODE_ENV}.local`,
      });
      expect(
        loadIn(folder, { NODE_ENV, __NEXT_PROCESSED_ENV: process.env.__NEXT_PROCESSED_ENV! }, ["ORIGIN"]),
      ).toEqual({});
    },
  );
});

test("@next/env is the copy that Next loads, because another copy would read the files a second time", () => {
  const versionOf = (path: string) => (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    dependencies: Record<string, string>;
  };
  expect([dependencies["@next/env"], versionOf("node_modules/@next/env/package.json")]).toEqual([
    dependencies.next,
    dependencies.next,
  ]);
});
