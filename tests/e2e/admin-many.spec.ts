import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading, status } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { makeAdmin, type TestAdmin } from "#tests/factories/make-admin.ts";
import { readCsv } from "#tests/factories/read-csv.ts";
import { query } from "#tests/harness/database.ts";

/**
 * Makes linked accounts of nine people, “Person 1” to “Person 9”, which the word finds. The seventh's name is
 * a spreadsheet formula.
 */
async function makeAccounts(word: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `WITH people AS (INSERT INTO connect_user (id, name) SELECT gen_random_uuid(), CASE n WHEN 7 THEN '=1+2' ELSE '' END || 'Person ' || n FROM generate_series(1, 9) n RETURNING id, name)
     INSERT INTO connect_account (id, user_id, type, provider, provider_account_id, name, email, requested_scopes, granted_scopes, connected_at)
     SELECT gen_random_uuid(), id, 'oidc', 'legrand', gen_random_uuid()::text, name, 'p' || right(name, 1) || '@' || $1 || '.example', '{comfort.read}', '{topology.read,comfort.read}', now() - interval '2 days'
     FROM people ORDER BY right(name, 1) RETURNING id::text`,
    word,
  );
  return rows.map(({ id }) => id);
}

/**
 * Makes a bulk revocation of four accounts that another process is working on: one is revoked, one failed,
 * two are open.
 */
async function makeRunning(admin: TestAdmin, word: string, [failed, ...open]: string[]): Promise<string> {
  const id = randomUUID();
  await query(
    `INSERT INTO connect_bulk_revocation (id, created_at, created_by, actor, reason, selection, state, total, revoked, failed, lease_until)
     VALUES ($1::uuid, now() - interval '1 minute', $2::uuid, $3, 'They moved house.', $4, 'running', 4, 1, 1, now() + interval '1 hour')`,
    id,
    admin.userId,
    admin.email,
    `4 of ${word}`,
  );
  await query(
    `INSERT INTO connect_bulk_revocation_item (bulk_id, account_id, failure) SELECT $1::uuid, a, CASE WHEN a = $2::uuid THEN 'Something failed on our side.' END FROM unnest($3::uuid[]) a`,
    id,
    failed,
    [failed, ...open],
  );
  return id;
}

/** Waits until the page says that the export is complete. Returns the file behind its link. */
async function download(page: Page, link: string, rows: number): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: link }).click(),
  ]);
  await expect(status(page, `Exported ${rows} rows.`)).toHaveText(`Exported ${rows} rows.`);
  return readFile(await file.path(), "utf8");
}

const find = async (page: Page, word: string) => {
  await page.goto("/admin/linked-accounts");
  await page.getByLabel("Search").fill(word);
  await button(page, "Search").click();
};

test("bulk revocation and export (issue 5, 3 and 4): a stopped job with a failure is retried, a selection and all matches are revoked, and both files show each result", async ({
  page,
  context,
}) => {
  const [admin, word] = [await makeAdmin(), `m${randomUUID().replaceAll("-", "").slice(0, 12)}`];
  const ids = await makeAccounts(word);
  const running = await makeRunning(admin, word, ids.slice(6));
  await context.addCookies([admin.cookie]);

  await test.step("stops the job of another process, and shows what failed and why", async () => {
    await page.goto("/admin/bulk-revocations");
    await page
      .getByRole("table", { name: "Bulk revocations" })
      .getByRole("link", { name: `4 of ${word}` })
      .click();
    await expect(page.getByRole("progressbar", { name: "Progress" })).toHaveAttribute("value", "2");
    await button(page, "Stop").click();
    await expect(page.getByText("Stopping")).toBeVisible();
    await expect(page.getByRole("list", { name: "Failures" })).toContainText("Something failed on our side.");
    await expectAccessible(page);
  });

  await test.step("selected accounts: the question, the reason, and a page that follows the work by itself", async () => {
    // The other process dies. The next worker finishes its accounts.
    await query(`UPDATE connect_bulk_revocation SET lease_until = now() WHERE id = $1::uuid`, running);
    await find(page, word);
    for (const name of ["Person 1", "Person 2"])
      await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    await button(page, "Revoke selected").click();
    await expect(heading(page, "Revoke 2 accounts?")).toBeVisible();
    await page.getByLabel("Reason").fill("The contract has ended.");
    await button(page, "Revoke 2 accounts").click();
    await expect(heading(page, "Revocation of 2 selected accounts")).toBeVisible();
    await expect(page.getByText("Done", { exact: true })).toBeVisible();
    await expect(page.getByText("2 of 2 accounts")).toBeVisible();
  });

  await test.step("the stopped job has ended, its other accounts are still connected, and the failed one is retried", async () => {
    await page.goto(`/admin/bulk-revocations/${running}`);
    await expect(page.getByText("Stopped", { exact: true })).toBeVisible();
    await button(page, "Try the failed ones again").click();
    await expect(page.getByText("1 of 1 account")).toBeVisible();
  });

  await test.step("all matches of a search: the number has to be typed, and a wrong one changes nothing", async () => {
    await find(page, `p3@${word}`);
    await button(page, "Revoke all that match").click();
    await expect(heading(page, "Revoke 1 account?")).toBeVisible();
    await page.getByLabel("Reason").fill("Asked for by phone.");
    await page.getByLabel("Number of accounts").fill("2");
    await button(page, "Revoke 1 account").click();
    await expect(page.getByRole("alert").filter({ hasText: "Nothing was revoked yet" })).toBeVisible();
    await expect(page.getByLabel("Reason")).toHaveValue("Asked for by phone.");
    await expectAccessible(page);
    await page.getByLabel("Number of accounts").fill("1");
    await button(page, "Revoke 1 account").click();
    await expect(page.getByText("1 of 1 account")).toBeVisible();
    await expect(page.getByText("Done", { exact: true })).toBeVisible();
  });

  await test.step("the exports of the search contain the results", async () => {
    await find(page, word);
    const expected = ids
      .map((id, n) => ({ id, state: [0, 1, 2, 6].includes(n) ? "disconnected" : "connected" }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const [head, ...cells] = readCsv(await download(page, "Export CSV", 9));
    const rows = cells.map((row) => Object.fromEntries(row.map((cell, index) => [head![index]!, cell])));
    expect(rows).toMatchObject(expected);
    expect(rows.find(({ id }) => id === ids[6])).toMatchObject({
      name: "'=1+2Person 7",
      email: `p7@${word}.example`,
      granted_scopes: "topology.read comfort.read",
      reason: "They moved house.",
    });
    const objects = (await download(page, "Export NDJSON", 9))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects).toMatchObject(expected);
    expect(objects.find(({ id }) => id === ids[0])).toMatchObject({
      name: "Person 1",
      granted_scopes: ["topology.read", "comfort.read"],
      reason: "The contract has ended.",
    });
  });
});
