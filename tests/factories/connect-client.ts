import { consent, isConsent, isSignIn, signIn } from "#tests/factories/authorize.ts";
import { type Browser, testOrigin, type Page } from "#tests/factories/browser.ts";
import type { TestAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";

/** Where answers for Connect arrive. */
export const callbackUrl = (): string => `${testOrigin()}/api/auth/callback/legrand`;

/** Clicks **Connect Legrand**; returns the redirect to the authorization server. */
export async function startConnecting(
  browser: Browser,
  form: Record<string, string | string[]> = {},
): Promise<URL> {
  const page = await browser.post("/connect", form);
  if (page.status !== 303 || !page.location) throw new Error(`Connect did not begin: ${page.status}`);
  return new URL(page.location);
}

type Walk = {
  decision?: "accept" | "deny";
  untick?: string[];
  /** What `POST /connect` is sent. */ form?: Record<string, string | string[]>;
};

/** Walks through the sandbox as far as the answer for Connect, which is not delivered. */
export async function walkToCallback(
  browser: Browser,
  account: TestAccount,
  { decision = "accept", untick = [], form = {} }: Walk = {},
): Promise<URL> {
  let page = await browser.follow(await browser.open((await startConnecting(browser, form)).href), [
    callbackUrl(),
  ]);
  if (isSignIn(page)) page = await browser.follow(await signIn(browser, page, account), [callbackUrl()]);
  if (isConsent(page))
    page = await browser.follow(await consent(browser, page, decision, untick), [callbackUrl()]);
  if (!page.location) throw new Error(`The walk ended on a page: ${page.status} ${page.url}`);
  return new URL(page.location);
}

/** Delivers an answer to Connect; returns its answer, a redirect. */
export const deliver = (browser: Browser, answer: URL | string): Promise<Page> =>
  browser.open(String(answer));

/** Rows of Connect in which that text stands; users, linked accounts and sessions. */
export async function countConnections(): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT ((SELECT count(*) FROM connect_user) + (SELECT count(*) FROM connect_account) + (SELECT count(*) FROM connect_session))::int AS count`,
  );
  return row!.count;
}

/** The linked account of that identifier at Legrand, or undefined. */
export async function findLinkedAccount(
  providerAccountId: string,
): Promise<Record<string, unknown> | undefined> {
  return (await query(`SELECT * FROM connect_account WHERE provider_account_id = $1`, providerAccountId))[0];
}
