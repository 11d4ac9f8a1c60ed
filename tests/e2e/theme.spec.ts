import type { Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading } from "#tests/e2e/journey.ts";

const canvas = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const LIGHT = "rgb(250, 250, 248)";
const DARK = "rgb(18, 17, 16)";

test("without a choice the system's theme applies", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/");
  expect(await canvas(page)).toBe(DARK);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await canvas(page)).toBe(LIGHT);
});

test("the chosen theme applies to every page, including the sandbox's, and survives a reload, until System is chosen", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  await button(page, "Dark").click();
  await expect(button(page, "Dark")).toHaveAttribute("aria-pressed", "true");
  expect(await canvas(page)).toBe(DARK);
  await page.reload();
  expect(await canvas(page)).toBe(DARK);
  await button(page, "Connect Legrand").click();
  await expect(heading(page, "Sign in to Legrand")).toBeVisible();
  expect(await canvas(page)).toBe(DARK);

  await page.goto("/connection-error?problem=denied");
  await button(page, "System").click();
  await expect(heading(page, "You did not connect")).toBeVisible();
  await expect(button(page, "System")).toHaveAttribute("aria-pressed", "true");
  expect(await canvas(page)).toBe(LIGHT);
});
