import type { TestAccount } from "#tests/factories/make-account.ts";
import type { TestApplication } from "#tests/factories/make-application.ts";
import { Browser, testOrigin, type Page } from "#tests/factories/browser.ts";
import { offeredScopes } from "#tests/factories/html.ts";

/** Parameters of an authorization request. `null` leaves out one that is otherwise sent. */
export type Parameters = Record<string, string | null>;

type Wanted = {
  application: TestApplication;
  account: TestAccount;
  scope?: string | null;
  params?: Parameters;
  browser?: Browser;
  /** Scopes to untick. */
  untick?: string[];
  decision?: "accept" | "deny";
};

/** The result of an authorization request, as the application receives it. */
export type Authorization = {
  browser: Browser;
  callback: URL;
  code: string;
  asked: string[][];
  signedIn: boolean;
};

/** Returns the address of an authorization request, as an OAuth library writes it. */
export function authorizeUrl(
  { clientId, replyUrl }: Pick<TestApplication, "clientId" | "replyUrl">,
  params: Parameters = {},
): string {
  const all: Parameters = { client_id: clientId, redirect_uri: replyUrl, response_type: "code", ...params };
  const present = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null);
  return `${testOrigin()}/legrand/authorize?${new URLSearchParams(present)}`;
}

/**
 * Follows an authorization request to the reply URL with plain requests, and signs in and consents where
 * asked. `asked` has the scopes of each consent page.
 */
export async function authorize({
  application,
  account,
  scope = null,
  params,
  browser = new Browser(),
  untick = [],
  decision = "accept",
}: Wanted): Promise<Authorization> {
  const asked: string[][] = [];
  let signedIn = false;
  let page = await browser.follow(
    await browser.open(authorizeUrl(application, { scope, state: "s", ...params })),
    [application.replyUrl],
  );
  for (let step = 0; page.status === 200 && step < 4; step++) {
    if (isSignIn(page)) {
      signedIn = true;
      page = await signIn(browser, page, account);
    } else {
      asked.push(offeredScopes(page.text).map(({ name }) => name));
      page = await consent(browser, page, decision, untick);
    }
    page = await browser.follow(page, [application.replyUrl]);
  }
  if (!page.location)
    throw new Error(`The walk ended on a page: ${page.status} ${page.url}\n${page.text.slice(0, 400)}`);
  const callback = new URL(page.location);
  return { browser, callback, code: callback.searchParams.get("code") ?? "", asked, signedIn };
}

/** Returns whether this is the sign-in page. */
export const isSignIn = (page: Page): boolean => page.text.includes('name="password"');

/** Returns whether this is the consent page. */
export const isConsent = (page: Page): boolean => page.text.includes('value="accept"');

/** Sends the sign-in form of that page. Returns the answer, a redirect. */
export function signIn(
  browser: Browser,
  page: Page,
  { email, password }: Pick<TestAccount, "email" | "password">,
): Promise<Page> {
  return browser.post(`${page.url}/sign-in`, { email, password });
}

/**
 * Sends the consent form of that page with its scopes, except those in `untick`. Returns the answer, a
 * redirect.
 */
export function consent(
  browser: Browser,
  page: Page,
  decision: "accept" | "deny" = "accept",
  untick: string[] = [],
): Promise<Page> {
  const scope = offeredScopes(page.text)
    .map(({ name }) => name)
    .filter((name) => !untick.includes(name));
  return browser.post(`${page.url}/consent`, { scope, decision });
}

/** Opens a new request as far as the sign-in page. */
export async function openSignIn(
  application: TestApplication,
  params: Parameters = {},
  browser = new Browser(),
): Promise<{ browser: Browser; page: Page }> {
  const page = await browser.follow(await browser.open(authorizeUrl(application, { state: "s", ...params })));
  if (!isSignIn(page)) throw new Error(`No sign-in page: ${page.status} ${page.url}`);
  return { browser, page };
}

/** Opens a new request as far as the consent page, and signs in if asked. */
export async function openConsent(
  application: TestApplication,
  account: TestAccount,
  params: Parameters = {},
  browser = new Browser(),
): Promise<{ browser: Browser; page: Page }> {
  let page = await browser.follow(await browser.open(authorizeUrl(application, { state: "s", ...params })));
  if (isSignIn(page)) page = await browser.follow(await signIn(browser, page, account));
  if (!isConsent(page)) throw new Error(`No consent page: ${page.status} ${page.url}`);
  return { browser, page };
}
