import type { Page } from "@playwright/test";

import { expect } from "#tests/e2e/fixtures.ts";
import { consentHeading, expectConnected } from "#tests/e2e/journey.ts";
import type { Person } from "#tests/e2e/rows.ts";
import { authorizeUrl, isConsent, signIn } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { deliver, startConnecting, walkToCallback } from "#tests/factories/connect-client.ts";
import type { TestApplication } from "#tests/factories/make-application.ts";
import { makeOwnedApplication } from "#tests/factories/make-owned-application.ts";
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

/**
 * Opens the error page for a request with another reply URL, as the developer of the application. Without a
 * `sent` one, it is the registered one with a slash at the end.
 */
export async function openMismatch(
  page: Page,
  person: Person,
  sent?: string,
): Promise<TestApplication & { path: string }> {
  const application = await makeOwnedApplication(person, {
    replyUrls: ["http://localhost:9/callback"],
    url: "https://lampada.example/",
    name: "Lampada",
  });
  await handOver((await signInToPortal(person)).browser, page);
  const replyUrl = sent ?? `${application.replyUrl}/`;
  await page.goto(authorizeUrl({ ...application, replyUrl }, { state: "state-of-the-test" }));
  await expect(page.getByRole("heading", { name: "The reply URL does not match" })).toBeVisible();
  return application;
}

/** Gives the page's browser the cookies of the one that sent the requests. */
export async function handOver({ cookies, origin }: Browser, page: Page): Promise<void> {
  const domain = new URL(origin).hostname;
  await page
    .context()
    .addCookies(cookies.map((cookie) => ({ ...cookie, domain, httpOnly: true, sameSite: "Lax" as const })));
}
