import { defineConfig } from "@playwright/test";

import "#tests/harness/ignore-env-files.ts";
import { browserLaunchOptions } from "#tests/harness/find-browser.ts";

/**
 * Journeys through the built application in Chromium. Every test has an account of its own, so that they can
 * run side by side.
 */
export default defineConfig({
  testDir: "./e2e",
  outputDir: "../test-results/e2e",
  globalSetup: "./e2e/global-setup.ts",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Axe looks at some pages a dozen times, and a slow machine is no failure.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./harness/stall-reporter.ts"]],
  use: {
    browserName: "chromium",
    launchOptions: browserLaunchOptions(),
    locale: "en-GB",
    // A trace would keep what was typed and every cookie; the picture and the error say enough.
    trace: "off",
    screenshot: "only-on-failure",
  },
});
