import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, connect, heading } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { makeAdmin } from "#tests/factories/make-admin.ts";
import { query } from "#tests/harness/database.ts";

test("an administrator inspects an account, refreshes it and revokes it with a reason; the person gets the reason by mail", async ({
  page,
  person,
  browser,
}) => {
  await connect(page, person);
  const [row] = await query<{ id: string }>(
    `SELECT id FROM connect_account WHERE provider_account_id = $1`,
    person.id,
  );
  const admin = await makeAdmin();
  const context = await browser.newContext({ baseURL: process.env.TEST_ORIGIN });
  await context.addCookies([admin.cookie]);
  const office = await context.newPage();

  await office.goto(`/admin/linked-accounts/${row!.id}`);
  await expect(office.getByRole("list", { name: "Permissions" })).toContainText(
    "See temperature and humidity",
  );
  await expect(office.getByRole("list", { name: "History" })).toContainText("Connected");
  await expectAccessible(office);

  await office.getByRole("link", { name: "Refresh now" }).click();
  await expect(office.getByRole("link", { name: "Do not refresh" })).toBeFocused();
  await button(office, "Refresh now").click();
  await expect(office.getByText("The access is renewed.")).toBeFocused();
  await expect(office.getByRole("list", { name: "History" })).toContainText("Refreshed");

  await office.getByRole("link", { name: "Revoke", exact: true }).click();
  await expect(heading(office, `Revoke ${person.email}?`)).toBeVisible();
  await office.getByLabel("Reason").fill("y".repeat(301));
  await button(office, "Revoke").click();
  await expect(office.getByRole("link", { name: "Write at most 300 characters." })).toBeVisible();
  await expect(office.getByLabel("Reason")).toHaveValue("y".repeat(301));
  await expectAccessible(office);
  await office.getByLabel("Reason").fill("You asked us to, by phone.");
  await button(office, "Revoke").click();
  await expect(office.getByText("The person gets a mail with the reason.")).toBeFocused();
  await expect(office.getByRole("list", { name: "History" })).toContainText(`Administrator ${admin.email}`);
  await expect(office.getByRole("link", { name: "Revoke", exact: true })).toHaveCount(0);
  await context.close();

  await page.goto("/account");
  await expect(button(page, "Connect Legrand")).toBeVisible();
  await page.goto(`/legrand/mail?to=${encodeURIComponent(person.email)}`);
  await page.getByRole("link", { name: "Your Legrand account was disconnected from Connect" }).click();
  await expect(page.getByText("You asked us to, by phone.")).toBeVisible();
});
