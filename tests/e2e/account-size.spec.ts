import type { Page } from "@playwright/test";

import { expect, expectNoSidewaysScroll, test } from "#tests/e2e/fixtures.ts";
import { accept, button, expectArrived, heading, reachSignIn, room } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { openConnected } from "#tests/e2e/way-in.ts";
import { furnishFirstHome } from "#tests/factories/home-control.ts";

const heightOf = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight);

/** Where the headings, fields and buttons of the page are, from its top. */
const boxesOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("main :is(h1, h2, h3, h4, summary, input:not([type=hidden]), button)")].map(
      (element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [element.id || element.textContent, x, y + scrollY, width, height];
      },
    ),
  );

test("the account page of Camille, who has two homes, fits 1,300 px on a wide window and 2,200 px on a telephone (issue 14)", async ({
  page,
}) => {
  await reachSignIn(page);
  await page.getByRole("button", { name: "Continue as Camille Moreau" }).click();
  await accept(page);
  for (const [width, limit] of [
    [1280, 1300],
    [390, 2200],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    expect(await heightOf(page), `height at ${width} px`).toBeLessThanOrEqual(limit);
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize({ width: 320, height: 800 });
  await expectNoSidewaysScroll(page);
});

test.describe("in a furnished home", () => {
  test.beforeEach(async ({ page, person }) => {
    await furnishFirstHome(person.id);
    await openConnected(page, person);
  });

  for (const width of [1280, 768, 390])
    test(`the error of a set point moves nothing, at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      const before = await boxesOf(page);
      await page.getByLabel("Set point in Living room, °C").fill("45");
      await room(page, "Living room").getByRole("button", { name: "Set" }).click();
      await expect(page.getByText("Enter a temperature from 7 to 40 °C")).toBeVisible();
      await expectArrived(page);
      expect(await boxesOf(page)).toEqual(before);
    });

  test("the homes take the room of their placeholders, so that nothing moves when they arrive", async ({
    page,
  }) => {
    // The first view made the server know the size of the home.
    for (const width of [1280, 768, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.addInitScript(() => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            (globalThis as { shift?: number }).shift =
              ((globalThis as { shift?: number }).shift ?? 0) + (entry as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.reload();
      await expectArrived(page);
      expect(
        await page.evaluate(() => (globalThis as { shift?: number }).shift ?? 0),
        `layout shift at ${width} px`,
      ).toBeLessThan(0.01);
    }
  });

  test("with everything open, no rule of axe is broken", async ({ page }) => {
    for (const title of ["Living room", "Bedroom"])
      await room(page, title).getByRole("heading", { name: title }).click();
    await page.getByText("Technical details").click();
    await expect(heading(page, "Connected account")).toBeVisible();
    await expect(button(page, "Disconnect")).toBeVisible();
    await expectAccessible(page);
  });
});
