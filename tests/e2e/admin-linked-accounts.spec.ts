import { randomUUID } from "node:crypto";

import { expect, expectNoSidewaysScroll, test } from "#tests/e2e/fixtures.ts";
import { makeAdmin } from "#tests/factories/make-admin.ts";
import { query } from "#tests/harness/database.ts";

test("an administrator finds an account by part of its address, filters, sorts, changes pages, and opens one", async ({
  page,
  context,
}) => {
  const [admin, word] = [await makeAdmin(), `w${randomUUID().replaceAll("-", "").slice(0, 12)}`];
  await query(
    `INSERT INTO connect_account (id, user_id, type, provider, provider_account_id, name, email, requested_scopes, granted_scopes, state)
     SELECT gen_random_uuid(), $1::uuid, 'oidc', 'legrand', gen_random_uuid()::text, 'Person ' || lpad(n::text, 2, '0'), 'p' || n || '@' || $2 || '.example', '{}',
       '{openid,topology.read,comfort.read,comfort.write,light.read}', (CASE WHEN n % 10 = 0 THEN 'disconnected' ELSE 'connected' END)::connect_linked_account_state
     FROM generate_series(1, 60) n`,
    admin.userId,
    word,
  );
  await context.addCookies([admin.cookie]);
  await page.goto("/admin/linked-accounts");
  await expect(page.getByRole("heading", { level: 1, name: "Linked accounts" })).toBeVisible();

  await page.getByLabel("Search").fill(`@${word}`);
  await page.getByRole("button", { name: "Search" }).click();
  const rows = page.getByRole("rowheader");
  await expect(rows).toHaveCount(50);
  await expect(
    page.getByText(`60 linked accounts: name, e-mail or Legrand id contains “@${word}”`),
  ).toBeVisible();

  await page.getByRole("columnheader", { name: "Person" }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Person" })).toHaveAttribute("aria-sort", "ascending");
  await expect(rows.first()).toHaveText("Person 01");
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rows).toHaveText(Array.from({ length: 10 }, (_, n) => `Person ${n + 51}`));
  await page.getByRole("link", { name: "Previous page" }).click();
  await expect(rows.first()).toHaveText("Person 01");

  await page.getByText("Filters", { exact: true }).click();
  await page.getByLabel("State", { exact: true }).selectOption("Disconnected");
  await page.getByRole("button", { name: "Apply filters" }).click();
  await expect(rows).toHaveText([10, 20, 30, 40, 50, 60].map((n) => `Person ${n}`));
  await expect(
    page.getByRole("navigation", { name: "States" }).getByRole("link", { name: "Disconnected" }),
  ).toHaveAttribute("aria-current", "true");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);

  await page.getByRole("link", { name: "Person 40" }).click();
  await expect(page).toHaveURL(/\/admin\/linked-accounts\/[\da-f-]{36}$/);
});
