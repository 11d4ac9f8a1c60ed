import { makeAdmin } from "#tests/factories/make-admin.ts";
import { expect, test } from "#tests/e2e/fixtures.ts";
import { query } from "#tests/harness/database.ts";
import { expectAccessible } from "#tests/e2e/look.ts";

test("the overview has named and described plots, their numbers as a table, and no scripts, in light, dark and at 390 px", async ({
  page,
  context,
}) => {
  const { cookie } = await makeAdmin("auditor");
  await context.addCookies([cookie]);
  for (const reason of ["unreachable", "server_error", "rate_limited", "unusable_answer", "not_admitted"]) {
    await query(
      "INSERT INTO connect_tally (day, name, key, amount) VALUES (current_date, 'refresh_failed', $1, 3) RETURNING id",
      reason,
    );
  }
  await page.goto("/admin");
  await page
    .getByRole("navigation", { name: "Administration" })
    .getByRole("link", { name: "Overview" })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const plot = page.getByRole("img", { name: "Failed refreshes per day" });
  await expect(plot).toHaveAccessibleDescription(/in total; peak [\d,]+ on .* Too many requests: \d+\./);
  await expect(page.getByRole("list", { name: "Key" }).getByText("An unusable answer")).toBeVisible();
  await page.getByText("The numbers as a table").first().click();
  await expect(
    page.getByRole("region", { name: "Connected accounts, as a table" }).getByRole("row"),
  ).toHaveCount(31);
  await expectAccessible(page);
  await page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "90 days" }).click();
  await expect(page.getByRole("link", { name: "90 days" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: /^Reconnect needed/ }).click();
  await expect(page).toHaveURL(/\/admin\/linked-accounts\?state=reconnect_needed$/);
});
