import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

import "./tests/harness/ignore-env-files.ts";
import { BASELINE_ONLY } from "#tests/harness/node-arguments.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// `server-only` throws outside of Next's bundle; the tests are on the server.
const alias = { "server-only": path("./tests/factories/server-only.ts") };

export default defineConfig({
  test: {
    bail: 0,
    projects: [
      // A slow machine is no failure. By default vitest leaves one processor idle: of two, half of the machine.
      { resolve: { alias }, test: { name: "unit", include: ["tests/unit/**/*.test.ts"], testTimeout: 30_000, maxWorkers: "100%", execArgv: BASELINE_ONLY } },
      {
        resolve: { alias },
        test: {
          name: "protocol",
          include: ["tests/protocol/**/*.test.ts"],
          globalSetup: ["tests/protocol/global-setup.ts"],
          // One server answers all of them: a slow machine is no failure.
          testTimeout: 30_000,
          hookTimeout: 180_000,
          maxWorkers: 4,
        },
      },
    ],
  },
});
