import { randomUUID } from "node:crypto";

import { expect, expectNoSidewaysScroll, test } from "#tests/e2e/fixtures.ts";
import { heading } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { makeAdmin } from "#tests/factories/make-admin.ts";
import { query } from "#tests/harness/database.ts";

const TABLES = [
  { path: "/admin/audit", table: "Audit log, newest first", cells: ["When just now", "Outcome Refused"] },
  { path: "/admin/roles", table: "People with a role", cells: ["Role Administrator"] },
  { path: "/admin/bulk-revocations", table: "Bulk revocations", cells: ["Started 3 minutes ago"] },
];

for (const { path, table: name, cells } of TABLES) {
  test(`${path}: rows have one line at 1280 px, and at 390 px are cards of the same table`, async ({
    page,
    context,
  }) => {
    const [admin, person] = [await makeAdmin(), await makeAdmin(null)];
    await context.addCookies([admin.cookie]);
    await person.browser.post(`/admin/roles/${person.userId}/change/submit`, { role: "auditor" });
    await query(
      `INSERT INTO connect_bulk_revocation (id, created_at, created_by, actor, reason, selection, state, total)
       VALUES ($1::uuid, now() - interval '3 minutes', $2::uuid, $3, 'They moved house.', $4, 'done', 4)`,
      randomUUID(),
      admin.userId,
      admin.email,
      `4 of ${"a very long selection ".repeat(8)}`,
    );
    await page.goto(path);
    const rows = page.getByRole("table", { name }).getByRole("row");
    await expect(rows.nth(1)).toBeVisible();
    for (const row of (await rows.all()).slice(0, 5))
      expect((await row.boundingBox())!.height).toBeLessThanOrEqual(44);
    await expectAccessible(page);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await expectNoSidewaysScroll(page);
      for (const cell of cells) await expect(rows.getByRole("cell", { name: cell }).first()).toBeVisible();
      await expect(rows.first().getByRole("columnheader")).not.toHaveCount(0);
    }
  });
}

test("an entry of the audit log opens to its exact time, address and request, without scripts", async ({
  browser,
}) => {
  const [admin, person] = [await makeAdmin(), await makeAdmin(null)];
  await person.browser.post(`/admin/roles/${person.userId}/change/submit`, { role: "auditor" });
  const context = await browser.newContext({ baseURL: process.env.TEST_ORIGIN!, javaScriptEnabled: false });
  await context.addCookies([admin.cookie]);
  const page = await context.newPage();
  await page.goto(`/admin/audit?${new URLSearchParams({ actor: person.email })}`);
  const entry = page.getByRole("table").getByRole("row").nth(1);
  await expect(entry.getByRole("link", { name: "Everything in this request" })).toBeHidden();
  await entry.getByText("They had no role that allows it").first().click();
  await expect(entry.getByText(/\d UTC$/)).toBeVisible();
  await expect(entry.getByText(/^Address .*\d/)).toBeVisible();
  await entry.getByRole("link", { name: "Everything in this request" }).click();
  await expect(heading(page, "Audit log")).toBeVisible();
  await expect(page).toHaveURL(/\?request=[0-9a-f]{8}/);
  await context.close();
});
