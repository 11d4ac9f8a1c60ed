import type { Page } from "@playwright/test";

import { expect } from "#tests/e2e/fixtures.ts";
import { consentHeading, expectConnected } from "#tests/e2e/journey.ts";
import type { Person } from "#tests/e2e/rows.ts";
import { isConsent, signIn } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { deliver, startConnecting, walkToCallback } from "#tests/factories/connect-client.ts";
import { signInToPortal } from "#tests/factories/portal.ts";

// Shortcuts for tests of what happens after a journey: the same requests and forms, without the pages between
// them. The journeys themselves are tested by tests/e2e/connect.spec.ts and its neighbours, with
// tests/e2e/journey.ts.

/** Opens the account page of a person who has just connected without these scopes. */
export async function openConnected(page: Page, person: Person, untick: string[] = []): Promise<void> {
  const browser = new Browser();
  await deliver(browser, await walkToCallback(browser, person, { untick }));
  await handOver(browser, page);
  await page.goto("/account");
  await expectConnected(page);
}

/** Opens the consent page of Connect for a person who has signed in. */
export async function openConsent(page: Page, person: Person): Promise<void> {
  const browser = new Browser();
  const form = await browser.follow(await browser.open((await startConnecting(browser)).href));
  const asked = await browser.follow(await signIn(browser, form, person));
  expect(isConsent(asked), "the consent page").toBe(true);
  await handOver(browser, page);
  await page.goto(asked.url);
  await expect(consentHeading(page)).toBeVisible();
}

/** Opens a page of the portal for a person who has signed in there. */
export async function openPortal(page: Page, person: Person, path = "/legrand/applications"): Promise<void> {
  await handOver((await signInToPortal(person)).browser, page);
  await page.goto(path);
}

/** Gives the page's browser the cookies of the one that sent the requests. */
export async function handOver({ cookies, origin }: Browser, page: Page): Promise<void> {
  const domain = new URL(origin).hostname;
  await page
    .context()
    .addCookies(cookies.map((cookie) => ({ ...cookie, domain, httpOnly: true, sameSite: "Lax" as const })));
}
