import { Browser } from "#tests/bench/browser.ts";
import { connectAccount } from "#tests/bench/journey.ts";
import { fail } from "#tests/bench/oauth-client.ts";
import { OTHER_ACCOUNTS, type PageCost } from "#tests/bench/groups/journeys-report.ts";
import { median } from "#tests/bench/statistics.ts";
import { makeLinkedAccounts } from "#tests/bench/targets.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { query, statementsOf } from "#tests/harness/database.ts";

const VIEWS = 9;

/**
 * Measures `/account` for a user with one account, first as the only user and then among many others. Returns
 * the medians of some views.
 */
export async function accountPageCosts(issuer: string): Promise<{ alone: PageCost; crowded: PageCost }> {
  const browser = new Browser();
  await connectAccount(browser, issuer, await makeAccount({ homes: 1 }));
  const alone = await costOf(browser, issuer);
  await makeLinkedAccounts(OTHER_ACCOUNTS);
  const crowded = await costOf(browser, issuer);
  browser.connection.close();
  return { alone, crowded };
}

async function costOf(browser: Browser, issuer: string): Promise<PageCost> {
  await view(browser, issuer);
  const costs: PageCost[] = [];
  for (let visit = 0; visit < VIEWS; visit++) costs.push(await costOfOne(browser, issuer));
  const middle = (of: keyof PageCost) => median(costs.map((cost) => cost[of]));
  return {
    statements: middle("statements"),
    ofConnect: middle("ofConnect"),
    milliseconds: middle("milliseconds"),
    // A sum, not a median: a view must not refresh a single token.
    refreshes: costs.reduce((sum, { refreshes }) => sum + refreshes, 0),
  };
}

async function costOfOne(browser: Browser, issuer: string): Promise<PageCost> {
  const before = await countTokenChanges();
  let milliseconds = 0;
  const statements = await statementsOf(async () => {
    milliseconds = await view(browser, issuer);
  });
  return {
    statements: statements.length,
    ofConnect: statements.filter((text) => text.includes("connect_")).length,
    refreshes: (await countTokenChanges()) - before,
    milliseconds,
  };
}

/** Opens the whole page, with its streamed parts. Returns milliseconds. */
async function view(browser: Browser, issuer: string): Promise<number> {
  const begin = performance.now();
  const answer = await browser.get(new URL("/account", issuer).href);
  if (answer.status !== 200) fail("the account page", answer);
  return performance.now() - begin;
}

/** Counts the changes that a refresh makes: new tokens in Connect's row, and at the authorization server. */
async function countTokenChanges(): Promise<number> {
  const [row] = await query<{
    changes: number;
  }>(`SELECT ((SELECT coalesce(sum(token_version), 0) FROM connect_account)
    + (SELECT count(*) FROM legrand_artifact WHERE kind = 'RefreshToken'))::int AS changes`);
  return row!.changes;
}
