import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, reachReview, scope } from "#tests/e2e/journey.ts";
import { createPerson } from "#tests/e2e/rows.ts";
import { openConsent } from "#tests/e2e/way-in.ts";

const heightOf = () => document.documentElement.scrollHeight;

test("six scopes with reasons and two homes fit on one screen of 1280 by 800", async ({ page }) => {
  const person = await createPerson({ homes: ["Appartement Lyon", "Maison d’Annecy"] });
  // Lower than the page, so that the height is that of its content.
  await page.setViewportSize({ width: 1280, height: 500 });
  await openConsent(page, person);
  await expect(page.locator("input[name=scope][type=checkbox]")).toHaveCount(6);
  await expect(page.locator("input[name=home]")).toHaveCount(2);
  expect(await page.evaluate(heightOf)).toBeLessThanOrEqual(760);
});

test("the answers stay in view, and focus is never below them (WCAG 2.2, 2.4.11)", async ({
  page,
  person,
}) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await openConsent(page, person);
  await expect(button(page, "Accept")).toBeInViewport({ ratio: 1 });
  const bar = (await page.locator(".consent-bar").boundingBox())!;
  for (const box of await page.locator("input[type=checkbox]:enabled, summary, a").all()) {
    await box.focus();
    const { y, height } = (await box.boundingBox())!;
    expect(y + height).toBeLessThanOrEqual(bar.y + 1);
  }
});

test("in a window lower than 480 px the answers scroll with the page", async ({ page, person }) => {
  await page.setViewportSize({ width: 640, height: 470 });
  await openConsent(page, person);
  await expect(button(page, "Accept")).not.toBeInViewport();
});

test("Deny and Accept look alike: refusing is as easy as accepting", async ({ page, person }) => {
  await openConsent(page, person);
  const look = (name: string) =>
    button(page, name).evaluate((element) => {
      const { color, backgroundColor, borderColor, fontWeight, fontSize } = getComputedStyle(element);
      const { width, height, top } = element.getBoundingClientRect();
      return { color, backgroundColor, borderColor, fontWeight, fontSize, width, height, top };
    });
  expect(await look("Deny")).toEqual(await look("Accept"));
});

test("a change says what it takes away and adds, while the boxes are ticked, without scripts", async ({
  page,
  person,
}) => {
  await reachReview(page, person);
  const row = (name: string) => page.locator("li", { has: page.locator(`input[value="${name}"]`) }).last();
  await expect(row("light.read").getByText("Will be removed")).toBeHidden();
  await scope(page, "light.read").uncheck();
  await expect(row("light.read").getByText("Will be removed")).toBeVisible();
  await expect(row("light.write").getByText("Will be added")).toBeHidden();
  await page.locator('input[value="light.write"]').check();
  await expect(row("light.write").getByText("Will be added")).toBeVisible();
});
