import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import PostalMime from "postal-mime";

import { Browser } from "#tests/factories/browser.ts";
import { sandboxCookie } from "#tests/factories/cookies.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";

const PATIENCE_MS = 10_000;
const EVERY_MS = 25;

/** Signs in at the portal, with that account or a new one. Returns the browser and the account. */
export async function signInToPortal(
  account?: TestAccount,
): Promise<{ browser: Browser; account: TestAccount }> {
  const person = account ?? (await makeAccount());
  const browser = new Browser();
  const answer = await browser.post("/legrand/sign-in/submit", {
    email: person.email,
    password: person.password,
  });
  if (answer.status !== 303 || !browser.cookie(sandboxCookie("session")))
    throw new Error(`Not signed in: ${answer.status} ${answer.location ?? answer.text}`);
  return { browser, account: person };
}

/** A mail that the sandbox wrote. */
export type TestMail = { subject: string; text: string; html: string };

/**
 * Returns the mails to that address in the server's data folder, oldest first. Waits for at least `atLeast`
 * mails, because mail is written after the answer. Throws if they do not come.
 */
export async function readMails(to: string, atLeast = 1): Promise<TestMail[]> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await wait(EVERY_MS)) {
    const mails = await readFolder(to);
    if (mails.length >= atLeast) return mails;
  }
  throw new Error(`Fewer than ${atLeast} mails to ${to}`);
}

/** Returns the address in that mail that leads to a page of the sandbox. */
export function linkIn({ text }: TestMail): string {
  const [link] = /https?:\/\/\S+\/legrand\/\S+/.exec(text) ?? [];
  if (!link) throw new Error(`No link in the mail:\n${text}`);
  return link;
}

async function readFolder(to: string): Promise<TestMail[]> {
  const parsed = await Promise.all(kept().map((content) => PostalMime.parse(content)));
  return parsed
    .filter((mail) => mail.to?.some(({ address }) => address === to))
    .map(({ subject = "", text = "", html = "" }) => ({ subject, text: text.trim(), html }));
}

function kept(): Buffer[] {
  const folder = join(process.env.TEST_DATA_DIR!, "mail");
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".eml"))
      .sort()
      .map((name) => readFileSync(join(folder, name)));
  } catch {
    return [];
  }
}
