import { chromium } from "playwright";

import type { TestAccount } from "#tests/factories/make-account.ts";
import { browserLaunchOptions } from "#tests/harness/find-browser.ts";

/**
 * Opens an address in Chromium, for a program whose client runs in the browser. Signs in, accepts, and waits
 * until the program's page has a paragraph with the identifier `outcome`; returns its text. `note` gets the
 * address of each request.
 */
export async function visitInChromium(
  address: string,
  { email, password }: TestAccount,
  note: (address: string) => void,
): Promise<string> {
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    const page = await browser.newPage();
    page.on("request", (request) => note(request.url()));
    await page.goto(address);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("button", { name: "Accept" }).click();
    return (await page.locator("#outcome").textContent()) ?? "";
  } finally {
    await browser.close();
  }
}
