import { expect, test, vi } from "vitest";

import { Browser } from "#tests/factories/browser.ts";
import { deliver, walkToCallback } from "#tests/factories/connect-client.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeAdmin } from "#tests/factories/make-admin.ts";
import { ownServer } from "#tests/factories/own-server.ts";
import { query } from "#tests/harness/database.ts";

// A server of its own, because the overview counts every user's data.
ownServer();

const today = () => new Date().toISOString().slice(0, 10);
const daysAgo = (days: number) =>
  new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
const tally = (day: string, name: string, key: string, amount: number) =>
  query(
    "INSERT INTO connect_tally (day, name, key, amount) VALUES ($1::date, $2, $3, $4::int) RETURNING id",
    day,
    name,
    key,
    amount,
  );

/** Returns the cells of each row of the table below that title. */
function tableOf(html: string, title: string): string[][] {
  const section = html.split(`>${title}</h2>`)[1]!.split("</table>")[0]!;
  return [...section.matchAll(/<tr[^>]*>([^]*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell]) => textOf(cell!)),
  );
}

test("only administrators and auditors can open the overview", async () => {
  expect((await (await makeAdmin("administrator")).browser.open("/admin")).status).toBe(200);
  expect((await (await makeAdmin("auditor")).browser.open("/admin")).status).toBe(200);
  const { browser } = await makeAdmin(null);
  const [page, nothing] = [await browser.open("/admin"), await browser.open("/nothing-here")];
  expect([page.status, nothing.status]).toEqual([404, 404]);
  expect(page.text).not.toContain("Lost connections");
  expect((await new Browser().open("/admin")).status).toBe(404);
});

test("shows each day with its numbers, including zeros, the reasons in words, and the current states", async () => {
  const { browser } = await makeAdmin();
  await tally(today(), "refresh_failed", "unreachable", 2);
  await tally(today(), "refresh_failed", "rate_limited", 1);
  await tally(daysAgo(29), "refresh_failed", "unreachable", 4);
  await tally(daysAgo(30), "refresh_failed", "unreachable", 8);
  await tally(daysAgo(400), "linked", "", 50);
  const { text } = await browser.open("/admin");
  const failed = tableOf(text, "Failed refreshes per day");
  expect(failed[0]).toEqual(["Day (UTC)", "All", "Legrand did not answer", "Too many requests"]);
  expect(failed).toHaveLength(31);
  expect([failed[1], failed[2], failed[30]]).toEqual([
    [today(), "3", "2", "1"],
    [daysAgo(1), "0", "0", "0"],
    [daysAgo(29), "4", "4", "0"],
  ]);
  const [row] = await query<{ linked: number; connected: number }>(
    "SELECT count(*) FILTER (WHERE state <> 'disconnected')::int AS linked, count(*) FILTER (WHERE listed_state = 'connected')::int AS connected FROM connect_account",
  );
  expect(tableOf(text, "Connected accounts")[1]).toEqual([today(), String(row!.linked + 50)]);
  expect(text).toMatch(new RegExp(`href="/admin/linked-accounts\\?state=connected"[^]*?>${row!.connected}<`));
  expect(tableOf((await browser.open("/admin?days=365")).text, "Failed refreshes per day")).toHaveLength(366);
});

test.each(["31", "1e1", "-30", "30&days=90", "%00", "<script>"])(
  "an unknown period (days=%s) is a 400 with a sentence",
  async (days) => {
    const { browser } = await makeAdmin();
    const { status, text } = await browser.open(`/admin?days=${days}`);
    expect(status).toBe(400);
    expect(textOf(text)).toContain("The overview is available for 30, 90 or 365 days.");
  },
);

test("contains no script", async () => {
  const { browser } = await makeAdmin();
  expect((await browser.open("/admin")).text).not.toContain("<script");
});

test("counts a denial once, however often its answer is sent, and not with an invented state (RFC 6749 §4.1.2.1, §10.12)", async () => {
  const denials = async () =>
    (
      await query<{ sum: number }>(
        "SELECT coalesce(sum(amount), 0)::int AS sum FROM connect_tally WHERE name = 'denied'",
      )
    )[0]!.sum;
  const before = await denials();
  const [browser, account] = [new Browser(), await makeAccount()];
  const answer = await walkToCallback(browser, account, { decision: "deny" });
  const cookies = [...browser.cookies];
  const forged = new URL(answer);
  forged.searchParams.set("state", "x".repeat(43));
  for (const url of [forged, answer, answer]) {
    browser.cookies = [...cookies];
    await deliver(browser, url);
  }
  await vi.waitFor(async () => expect(await denials()).toBe(before + 1), { timeout: 20_000 });
  const other = new Browser();
  await deliver(other, await walkToCallback(other, account, { decision: "deny" }));
  await vi.waitFor(async () => expect(await denials()).toBe(before + 2), { timeout: 20_000 });
});
