import type { Locator, Page } from "@playwright/test";

import { expect } from "#tests/e2e/fixtures.ts";
import { authorizationRequest, registerApplication, type Person } from "#tests/e2e/rows.ts";
import { authorize } from "#tests/factories/authorize.ts";
import type { TestApplication } from "#tests/factories/make-application.ts";

/** The labels on the consent page for the scopes that Connect asks for at first, in its order. */
export const LABELS = {
  openid: "Recognise you when you come back",
  profile: "See your name",
  email: "See your e-mail address",
  "topology.read": "See your homes, rooms and devices",
  "comfort.read": "See temperature and humidity",
  "comfort.write": "Change your heating",
  "light.read": "See which lights are on",
  "lock.read": "See whether your doors are locked",
} as const;

/** The scopes that **Connect Legrand** asks for. */
export const FIRST_SCOPES = ["openid", "profile", "email", "topology.read", "comfort.read", "comfort.write"];

export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("heading", { level: 1, name });
export const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });
/**
 * Returns the status message with that text. A page that is being left may have other messages, and an
 * assertion on several elements fails at once instead of waiting for the next page.
 */
export const status = (page: Page, text: string): Locator =>
  page.getByRole("status").filter({ hasText: text });
/** Returns the checkbox of a scope on the consent page. */
export const scope = (page: Page, name: keyof typeof LABELS): Locator =>
  page.getByRole("checkbox", { name: LABELS[name] });

export const consentHeading = (page: Page, application = "Connect"): Locator =>
  heading(page, `${application} is asking for access to your home`);

/** Goes from the start page to the sign-in page of the sandbox. */
export async function reachSignIn(page: Page): Promise<void> {
  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await expect(heading(page, "Sign in to Legrand")).toBeVisible();
}

/** Fills in the sign-in form and sends it. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Person, "email" | "password">,
): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await button(page, "Sign in").click();
}

/** Opens the menu of the developer portal in a narrow window, where it is folded. */
export async function openMenu(page: Page): Promise<void> {
  if (await button(page, "Menu").isVisible()) await button(page, "Menu").click();
}

/** Follows a link of the developer portal's navigation. */
export async function openPlace(page: Page, place: string): Promise<void> {
  await openMenu(page);
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: place, exact: true })
    .click();
}

/** Signs out of the developer portal. */
export async function signOutOfPortal(page: Page): Promise<void> {
  await openMenu(page);
  await button(page, "Sign out").click();
}

/**
 * Goes from the start page to the consent page, and ticks what controls the home, which Connect registers as
 * optional.
 */
export async function reachConsent(page: Page, person: Person): Promise<void> {
  await reachPlainConsent(page, person);
  await scope(page, "comfort.write").check();
}

/** Goes from the start page to the consent page as it is first shown. */
export async function reachPlainConsent(page: Page, person: Person): Promise<void> {
  await reachSignIn(page);
  await signIn(page, person);
  await expect(consentHeading(page)).toBeVisible();
}

/** Presses **Accept** and waits for the connected account. */
export async function accept(page: Page): Promise<void> {
  await button(page, "Accept").click();
  await expectConnected(page);
}

/**
 * Opens the consent page of an application that has access and asks to change it, with what is granted now.
 */
export async function reachReview(page: Page, person: Person): Promise<{ application: TestApplication }> {
  const application = await registerApplication("http://127.0.0.1:9/callback", [
    "topology.read",
    "light.read",
    "light.write",
  ]);
  await authorize({ application, account: person, scope: "openid topology.read light.read" });
  await page.goto(
    authorizationRequest(application, {
      scope: "openid topology.read light.read light.write",
      grant_management_action: "replace",
    }),
  );
  await signIn(page, person);
  await expect(heading(page, `Change what ${application.name} may do`)).toBeVisible();
  return { application };
}

/** Goes through the whole journey and allows everything. */
export async function connect(page: Page, person: Person): Promise<void> {
  await reachConsent(page, person);
  await accept(page);
}

export async function expectConnected(page: Page): Promise<void> {
  await expect(heading(page, "Connected account")).toBeVisible();
  await expect(page.getByText("Connected", { exact: true }).first()).toBeVisible();
  await expect(page).toHaveURL(/\/account$/);
  await expectArrived(page);
}

/**
 * Waits until streamed parts are in place. They arrive hidden, and are in the document beside what they
 * replace until a script moves them. Without scripts a link leads to the complete page instead.
 */
export async function expectArrived(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  const complete = page.locator("html:not(:has(div[hidden][id^='S:']))");
  await expect(
    complete.or(page.getByRole("link", { name: "Show the homes" })).first(),
    "the page with all its parts in place",
  ).toBeVisible();
}

/** Returns the part of the account page for that person's account. */
export const accountOf = (page: Page, person: Pick<Person, "name">): Locator =>
  page.getByRole("region", { name: person.name });

/** Opens the part of the account page for that person's account, which is collapsed if it is not the first. */
export async function openAccount(page: Page, person: Pick<Person, "name">): Promise<void> {
  await accountOf(page, person).getByRole("heading", { level: 2 }).click();
}

/** Returns the line of a room, in that home if the page has several. */
export function room(page: Page, name: string, home?: string): Locator {
  const within = home ? page.getByRole("list", { name: home }) : page;
  return within
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { level: 4, name, exact: true }) });
}

/** Connects another account, which belongs to another person. */
export async function connectAnother(page: Page, person: Person): Promise<void> {
  await button(page, "Connect another account").click();
  await expect(heading(page, "Sign in to Legrand")).toBeVisible();
  await signIn(page, person);
  await scope(page, "comfort.write").check();
  await button(page, "Accept").click();
  await expect(accountOf(page, person)).toBeVisible();
}

/** Presses **Disconnect**, and again on the page with the question. */
export async function disconnect(page: Page, from: Page | Locator = page): Promise<void> {
  await from.getByRole("button", { name: "Disconnect", exact: true }).click();
  await expect(heading(page, /^Disconnect .*\?$/)).toBeVisible();
  await button(page, "Disconnect").click();
}

/** Returns the scope names in a list of the account page. */
export function scopesIn(page: Page, list: "Granted scopes" | "Not granted"): Locator {
  return page.getByRole("list", { name: list }).getByRole("code");
}

/** Returns the names of the scopes that Connect asked for and the person did not allow. */
export function refusedScopes(page: Page): Locator {
  return page
    .getByRole("list", { name: "Not granted" })
    .getByRole("listitem")
    .filter({ hasText: "Not allowed" })
    .getByRole("code");
}
