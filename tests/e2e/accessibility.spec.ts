import { expect, test } from "#tests/e2e/fixtures.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { openPage, PAGES } from "#tests/e2e/pages.ts";

for (const known of PAGES) {
  test(`${known.name}: breaks no rule of axe in light, dark and at 390 px, and does not scroll sideways`, async ({
    page,
    person,
  }) => {
    await openPage(known, page, person);
    await expectAccessible(page);
  });
}

test("the window's title names every page (WCAG 2.2, 2.4.2)", async ({ page, person }) => {
  const expected = {
    home: "Legrand Connect",
    "sign-in": "Sign in to Legrand",
    consent: "Allow access",
    account: "Connected account",
    "not found": "Page not found",
    "authorization error, unknown application": "Request refused",
  };
  for (const [name, title] of Object.entries(expected)) {
    await page.context().clearCookies();
    await openPage(
      PAGES.find((known) => known.name === name)!,
      page,
      person,
    );
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    expect((await page.title()).split(" · ")[0]).toBe(title);
  }
});
