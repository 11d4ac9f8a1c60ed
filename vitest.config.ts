import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

import "./tests/harness/ignore-env-files.ts";
import { BASELINE_ONLY } from "./tests/harness/node-arguments.ts";

// Node 22 erases the types of what the tests start.
if (Number(process.versions.node.split(".")[0]) < 22)
  throw new Error(
    `The tests need Node 22 or later, and this is ${process.version}. npm ci installs Node 24 for them: run npm test, npm run test:unit, or npx vitest.`,
  );

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// `server-only` throws outside of Next's bundle, and the tests run on the server.
const alias = { "server-only": path("./tests/factories/server-only.ts") };

/**
 * Names in a test file that leave state in its process: an environment, a database, a clock, a server of its own.
 * Such a file runs isolated.
 */
const LEAVES_TRACES =
  /every-database|embedded-database|environment\.ts|process\.|setDatabase|globalThis|\bvi\.|own-server|two-servers/;

/** Lists the test files of a folder that run isolated, and those that share a process. */
function listTests(folder: string): { isolated: string[]; shared: string[] } {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !file.includes("node_modules"))
    .map((file) => join(folder, file));
  const isolated = files.filter((file) => LEAVES_TRACES.test(readFileSync(file, "utf8")));
  return { isolated, shared: files.filter((file) => !isolated.includes(file)) };
}
const unitTests = listTests("tests/unit");
const protocolTests = listTests("tests/protocol");

// The time limits are generous because a slow machine is not a failure. By default vitest leaves one
// processor idle, which on a machine with two is half of it. A test of a database waits for it for a part of
// its time, so there is one more worker for every two.
const unit = {
  testTimeout: 90_000,
  expect: { poll: { timeout: 20_000 } },
  maxWorkers: "150%",
  execArgv: BASELINE_ONLY,
};

const protocol = {
  globalSetup: ["tests/protocol/global-setup.ts"],
  // One server answers all of them, and a slow machine is not a failure.
  testTimeout: 90_000,
  expect: { poll: { timeout: 20_000 } },
  hookTimeout: 180_000,
  maxWorkers: 4,
};

export default defineConfig({
  test: {
    bail: 0,
    // The files of the shared projects share a process and the modules that it has loaded, because loading takes
    // longer than most tests.
    projects: [
      { resolve: { alias }, test: { ...unit, name: "unit", include: unitTests.isolated } },
      {
        resolve: { alias },
        test: { ...unit, name: "unit-shared", include: unitTests.shared, isolate: false },
      },
      { resolve: { alias }, test: { ...protocol, name: "protocol", include: protocolTests.isolated } },
      {
        resolve: { alias },
        test: { ...protocol, name: "protocol-shared", include: protocolTests.shared, isolate: false },
      },
    ],
  },
});
