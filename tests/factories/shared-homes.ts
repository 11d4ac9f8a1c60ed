import { openConsent, type Parameters } from "#tests/factories/authorize.ts";
import type { Browser, Page } from "#tests/factories/browser.ts";
import { redeem } from "#tests/factories/client.ts";
import { readHomes, type TestHome } from "#tests/factories/homes.ts";
import { offeredScopes } from "#tests/factories/html.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { query } from "#tests/harness/database.ts";

/** A person with several homes at an application that may see some of them. */
export type Sharing = {
  browser: Browser;
  account: TestAccount;
  application: TestApplication;
  homes: TestHome[];
  token: string;
  refreshToken: string;
};

type Fields = { home?: string[]; homes?: string; scope?: string[]; decision?: string };

/** Sends the consent form of that page, by default with all of its scopes and without a field about homes. */
export function decideOn(browser: Browser, page: Page, fields: Fields): Promise<Page> {
  const scope = offeredScopes(page.text).map(({ name }) => name);
  return browser.post(`${page.url}/consent`, { scope, decision: "accept", ...fields });
}

/** Answers the consent page, continues to the application, and redeems the code. */
export async function acceptHomes(
  application: TestApplication,
  browser: Browser,
  page: Page,
  fields: Fields,
): Promise<{ token: string; refreshToken: string }> {
  const answer = await browser.follow(await decideOn(browser, page, fields), [application.replyUrl]);
  const code = answer.location && new URL(answer.location).searchParams.get("code");
  if (!code) throw new Error(`No code: ${answer.status} ${answer.location ?? answer.url}`);
  const { body } = await redeem(application, code);
  return { token: String(body.access_token), refreshToken: String(body.refresh_token) };
}

/** Lets a new person with these homes allow an application. `choose` picks the ticked ones; null posts none. */
export async function share(
  names: string[],
  choose: ((homes: TestHome[]) => TestHome[]) | null,
  { scopes = ["topology.read", "comfort.read", "comfort.write"] }: { scopes?: string[] } = {},
): Promise<Sharing> {
  const [application, account] = [await makeApplication({ scopes }), await makeAccount({ homes: names })];
  const homes = await readHomes(account.id);
  const { browser, page } = await openConsent(application, account, { scope: scopes.join(" ") });
  const fields = choose ? { homes: "shown", home: choose(homes).map(({ plantId }) => plantId) } : {};
  const tokens = await acceptHomes(application, browser, page, fields);
  return { browser, account, application, homes, ...tokens };
}

/** Opens the consent page of someone who has allowed the application before. */
export const askAgain = (
  { application, account, browser }: Sharing,
  params: Parameters,
): ReturnType<typeof openConsent> => openConsent(application, account, params, browser);

/** Returns what is stored about the homes of a grant: ids, or null for all. */
export async function storedHomes({ account, application }: Sharing): Promise<string[] | null> {
  const [row] = await query<{ homes: string[] | null }>(
    `SELECT shared_plants::text[] AS homes FROM legrand_grant WHERE account_id = $1::uuid AND client_id = $2::uuid`,
    account.id,
    application.clientId,
  );
  return row!.homes;
}
