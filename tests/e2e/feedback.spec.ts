import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading } from "#tests/e2e/journey.ts";
import { openConsent } from "#tests/e2e/way-in.ts";

test("a submit button is busy at once, with a line at the top, and a second press sends nothing", async ({
  page,
}) => {
  await page.goto("/");
  const connect = button(page, "Connect Legrand");
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  let posts = 0;
  await page.route("**/connect", async (route) => {
    posts++;
    await isReleased;
    await route.continue();
  });
  // In one step, because the browser is leaving the page.
  const seen = await connect.evaluate((element: HTMLElement) => {
    const since = performance.now();
    element.click();
    const isBusy = element.getAttribute("aria-busy");
    const afterMs = performance.now() - since;
    const line = getComputedStyle(document.documentElement, "::before").position;
    element.click();
    return { isBusy, line, isSoon: afterMs < 100 };
  });
  expect(seen).toEqual({ isBusy: "true", line: "fixed", isSoon: true });
  release();
  await expect(heading(page, "Sign in to Legrand")).toBeVisible();
  expect(posts).toBe(1);
});

test("after the back button, a form can be sent again", async ({ page }) => {
  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await expect(heading(page, "Sign in to Legrand")).toBeVisible();
  await page.goBack();
  await expect(button(page, "Connect Legrand")).not.toHaveAttribute("aria-busy");
  await button(page, "Connect Legrand").click();
  await expect(heading(page, "Sign in to Legrand")).toBeVisible();
});

test("the consent page has no script, and its buttons answer to a press by CSS", async ({ page, person }) => {
  await openConsent(page, person);
  await expect(page.locator("script")).toHaveCount(0);
  const accept = button(page, "Accept");
  await accept.hover();
  await page.mouse.down();
  expect(await accept.evaluate((element) => getComputedStyle(element).transform)).not.toBe("none");
});
