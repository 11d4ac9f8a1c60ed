import { defineConfig } from "@playwright/test";

import "#tests/harness/ignore-env-files.ts";
import { browserLaunchOptions } from "#tests/harness/find-browser.ts";

/**
 * Journeys through the built application in Chromium. Every test has its own account, so that tests can run
 * side by side.
 */
export default defineConfig({
  testDir: "./e2e",
  outputDir: "../test-results/e2e",
  globalSetup: "./e2e/global-setup.ts",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Axe tests some pages a dozen times, and a slow machine must not fail a test.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./harness/stall-reporter.ts"]],
  use: {
    browserName: "chromium",
    launchOptions: browserLaunchOptions(),
    locale: "en-GB",
    // A trace would contain what was typed and every cookie. The screenshot and the error are enough.
    trace: "off",
    screenshot: "only-on-failure",
  },
});
