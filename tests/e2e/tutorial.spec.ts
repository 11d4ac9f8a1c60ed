import { randomUUID } from "node:crypto";

import type { Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, consentHeading, heading, openPlace, signIn } from "#tests/e2e/journey.ts";
import { makePng } from "#tests/factories/pictures.ts";

const PASSWORD = "a password made for this test";
const REPLY_URL = "https://thermo.example/callback";
const APPLICATION = {
  Name: "Thermo",
  Description: "Shows the temperature of each room, and warns before a cold night.",
  Vendor: "Dana’s Devices",
  Url: "https://thermo.example/",
};

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

/** Signs up, follows the link in the mail, sets a password there, and signs in. */
async function becomeDeveloper(page: Page, email: string): Promise<void> {
  await page.goto("/legrand");
  await page.getByRole("link", { name: "Create an account" }).click();
  for (const [label, value] of Object.entries({ "E-mail": email, "Given name": "Dana", Surname: "Devi" }))
    await field(page, label).fill(value);
  await field(page, "Country").selectOption("FR");
  await button(page, "Create account").click();
  await page.getByRole("link", { name: "Open the sandbox’s mail" }).click();
  await openMail(page, "Confirm your e-mail address");
  await page.getByRole("link", { name: /\/legrand\/sign-up\// }).click();
  await field(page, "Password").fill(PASSWORD);
  await button(page, "Confirm").click();
  await signIn(page, { email, password: PASSWORD });
  await expect(heading(page, "My Applications")).toBeVisible();
}

/**
 * Opens that mail from the list. Mail is written after the answer to the form, so the list may be opened
 * before the mail is there.
 */
async function openMail(page: Page, subject: string): Promise<void> {
  const mail = page.getByRole("link", { name: subject });
  await expect(heading(page, /^Mail$/)).toBeVisible();
  await expect(async () => {
    if (!(await mail.isVisible())) await page.reload();
    await expect(mail).toBeVisible({ timeout: 500 });
  }).toPass();
  await mail.click();
}

/** Follows the three steps of Legrand's tutorial. Returns what the details page shows. */
async function register(page: Page): Promise<{ clientId: string; clientSecret: string }> {
  await page.getByRole("link", { name: "Request New Application" }).first().click();
  for (const [label, value] of Object.entries(APPLICATION)) await field(page, label).fill(value);
  await field(page, "Logo").setInputFiles({
    name: "logo.png",
    mimeType: "image/png",
    buffer: makePng({ width: 300, height: 200 }),
  });
  await button(page, "Next Page").click();
  await field(page, "Reply URL 1").fill(REPLY_URL);
  await button(page, "Next Page").click();
  await page.getByRole("checkbox", { name: "See temperature and humidity" }).check();
  await button(page, "Next Page").click();
  await button(page, "Validate").click();
  return { clientId: await copied(page, "Client ID"), clientSecret: await copied(page, "Client secret") };
}

const copied = async (page: Page, label: string) =>
  (await page.getByLabel(label, { exact: true }).first().textContent())!.trim();

/** Subscribes to the Starter Kit. Returns the primary key. */
async function subscribe(page: Page): Promise<string> {
  await openPlace(page, "Subscriptions");
  await field(page, "Subscription name").fill("Thermo");
  await button(page, "Subscribe").click();
  await button(page, "Show primary key of Thermo").click();
  return copied(page, "Primary key");
}

test("leads from sign-up to a first token and a first call with the developer's own application (Works with Legrand, the tutorial)", async ({
  page,
  browser,
}) => {
  test.slow();
  const email = `dana.${randomUUID()}@example.com`;
  await becomeDeveloper(page, email);
  const { clientId, clientSecret } = await register(page);
  expect(clientSecret).toMatch(/^lgs_[\w-]{43}$/);

  // The mail has the same details.
  await page.goto(`/legrand/mail?to=${encodeURIComponent(email)}`);
  await openMail(page, "Thermo is registered");
  await expect(page.getByText(clientId).first()).toBeVisible();
  await expect(page.getByText(clientSecret).first()).toBeVisible();

  // An end user, in another browser, sees which application asks.
  const endUser = await (await browser.newContext({ baseURL: process.env.TEST_ORIGIN })).newPage();
  await endUser.goto(
    `/legrand/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: REPLY_URL, response_type: "code", state: "s" })}`,
  );
  await endUser.getByRole("button", { name: "Continue as Camille Moreau" }).click();
  await expect(consentHeading(endUser, "Thermo")).toBeVisible();
  for (const text of [APPLICATION.Description, "Made by Dana’s Devices"])
    await expect(endUser.getByText(text)).toBeVisible();
  await expect(endUser.getByRole("link", { name: "thermo.example" })).toBeVisible();
  const logo = endUser.locator("img[src^='/legrand/logos/']");
  expect(await logo.evaluate((image: HTMLImageElement) => [image.complete, image.naturalWidth])).toEqual([
    true,
    128,
  ]);
  // No server answers there. The application reads the code from the address.
  const sent = endUser.waitForEvent("request", (request) => request.url().startsWith(`${REPLY_URL}?`));
  await button(endUser, "Accept").click();
  const code = new URL((await sent).url()).searchParams.get("code")!;
  const answer = await fetch(`${process.env.TEST_ORIGIN}/legrand/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      client_secret: clientSecret,
      code,
    }),
  });
  const tokens = (await answer.json()) as { access_token: string };
  expect(tokens).toMatchObject({ token_type: "Bearer", scope: "comfort.read topology.read" });

  // The API also requires a subscription key of the developer.
  const plants = await fetch(`${process.env.TEST_ORIGIN}/legrand/api/smarther/v2.0/plants`, {
    headers: {
      authorization: `Bearer ${tokens.access_token}`,
      "Ocp-Apim-Subscription-Key": await subscribe(page),
    },
  });
  expect(((await plants.json()) as { plants: unknown[] }).plants).toHaveLength(2);
  await endUser.context().close();
});
