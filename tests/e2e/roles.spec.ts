import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, connect, heading } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { makeAdmin } from "#tests/factories/make-admin.ts";

test("giving and removing a role signs the person out, opens and closes the administration, and is in the audit log", async ({
  page,
  person,
  browser,
}) => {
  const admin = await makeAdmin();
  const desk = await (await browser.newContext({ baseURL: process.env.TEST_ORIGIN! })).newPage();
  await desk.context().addCookies([admin.cookie]);
  await connect(page, person);

  await test.step("an administrator finds the person by the whole address, and makes them an auditor after a question", async () => {
    await desk.goto("/admin/roles");
    await desk.getByLabel("E-mail or Legrand id").fill(person.email);
    await button(desk, "Find").click();
    await expectAccessible(desk);
    await desk.getByRole("table", { name: "People found" }).getByRole("link", { name: person.name }).click();
    await expectAccessible(desk);
    await desk.getByRole("link", { name: "Make auditor" }).click();
    await expect(heading(desk, `Make ${person.email} an auditor?`)).toBeVisible();
    await expect(desk.getByRole("link", { name: "Keep it as it is" })).toBeFocused();
    await expectAccessible(desk);
    await button(desk, "Make auditor").click();
    await expect(
      desk.getByText(`${person.email} is an auditor now, and is signed out everywhere.`),
    ).toBeFocused();
  });

  await test.step("the person is signed out, and after connecting again sees the administration, without actions", async () => {
    await page.goto("/account");
    await expect(button(page, "Connect Legrand")).toBeVisible();
    await button(page, "Connect Legrand").click();
    await page.getByRole("link", { name: "Administration" }).click();
    await page.getByRole("link", { name: "Roles" }).click();
    await expect(
      page.getByText("You are an auditor: you can read everything here and change nothing."),
    ).toBeVisible();
    await page.getByRole("link", { name: admin.name }).first().click();
    await expect(page.getByRole("link", { name: /^(Make|Remove)/ })).toHaveCount(0);
  });

  await test.step("once the role is removed, the person gets the page for unknown addresses", async () => {
    await desk
      .getByRole("table", { name: "People with a role" })
      .getByRole("link", { name: person.name })
      .click();
    await desk.getByRole("link", { name: "Remove role" }).click();
    await button(desk, "Remove role").click();
    await expect(
      desk.getByText(`${person.email} no longer has a role, and is signed out everywhere.`),
    ).toBeVisible();
    await page.goto("/");
    await button(page, "Connect Legrand").click();
    await expect(page.getByRole("link", { name: "My account" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
    await page.goto("/admin/audit");
    await expect(heading(page, "Page not found")).toBeVisible();
  });

  await test.step("the audit log has both changes, and the attempt to read it", async () => {
    await desk.goto("/admin/audit");
    await desk.getByLabel("Who", { exact: true }).fill(admin.email);
    await button(desk, "Apply filters").click();
    const rows = desk.getByRole("table", { name: "Audit log, newest first" }).getByRole("row");
    await expect(rows.nth(1)).toContainText("From auditor to no role");
    await expect(rows.nth(2)).toContainText("From no role to auditor");
    await expect(rows).toHaveCount(3);
    await expectAccessible(desk);
    await desk.goto(`/admin/audit?${new URLSearchParams({ actor: person.email })}`);
    await expect(rows.nth(1)).toContainText("Refused");
  });
});
