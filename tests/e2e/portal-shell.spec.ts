import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading, openPlace, signOutOfPortal, status } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { openPortal } from "#tests/e2e/way-in.ts";

const PLACES = ["My Applications", "Subscriptions", "APIs", "Third-party access", "Account", "Mail"];
const main = { name: "Main" };

test("in a wide window the navigation is beside the page, and marks the current place", async ({
  page,
  person,
}) => {
  await openPortal(page, person);
  await expect(page.getByRole("navigation", main).getByRole("link")).toHaveText(PLACES);
  await expect(button(page, "Menu")).toBeHidden();
  await expect(page.getByText(person.name)).toBeVisible();
  for (const place of PLACES) {
    await openPlace(page, place);
    await expect(page.getByRole("navigation", main).locator("[aria-current=page]")).toHaveText(place);
    const [nav, content] = [
      await page.getByRole("navigation", main).boundingBox(),
      await page.getByRole("main").boundingBox(),
    ];
    expect(content!.x).toBeGreaterThan(nav!.x + nav!.width);
    expect(content!.width, "one width of all pages").toBe(1000);
  }
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "on a phone" : "on a phone, without JavaScript", () => {
    test.use({ javaScriptEnabled, viewport: { width: 390, height: 844 }, hasTouch: true });

    test("the menu leads to every place, closes with Escape, and signs out", async ({ page, person }) => {
      await openPortal(page, person);
      for (const place of PLACES) {
        await openPlace(page, place);
        await expect(page.getByRole("navigation", main)).toBeHidden();
        await button(page, "Menu").press("Enter");
        await expect(page.getByRole("navigation", main).locator("[aria-current=page]")).toHaveText(place);
        for (const link of await page.getByRole("navigation", main).getByRole("link").all())
          expect((await link.boundingBox())!.height).toBeGreaterThanOrEqual(44);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("navigation", main)).toBeHidden();
        await expect(button(page, "Menu")).toBeFocused();
      }
      await signOutOfPortal(page);
      await expect(status(page, "You are signed out.")).toBeVisible();
    });
  });
}

test("the open menu breaks no rule of axe", async ({ page, person }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openPortal(page, person);
  await button(page, "Menu").click();
  await expectAccessible(page);
});

test("a visitor reads what the sandbox is, and gets to the APIs, the mail, the sign-in and the sign-up", async ({
  page,
}) => {
  for (const [word, title] of [
    ["APIs", "APIs"],
    ["Mail", "Mail"],
    ["Sign in", "Sign in to Legrand"],
    ["Create an account", "Create a Legrand account"],
  ] as const) {
    await page.goto("/legrand");
    await page.getByRole("main").getByRole("link", { name: word, exact: true }).click();
    await expect(heading(page, title)).toBeVisible();
  }
});
