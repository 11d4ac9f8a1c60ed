import { randomUUID } from "node:crypto";

import type { Page } from "@playwright/test";

import { expect, expectNoSidewaysScroll, test } from "#tests/e2e/fixtures.ts";
import { button, heading, status } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { makeAdmin, type TestAdmin } from "#tests/factories/make-admin.ts";
import { query } from "#tests/harness/database.ts";

/** Makes linked accounts “Person 01” and so on, which the word finds. Every tenth is disconnected. */
async function makeList(amount: number): Promise<{ admin: TestAdmin; word: string; href: string }> {
  const [admin, word] = [await makeAdmin(), `w${randomUUID().replaceAll("-", "").slice(0, 12)}`];
  await query(
    `INSERT INTO connect_account (id, user_id, type, provider, provider_account_id, name, email, requested_scopes, granted_scopes, state)
     SELECT gen_random_uuid(), $1::uuid, 'oidc', 'legrand', gen_random_uuid()::text, 'Person ' || lpad(n::text, 2, '0'), 'p' || n || '@' || $2 || '.example', '{}',
       '{openid,topology.read,comfort.read,comfort.write,light.read}', (CASE WHEN n % 10 = 0 THEN 'disconnected' ELSE 'connected' END)::connect_linked_account_state
     FROM generate_series(1, $3::int) n`,
    admin.userId,
    word,
    amount,
  );
  return {
    admin,
    word,
    href: `/admin/linked-accounts?${new URLSearchParams({ q: `@${word}`, sort: "person", direction: "ascending" })}`,
  };
}

test("an administrator finds an account by part of its address, filters, sorts, changes pages, and opens one", async ({
  page,
  context,
}) => {
  const { admin, word } = await makeList(60);
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

  await page.getByText("Filters and sorting", { exact: true }).click();
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

const select = (page: Page, name: string) =>
  page.getByRole("checkbox", { name: `Select ${name}`, exact: true });

test("rows have one line at 1280 px, and a click on any part of a row opens the account", async ({
  page,
  context,
}) => {
  const { admin, word, href } = await makeList(3);
  await query(
    `UPDATE connect_account SET name = 'Person 02 ' || repeat('van der Long ', 8), email = repeat('long.', 12) || email WHERE email = 'p2@' || $1 || '.example'`,
    word,
  );
  await context.addCookies([admin.cookie]);
  await page.goto(href);
  const rows = page.getByRole("table", { name: /^Linked accounts/ }).getByRole("row");
  await expect(rows).toHaveCount(4);
  for (const row of await rows.all()) expect((await row.boundingBox())!.height).toBeLessThanOrEqual(44);
  await expectNoSidewaysScroll(page);
  await rows.nth(1).getByText(`p1@${word}.example`).click();
  await expect(heading(page, "Person 01")).toBeVisible();
  await page.goBack();
  await rows.nth(3).click({ position: { x: 900, y: 36 } });
  await expect(heading(page, "Person 03")).toBeVisible();
});

test("a selection shows a bar at the bottom of the window, with the number, Revoke and Clear; the back button keeps it", async ({
  page,
  context,
}) => {
  const { admin, href } = await makeList(30);
  await context.addCookies([admin.cookie]);
  await page.goto(href);
  await expect(button(page, "Clear")).toHaveCount(0);

  await test.step("the bar counts, is announced politely, and stays in the window", async () => {
    await select(page, "Person 01").check();
    await expect(status(page, "1 selected")).toBeInViewport();
    await select(page, "Person 02").check();
    await expect(status(page, "2 selected")).toBeInViewport();
    await expect(page.getByRole("checkbox", { name: "Select all on this page" })).toBeChecked({
      indeterminate: true,
    });
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step("Clear ends the selection by keyboard, and leaves the focus on the first account", async () => {
    await button(page, "Clear").press("Enter");
    await expect(button(page, "Clear")).toHaveCount(0);
    await expect(status(page, "Nothing selected")).toHaveCount(1);
    await expect(select(page, "Person 01")).toBeFocused();
    await expect(select(page, "Person 02")).not.toBeChecked();
  });

  await test.step("all accounts of the page are selected and asked about", async () => {
    await page.getByRole("checkbox", { name: "Select all on this page" }).check();
    await expect(status(page, "30 selected")).toBeInViewport();
    await button(page, "Revoke…").click();
    await expect(heading(page, "Revoke 27 accounts?")).toBeVisible();
    await expect(page.getByText("27 of 30 selected accounts")).toBeVisible();
    await page.goBack();
    await expect(status(page, "30 selected")).toBeInViewport();
  });
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("Revoke selected with nothing ticked says so on the list, which keeps its filters; with a tick it asks", async ({
      page,
      context,
    }) => {
      const { admin, word, href } = await makeList(12);
      await context.addCookies([admin.cookie]);
      await page.goto(`${href}&state=connected`);
      await expect(page.getByRole("checkbox", { name: "Select all on this page" })).toHaveCount(
        javaScriptEnabled ? 1 : 0,
      );
      await button(page, "Revoke selected").click();
      await expect(page.getByText("No account is selected.")).toBeFocused();
      await expect(page.getByLabel("Search")).toHaveValue(`@${word}`);
      await expect(page.getByRole("rowheader")).toHaveCount(11);
      await select(page, "Person 03").check();
      await button(page, "Revoke selected").click();
      await expect(heading(page, "Revoke 1 account?")).toBeVisible();
    });
  });
}

test("at 390 px the rows are cards of the same table, with every value and its label, and nothing is cut", async ({
  page,
  context,
}) => {
  const { admin, word, href } = await makeList(2);
  await context.addCookies([admin.cookie]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(href);
  const table = page.getByRole("table", { name: /^Linked accounts/ });
  await expect(table.getByRole("columnheader", { name: "E-mail" })).toHaveCount(1);
  const card = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Person 01" }) });
  await expect(card.getByRole("cell", { name: `E-mail p1@${word}.example` })).toBeVisible();
  await expect(card.getByRole("cell", { name: "Permissions 5" })).toBeVisible();
  await expect(card.getByRole("cell", { name: "State Connected" })).toBeVisible();
  await expect(card.getByRole("cell", { name: /^Legrand id …/ })).toBeVisible();
  const cut = await table.evaluate(
    (element) =>
      [...element.querySelectorAll("td, th, td *, th *")].filter(
        ({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth,
      ).length,
  );
  expect(cut).toBe(0);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await card.click({ position: { x: 200, y: 100 } });
  await expect(heading(page, "Person 01")).toBeVisible();
});
