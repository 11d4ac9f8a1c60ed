import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading } from "#tests/e2e/journey.ts";

test("under another name of this machine a page leads to the address at which forms work", async ({
  page,
}) => {
  const origin = process.env.TEST_ORIGIN!;
  // Chromium resolves this name itself (RFC 6761 §6.3).
  const answer = await page.goto(`${origin.replace("localhost", "connect.localhost")}/?a=1`);
  expect(answer!.status()).toBe(421);
  await expect(heading(page, "Open this page at its own address")).toBeVisible();
  await page.getByRole("link", { name: `${origin}/` }).click();
  await expect(page).toHaveURL(`${origin}/?a=1`);
  await button(page, "Connect Legrand").click();
  await expect(heading(page, "Sign in to Legrand")).toBeVisible();
});
