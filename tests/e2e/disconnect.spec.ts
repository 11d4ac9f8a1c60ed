import { readFile } from "node:fs/promises";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { openConnected } from "#tests/e2e/way-in.ts";
import { query } from "#tests/harness/database.ts";

test("Disconnect asks first, with the focus on the safe answer, then says what happened to the access", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  await button(page, "Disconnect").click();
  await expect(heading(page, `Disconnect ${person.email}?`)).toBeVisible();
  await expect(page).toHaveTitle(/^Disconnect · /);
  await expect(page.getByRole("link", { name: "Keep it connected" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Connected account")).toBeVisible();

  await button(page, "Disconnect").click();
  await button(page, "Disconnect").click();
  await expect(
    page.getByText("The account is disconnected. Its tokens are revoked at Legrand and deleted here."),
  ).toBeVisible();
  await expectAccessible(page);
});

test("Your data offers a copy to download, and deletes the Connect account with everything in it", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  await page.getByRole("link", { name: "Your data" }).click();
  await expect(heading(page, "Your data")).toBeVisible();
  await expectAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("legrand-connect-your-data.json");
  const data = JSON.parse(await readFile(await download.path(), "utf8")) as {
    linkedAccounts: { legrandId: string }[];
  };
  expect(data.linkedAccounts.map(({ legrandId }) => legrandId)).toEqual([person.id]);

  await button(page, "Delete your Connect account").click();
  await expect(heading(page, "Delete your Connect account?")).toBeVisible();
  await expect(page.getByRole("link", { name: "Keep your Connect account" })).toBeFocused();
  await expectAccessible(page);
  await button(page, "Delete your Connect account").click();
  await expect(
    page.getByText("Your Connect account and all data stored about you are deleted."),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: "My account" })).toHaveCount(0);
  await expectAccessible(page);
  expect(await query(`SELECT 1 FROM connect_account WHERE provider_account_id = $1`, person.id)).toEqual([]);
});
