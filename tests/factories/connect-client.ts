import { consent, isConsent, isSignIn, signIn } from "#tests/factories/authorize.ts";
import { type Browser, testOrigin, type Page } from "#tests/factories/browser.ts";
import type { TestAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";

/** The address where Connect receives answers. */
export const callbackUrl = (): string => `${testOrigin()}/api/auth/callback/legrand`;

/** Clicks **Connect Legrand**. Returns the redirect to the authorization server. */
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
  /** Fields of `POST /connect`. */ form?: Record<string, string | string[]>;
};

/** Goes through the sandbox up to the answer for Connect. Returns that answer, which is not delivered yet. */
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

/** Delivers an answer to Connect. Returns Connect's own answer, a redirect. */
export const deliver = (browser: Browser, answer: URL | string): Promise<Page> =>
  browser.open(String(answer));

/** Counts the rows of Connect: users, linked accounts and sessions. */
export async function countConnections(): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT ((SELECT count(*) FROM connect_user) + (SELECT count(*) FROM connect_account) + (SELECT count(*) FROM connect_session))::int AS count`,
  );
  return row!.count;
}

/** Returns the linked account with that id at Legrand, or undefined. */
export async function findLinkedAccount(
  providerAccountId: string,
): Promise<Record<string, unknown> | undefined> {
  return (await query(`SELECT * FROM connect_account WHERE provider_account_id = $1`, providerAccountId))[0];
}
