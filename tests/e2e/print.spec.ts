import { expect, test } from "#tests/e2e/fixtures.ts";
import { heading } from "#tests/e2e/journey.ts";
import { openConnected } from "#tests/e2e/way-in.ts";

for (const [path, title] of [
  ["/account/data", "Your data"],
  ["/legrand/third-party-access", "Third-party access"],
] as const)
  test(`${path} is printed black on white in the dark theme too, without navigation and buttons`, async ({
    page,
    person,
  }) => {
    await openConnected(page, person);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.goto(path);
    await expect(heading(page, title)).toBeVisible();
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { color, backgroundColor };
    });
    expect(colours).toEqual({ color: "rgb(0, 0, 0)", backgroundColor: "rgb(255, 255, 255)" });
    await expect(page.getByRole("navigation")).toHaveCount(0);
    await expect(page.getByRole("button")).toHaveCount(0);
  });
