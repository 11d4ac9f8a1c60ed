import type { Locator, Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import {
  button,
  consentHeading,
  expectConnected,
  heading,
  refusedScopes,
  scope,
} from "#tests/e2e/journey.ts";

const MOST_STOPS = 40;

/** Presses Tab until `target` has the focus. Every stop on the way must have a visible focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press("Tab");
    await expectVisibleFocus(page);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${String(target)}`);
}

/**
 * Asserts an outline of two pixels around the element that has the focus, unless that is the document itself
 * (WCAG 2.2, 2.4.7).
 */
async function expectVisibleFocus(page: Page): Promise<void> {
  const stop = await page.evaluate(() => {
    const element = document.activeElement!;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      isPage: element === document.body,
      name: element.outerHTML.slice(0, 120),
      outlineStyle,
      outlineWidth,
      isSeen: box.width > 1 && box.height > 1,
    };
  });
  if (stop.isPage) return;
  expect(stop, stop.name).toMatchObject({ outlineStyle: "solid", outlineWidth: "2px", isSeen: true });
}

test("the whole journey works with Tab, Space and Enter, with a visible focus at every stop (WCAG 2.2, 2.1.1 and 2.4.7)", async ({
  page,
  person,
}) => {
  await page.goto("/");
  await tabTo(page, button(page, "Connect Legrand"));
  await page.keyboard.press("Enter");

  await expect(heading(page, "Sign in to Legrand")).toBeVisible();
  await tabTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type(person.email);
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");

  await expect(consentHeading(page)).toBeVisible();
  await tabTo(page, scope(page, "comfort.read"));
  await page.keyboard.press("Space");
  await expect(scope(page, "comfort.read")).not.toBeChecked();
  await tabTo(page, button(page, "Accept"));
  await page.keyboard.press("Enter");

  await expectConnected(page);
  await expect(refusedScopes(page)).toHaveText(["comfort.read", "comfort.write"]);
  await tabTo(page, button(page, "Disconnect"));
  await page.keyboard.press("Space");
  await expect(heading(page, /^Disconnect .*\?$/)).toBeVisible();
  await tabTo(page, button(page, "Disconnect"));
  await page.keyboard.press("Space");
  await expect(page.getByText("The account is disconnected.")).toBeVisible();
});

test("Enter on a checkbox of the consent page decides nothing (HTML, implicit submission)", async ({
  page,
  person,
}) => {
  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.keyboard.press("Enter");
  await expect(consentHeading(page)).toBeVisible();
  const { pathname } = new URL(page.url());
  const posts: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") posts.push(request.url());
  });
  await scope(page, "comfort.write").press("Enter");
  await scope(page, "comfort.write").press("Space");
  await expect(scope(page, "comfort.write")).toBeChecked();
  expect(new URL(page.url()).pathname).toBe(pathname);
  expect(posts).toEqual([]);
});

test("the first stop of a page skips its header to the content (WCAG 2.2, 2.4.1)", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await expectVisibleFocus(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
