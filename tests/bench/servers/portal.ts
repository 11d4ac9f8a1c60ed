import { Browser } from "#tests/bench/browser.ts";
import type { Answer } from "#tests/bench/http-client.ts";
import { followRedirects } from "#tests/bench/journey.ts";
import { fail, PLAIN_SCOPE, REPLY_URL, type Target } from "#tests/bench/oauth-client.ts";
import { defaultFields, findForm } from "#tests/bench/servers/read-form.ts";

/** The accounts that every sandbox has, and their password. */
export const SANDBOX_EMAILS = [
  "camille@example.com",
  "marco@example.com",
  "nohome@example.com",
  "admin@example.com",
];
/** Those of them that have a home from the start. */
export const WITH_HOME = SANDBOX_EMAILS.slice(0, 2);
export const SANDBOX_PASSWORD = "sandbox-only";

/** More than the wizard has. A step that comes again would otherwise be sent forever. */
const MOST_STEPS = 8;

const FIELDS: Record<string, string> = {
  type: "web",
  name: "Bench",
  description: "Measures how long everything takes.",
  vendor: "Bench",
  url: "https://client.example/",
};

/** Signs in at the developer portal by its form. Returns the browser. */
export async function signInToPortal(origin: string, email: string): Promise<Browser> {
  const browser = new Browser();
  const answer = await browser.post(`${origin}/legrand/sign-in/submit`, {
    email,
    password: SANDBOX_PASSWORD,
  });
  if (answer.status !== 303) fail("a redirect to the portal", answer);
  return browser;
}

/** Registers an application by the wizard of the portal, as a developer does. */
export async function registerByWizard(browser: Browser, origin: string): Promise<Target> {
  const issuer = `${origin}/legrand`;
  let { url, answer } = await open(browser, `${issuer}/applications/new`);
  for (let step = 0; url.includes("/applications/new/"); step++) {
    if (step === MOST_STEPS) fail("the end of the wizard", answer);
    ({ url, answer } = await sendStep(browser, url, answer));
  }
  const clientId = new URL(url).pathname.split("/").at(-1)!;
  const clientSecret = secretIn(answer) ?? (await generateSecret(browser, url, answer));
  return { name: "", issuer, clientId, clientSecret, scope: PLAIN_SCOPE };
}

type Opened = { url: string; answer: Answer };

async function open(browser: Browser, url: string): Promise<Opened> {
  return followRedirects(browser, { issuer: url }, await browser.get(url));
}

async function sendStep(browser: Browser, url: string, { body }: Answer): Promise<Opened> {
  const { origin, pathname } = new URL(url);
  const typed = Object.entries(FIELDS).filter(([name]) => body.includes(`name="${name}"`));
  const fields = [
    ...Object.entries(defaultFields(body)).filter(([name]) => !(name in FIELDS)),
    ["action", pathname.endsWith("/review") ? "validate" : "next"],
    ...typed,
    ...(pathname.endsWith("/reply-urls") ? [["reply_url", REPLY_URL]] : []),
    ...(pathname.endsWith("/scopes") ? PLAIN_SCOPE.split(" ").map((scope) => ["scope", scope]) : []),
  ] as [string, string][];
  const posted = await browser.post(`${origin}${pathname}/submit`, fields);
  if (posted.status !== 303) fail(`the step after ${pathname}`, posted);
  return followRedirects(browser, { issuer: url }, posted);
}

const secretIn = ({ body }: Answer): string | undefined => /lgs_[\w-]{43,}/.exec(body)?.[0];

async function generateSecret(browser: Browser, url: string, { body }: Answer): Promise<string> {
  const form = findForm(body, "/secrets");
  if (!form) throw new Error("The page of the application has no form for a new client secret.");
  const posted = await browser.post(new URL(form.action, url).href, {
    ...defaultFields(form.html),
    label: "Bench",
  });
  const { answer } = await followRedirects(browser, { issuer: url }, posted);
  return secretIn(answer) ?? fail("a page with the new client secret", answer);
}

/** Makes that many subscriptions of the account that is signed in. Returns their primary keys. */
export async function subscribe(browser: Browser, origin: string, count: number): Promise<string[]> {
  const page = `${origin}/legrand/subscriptions`;
  for (let made = 0; made < count; made++) await browser.post(`${page}/subscribe`, { name: `Bench ${made}` });
  const { body } = await browser.get(page);
  const ids = [...body.matchAll(/"primary-([0-9a-f-]{36})"/g)].map(([, id]) => id!);
  const keys: string[] = [];
  for (const id of new Set(ids)) {
    const shown = await browser.get(`${page}?show=primary-${id}`);
    keys.push(/(?<![\w-])[0-9a-f]{32}(?![\w-])/.exec(shown.body)?.[0] ?? fail("a subscription key", shown));
  }
  return keys;
}
