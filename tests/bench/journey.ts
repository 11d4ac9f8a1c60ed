import { Browser } from "#tests/bench/browser.ts";
import type { Answer } from "#tests/bench/http-client.ts";
import { authorizeUrl, fail, readCode, redeemCode, type Target } from "#tests/bench/oauth-client.ts";
import { offeredScopes } from "#tests/factories/html.ts";
import type { Person } from "#tests/bench/load.ts";

/** The password of every account of the bench. */
export const PASSWORD = "bench-only";

/** Follows redirects until a page is answered or the client's address is reached. */
export async function followRedirects(
  browser: Browser,
  target: Pick<Target, "issuer">,
  answer: Answer,
): Promise<{ url: string; answer: Answer }> {
  let url = target.issuer;
  for (let hops = 0; answer.status >= 300 && answer.status < 400 && hops < 10; hops++) {
    url = new URL(answer.location, url).href;
    if (new URL(url).origin !== new URL(target.issuer).origin) break;
    answer = await browser.get(url);
  }
  return { url, answer };
}

/** The session cookies of the sandbox, in the spelling of every version and of the bare library. */
const SESSION_COOKIES = /^(?!connect|authjs|__Secure).*session/;

/** Goes from authorize through the sign-in page to the consent page. Returns its address. */
export async function toConsentPage(
  browser: Browser,
  target: Target,
  email: string,
  password = PASSWORD,
): Promise<string> {
  return signInFrom(browser, target, await browser.get(authorizeUrl(target)), { email, password });
}

async function signInFrom(
  browser: Browser,
  target: Pick<Target, "issuer">,
  begun: Answer,
  person: { email: string; password: string },
): Promise<string> {
  const signIn = await followRedirects(browser, target, begun);
  if (!signIn.answer.body.includes('name="password"')) fail("the sign-in page", signIn.answer);
  const posted = await browser.post(`${signIn.url}/sign-in`, {
    email: person.email,
    password: person.password,
  });
  const consent = await followRedirects(browser, target, posted);
  if (!consent.answer.body.includes('value="accept"')) fail("the consent page", consent.answer);
  return consent.url;
}

async function allow(browser: Browser, target: Target, consentUrl: string): Promise<Answer> {
  const scopes = target.scope.split(" ").map((scope): [string, string] => ["scope", scope]);
  return (
    await followRedirects(
      browser,
      target,
      await browser.post(`${consentUrl}/consent`, [["decision", "accept"], ...scopes]),
    )
  ).answer;
}

/** Completes the journey of a new person: authorize → sign-in → consent → code → token. */
export async function journey(target: Target, email: string): Promise<void> {
  const browser = new Browser();
  try {
    const answer = await allow(browser, target, await toConsentPage(browser, target, email));
    await redeemCode(browser.connection, target, readCode(answer));
  } finally {
    browser.connection.close();
  }
}

/** Makes a person who has signed in and allowed the access at the sandbox. */
export async function settle(target: Target, email: string, password = PASSWORD): Promise<Person> {
  const browser = new Browser();
  readCode(await allow(browser, target, await toConsentPage(browser, target, email, password)));
  return { browser, session: browser.cookiesOf(SESSION_COOKIES) };
}

/** Makes the same person at the bare library, whose interaction signs in and allows without asking. */
export async function settleBare(target: Target): Promise<Person> {
  const browser = new Browser();
  const { answer } = await followRedirects(browser, target, await browser.get(authorizeUrl(target)));
  readCode(answer);
  return { browser, session: browser.cookiesOf(SESSION_COOKIES) };
}

/**
 * Connects a person's Legrand account at the server of that issuer, with everything that Connect asks for.
 * The person stays signed in.
 */
export async function connectAccount(
  browser: Browser,
  issuer: string,
  person: { email: string; password: string },
): Promise<void> {
  await finishConnecting(browser, issuer, person, await browser.post(new URL("/connect", issuer).href, {}));
}

/**
 * Follows the redirect that answered `POST /connect` to the connected account. Throws if another page is
 * answered.
 */
export async function finishConnecting(
  browser: Browser,
  issuer: string,
  person: { email: string; password: string },
  begun: Answer,
): Promise<void> {
  const consentUrl = await signInFrom(browser, { issuer }, begun, person);
  const scopes = offeredScopes((await browser.get(consentUrl)).body).map(({ name }): [string, string] => [
    "scope",
    name,
  ]);
  const { url, answer } = await followRedirects(
    browser,
    { issuer },
    await browser.post(`${consentUrl}/consent`, [["decision", "accept"], ...scopes]),
  );
  if (new URL(url).pathname !== "/account") fail("the connected account", answer);
}
