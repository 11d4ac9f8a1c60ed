import type { Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import type { Person } from "#tests/e2e/rows.ts";

const SUBJECT = "Set a new password";

/**
 * Asks for a mail, and opens the list of that person's mail. Mail is written after the answer, so the list is
 * reopened until the mail is there.
 */
async function openMailTo(page: Page, person: Person): Promise<void> {
  await page.goto("/legrand/forgotten-password");
  await page.getByLabel("E-mail").fill(person.email);
  await button(page, "Send the link").click();
  await expect(async () => {
    await page.goto(`/legrand/mail?${new URLSearchParams({ to: person.email })}`);
    await expect(page.getByRole("link", { name: SUBJECT })).toBeVisible({ timeout: 500 });
  }).toPass();
}

test("without a session a mail can be found by its recipient, read as text, followed, and downloaded", async ({
  page,
  person,
}) => {
  await openMailTo(page, person);
  await expect(heading(page, "Mail")).toBeVisible();
  await expect(page.getByText("because SMTP_URL is not set")).toBeVisible();
  await expect(page.getByRole("list", { name: "Mail" }).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("link", { name: SUBJECT }).click();
  await expect(heading(page, SUBJECT)).toBeVisible();
  await expect(page).toHaveTitle(`${SUBJECT} · Mail · Legrand sandbox`);
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as .eml" }).click();
  expect((await download).suggestedFilename()).toMatch(/^2[\w.-]+\.eml$/);
  // The text of the link is cut, and the link is not.
  await page.getByRole("link", { name: /\/legrand\/reset-password\?token=.{6}…$/ }).click();
  await expect(page).toHaveURL(/\/legrand\/reset-password/);
});

test("the list is accessible in light, dark and at 390 px, and says if a recipient has no mail", async ({
  page,
  person,
}) => {
  await openMailTo(page, person);
  await page.getByText("Delete all mail").first().click();
  await expectAccessible(page);
  await page.getByLabel("Recipient").fill("nobody@example.com");
  await button(page, "Filter").click();
  await expect(page.getByRole("heading", { name: "No mail to nobody@example.com" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.getByRole("link", { name: SUBJECT }).first()).toBeVisible();
});
