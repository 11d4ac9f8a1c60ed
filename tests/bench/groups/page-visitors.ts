import { Browser } from "#tests/bench/browser.ts";
import { connectAccount, followRedirects, toConsentPage } from "#tests/bench/journey.ts";
import { authorizeUrl, fail } from "#tests/bench/oauth-client.ts";
import type { MeasuredServer } from "#tests/bench/servers/measured-server.ts";
import {
  registerByWizard,
  SANDBOX_EMAILS,
  SANDBOX_PASSWORD,
  signInToPortal,
} from "#tests/bench/servers/portal.ts";

/** A page, and the browser of a person who may see it. */
export type Visitor = { browser: Browser; url: string };

/**
 * A page of the table. `prepare` brings a person there. `mostVisits` is how often the page can be opened in
 * one run before it changes.
 */
export type MeasuredPage = {
  name: string;
  mostVisits?: number;
  prepare: (server: MeasuredServer) => Promise<Visitor>;
};

const [DEVELOPER, PERSON, WITHOUT_HOME, ADMINISTRATOR] = SANDBOX_EMAILS as [string, string, string, string];

/**
 * Connect may call the API 500 times a day for a person (`DAILY_CALL_LIMIT`). It calls eight times for the
 * account page of a person with one home, and twice for a person without a home.
 */
const VISITS = { withHome: 56, withoutHome: 240 };

/** The pages that the group `pages` measures, in the order of its table. */
export const PAGES: MeasuredPage[] = [
  { name: "start page", prepare: async ({ origin }) => ({ browser: new Browser(), url: `${origin}/` }) },
  { name: "sign-in", prepare: toSignIn },
  { name: "consent", prepare: toConsent },
  {
    name: "connected account, one home",
    mostVisits: VISITS.withHome,
    prepare: (server) => toConnectPage(server, PERSON, "/account"),
  },
  {
    name: "connected account, no home",
    mostVisits: VISITS.withoutHome,
    prepare: (server) => toConnectPage(server, WITHOUT_HOME, "/account"),
  },
  { name: "applications of the portal", prepare: (server) => toPortal(server, "") },
  {
    name: "details of an application",
    prepare: async (server) => toPortal(server, `/${server.settled[0]!.target.clientId}`),
  },
  {
    name: "administration, linked accounts",
    prepare: (server) => toConnectPage(server, ADMINISTRATOR, "/admin/linked-accounts"),
  },
];

async function toSignIn(server: MeasuredServer): Promise<Visitor> {
  const browser = new Browser();
  const { url, answer } = await followRedirects(
    browser,
    server,
    await browser.get(authorizeUrl(server.settled[0]!.target)),
  );
  if (!answer.body.includes('name="password"')) fail("the sign-in page", answer);
  return { browser, url };
}

/** The application is a new one, so that its consent is open. */
async function toConsent({ origin }: MeasuredServer): Promise<Visitor> {
  const developer = await signInToPortal(origin, DEVELOPER);
  const target = await registerByWizard(developer, origin);
  developer.connection.close();
  const browser = new Browser();
  return { browser, url: await toConsentPage(browser, target, PERSON, SANDBOX_PASSWORD) };
}

async function toPortal({ issuer, origin }: MeasuredServer, path: string): Promise<Visitor> {
  return {
    browser: await signInToPortal(origin, DEVELOPER),
    url: `${issuer}/applications${path}`,
  };
}

async function toConnectPage(
  { issuer, origin }: MeasuredServer,
  email: string,
  path: string,
): Promise<Visitor> {
  const browser = new Browser();
  await connectAccount(browser, issuer, { email, password: SANDBOX_PASSWORD });
  return { browser, url: `${origin}${path}` };
}

/** Opens the page once, with its streamed parts. Returns milliseconds. */
export async function visit({ browser, url }: Visitor): Promise<number> {
  const begin = performance.now();
  const answer = await browser.get(url);
  if (answer.status !== 200) fail(url, answer);
  return performance.now() - begin;
}
