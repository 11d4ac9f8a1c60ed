import type { Locator, Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading, status } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import type { Person } from "#tests/e2e/rows.ts";
import { openPortal } from "#tests/e2e/way-in.ts";

const KEY = /^[0-9a-f]{32}$/;

async function openSubscriptions(page: Page, person: Person): Promise<void> {
  await openPortal(page, person, "/legrand/subscriptions");
  await expect(heading(page, "Subscriptions")).toBeVisible();
}

async function subscribe(page: Page, name: string): Promise<void> {
  await page.getByLabel("Subscription name").fill(name);
  await button(page, "Subscribe").click();
}

/** Returns the visible key, which must be the only text on the page that looks like one. */
const shownKey = (page: Page): Locator =>
  page.getByRole("group", { name: /^(Primary|Secondary) key$/ }).filter({ hasText: KEY });

/** Opens a question and confirms it. */
async function confirm(page: Page, name: string): Promise<void> {
  await page.getByRole("group").filter({ hasText: name }).getByText(name, { exact: true }).first().click();
  await button(page, name).click();
}

test("subscribe, show a key, copy it, hide it, regenerate it, cancel", async ({ page, person, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openSubscriptions(page, person);
  await expect(page.getByRole("heading", { name: "No subscription yet" })).toBeVisible();
  await expect(page.getByText("A subscription key is not the client secret.")).toBeVisible();
  await subscribe(page, "Thermo");
  await expect(status(page, "You have subscribed to the Starter Kit.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Thermo" })).toContainText("Calls today");
  await expect(shownKey(page)).toHaveCount(0);

  await button(page, "Show primary key of Thermo").click();
  const before = await shownKey(page).innerText();
  await button(page, "Copy Primary key").click();
  await expect(button(page, "Copied Primary key")).toBeVisible();
  await expect(page.getByText("Primary key copied")).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(before);
  expect(page.url()).not.toContain(before);
  await page.getByRole("link", { name: "Hide primary key of Thermo" }).click();
  await expect(shownKey(page)).toHaveCount(0);

  await confirm(page, "Regenerate primary key of Thermo");
  await expect(page.getByText("This is the new key. The former one no longer works.")).toBeVisible();
  expect(await shownKey(page).innerText()).not.toBe(before);

  await confirm(page, "Cancel subscription Thermo");
  await expect(status(page, "The subscription is cancelled.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No subscription yet" })).toBeVisible();
});

for (const width of [1280, 390]) {
  test(`showing and hiding a key moves nothing at ${width} px (issue 14, 29)`, async ({ page, person }) => {
    await page.setViewportSize({ width, height: 844 });
    await openSubscriptions(page, person);
    await subscribe(page, "Thermo");
    const place = () =>
      Promise.all(
        [
          page.getByText("Secondary key", { exact: true }),
          page.getByText("Calls today"),
          page.getByRole("button", { name: "Show primary key" }).or(page.getByRole("link", { name: "Hide" })),
        ].map(async (part) => {
          const { x, y } = (await part.boundingBox())!;
          const scrolled = await page.evaluate(() => scrollY);
          return [Math.round(x), Math.round(y + scrolled)];
        }),
      );
    const before = await place();
    await button(page, "Show primary key of Thermo").click();
    await expect(button(page, "Copy Primary key")).toBeVisible();
    expect(await place()).toEqual(before);
  });
}

test("after an invalid name the summary has the focus, and what was typed is kept", async ({
  page,
  person,
}) => {
  await openSubscriptions(page, person);
  await subscribe(page, "x".repeat(61));
  await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toBeFocused();
  await expect(page.getByLabel("Subscription name")).toHaveValue("x".repeat(61));
  await expectAccessible(page);
});

test("every state of the page is accessible in light, dark and at 390 px", async ({ page, person }) => {
  await openSubscriptions(page, person);
  await expectAccessible(page);
  for (const name of ["Thermo, production", "W".repeat(60)]) await subscribe(page, name);
  await expectAccessible(page);
  await button(page, "Show secondary key of Thermo, production").click();
  for (const question of await page.locator("summary").all()) await question.click();
  await expectAccessible(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("everything works: there is no copy button, and the key can be selected by hand", async ({
    page,
    person,
  }) => {
    await openSubscriptions(page, person);
    await subscribe(page, "Thermo");
    await button(page, "Show secondary key of Thermo").click();
    await expect(shownKey(page)).toHaveCount(1);
    await expect(page.getByRole("button", { name: /^Copy/ })).toHaveCount(0);
    await confirm(page, "Regenerate secondary key of Thermo");
    await expect(page.getByText("This is the new key.")).toBeVisible();
    await confirm(page, "Cancel subscription Thermo");
    await expect(page.getByRole("heading", { name: "No subscription yet" })).toBeVisible();
  });
});
