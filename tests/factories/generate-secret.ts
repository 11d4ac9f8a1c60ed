import type { Browser, Page } from "#tests/factories/browser.ts";

const DEFAULTS = { label: "Living room", lifetime: "365" };

/**
 * Presses **Generate a new client secret** on the page of that application. The answer leads to the page that
 * shows the secret.
 */
export function askForSecret(
  browser: Browser,
  path: string,
  form: Record<string, string> = {},
): Promise<Page> {
  return browser.post(`${path}/secrets`, { ...DEFAULTS, ...form });
}

/** Returns the secrets that an answer contains, anywhere in its text. */
export function secretsIn({ text, headers, location }: Page): string[] {
  return [...new Set(`${text} ${location} ${JSON.stringify([...headers])}`.match(/lgs_[\w-]{43,}/g) ?? [])];
}

/** Generates a secret for that application, and returns it as its developer sees it. */
export async function generateSecret(
  browser: Browser,
  path: string,
  form?: Record<string, string>,
): Promise<string> {
  const [secret, ...others] = secretsIn(
    await browser.open((await askForSecret(browser, path, form)).location!),
  );
  if (!secret || others.length) throw new Error("The page shows no secret, or several");
  return secret;
}
