import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { installLibraries } from "#tests/protocol/compatibility/install-libraries.ts";

const LOCKFILES = [
  "package-lock.json",
  "tests/protocol/clients/package-lock.json",
  "tests/bench/peers/package-lock.json",
];

test.each(LOCKFILES)("%s names no download address, because each machine has its own", (file) => {
  expect(readFileSync(file, "utf8")).not.toMatch(/"resolved": "http/);
});

test.each([
  ["tests/protocol/clients", "docs/compatibility.md"],
  ["tests/bench/peers", "docs/performance.md"],
])("%s has exact versions, so that %s says which one ran", (folder) => {
  const { dependencies } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
    dependencies: Record<string, string>;
  };
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

describe("the installation of the client libraries (decision 52)", () => {
  let folder: string;
  const put = (dependencies: Record<string, string>) => {
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: "libraries", version: "1.0.0", dependencies }),
    );
    writeFileSync(
      join(folder, "package-lock.json"),
      JSON.stringify({
        name: "libraries",
        version: "1.0.0",
        lockfileVersion: 3,
        packages: { "": { name: "libraries", version: "1.0.0" } },
      }),
    );
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "client-libraries-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("runs once for each lockfile", async () => {
    put({});
    await installLibraries(folder);
    // npm would fail now, so this passes only if npm does not run again.
    writeFileSync(join(folder, "package.json"), "no JSON");
    await installLibraries(folder);
  });

  test("a failure names the setting that skips these tests, and includes npm's message", async () => {
    put({ "a-library-that-the-lockfile-lacks": "1.0.0" });
    await expect(installLibraries(folder)).rejects.toThrow(
      /TEST_CLIENT_LIBRARIES=false[^]*a-library-that-the-lockfile-lacks/,
    );
  });
});
