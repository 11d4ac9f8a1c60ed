import { defineConfig } from "@playwright/test";

import "#tests/harness/ignore-env-files.ts";
import { browserLaunchOptions } from "#tests/harness/find-browser.ts";
import { BASELINES } from "#tests/visual/baselines.ts";

/**
 * Compares key pages with stored pictures (npm run test:visual). Not part of npm test: letters are drawn
 * differently by each version of Chromium. The pages share one server and its sandbox accounts, so they are
 * opened one after the other.
 */
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/visual",
  globalSetup: "../e2e/global-setup.ts",
  snapshotPathTemplate: `${BASELINES}/{arg}{ext}`,
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000, toHaveScreenshot: { maxDiffPixelRatio: 0.002, animations: "disabled" } },
  reporter: [["list"]],
  use: { browserName: "chromium", launchOptions: browserLaunchOptions(), locale: "en-GB", trace: "off" },
});
