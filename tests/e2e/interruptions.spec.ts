import { expect, test } from "#tests/e2e/fixtures.ts";
import {
  accept,
  button,
  connect,
  consentHeading,
  expectConnected,
  heading,
  reachConsent,
  reachSignIn,
  signIn,
} from "#tests/e2e/journey.ts";
import { createPerson, findConnection, findGrant, letExpire } from "#tests/e2e/rows.ts";
import { query } from "#tests/harness/database.ts";

const WAY_BACK = { name: "Go back to Connect" };

test("opening an expired request shows a page that says so and leads back to the application", async ({
  page,
  person,
}) => {
  await reachConsent(page, person);
  await letExpire(page.url());
  await page.reload();
  await expect(heading(page, "This request has expired")).toBeVisible();
  await expect(page.getByText("Nothing was changed, and nothing was shared.")).toBeVisible();
  await page.getByRole("link", WAY_BACK).click();
  await expect(button(page, "Connect Legrand")).toBeVisible();
});

test("accepting an expired request grants nothing, and the page says so", async ({ page, person }) => {
  await reachConsent(page, person);
  await letExpire(page.url());
  await button(page, "Accept").click();
  await expect(heading(page, "This request has expired")).toBeVisible();
  expect(await findGrant(person)).toBeNull();
  expect(await findConnection(person)).toBeNull();
});

test("signing in to an expired request shows a page that says so", async ({ page, person }) => {
  await reachSignIn(page);
  await letExpire(page.url());
  await signIn(page, person);
  await expect(heading(page, "This request has expired")).toBeVisible();
  await expect(page.getByRole("link", WAY_BACK)).toBeVisible();
});

test("the back button after Accept shows that the request is answered, and what was stored stays", async ({
  page,
  person,
}) => {
  await connect(page, person);
  const before = await findConnection(person);
  await page.goBack();
  await expect(heading(page, "You have already answered this request")).toBeVisible();
  await expect(page.getByText("Your first answer counts.")).toBeVisible();
  expect(await findConnection(person)).toEqual(before);
  await page.goForward();
  await expectConnected(page);
});

test("continuing from an answered request ends connected, or on a page that says what happened", async ({
  page,
  person,
}) => {
  await connect(page, person);
  await page.goBack();
  await page.getByRole("link", { name: /Connect$/ }).click();
  await expect(page).toHaveURL(/\/account$|\/connection-error\?problem=stale$|\/$/);
  await page.goto("/account");
  await expectConnected(page);
});

test("the back button after Deny shows that the request is answered, and leads back to the application", async ({
  page,
  person,
}) => {
  await reachConsent(page, person);
  await button(page, "Deny").click();
  await expect(heading(page, "You did not connect")).toBeVisible();
  await page.goBack();
  await expect(heading(page, "You have already answered this request")).toBeVisible();
  await expect(page.getByRole("link", WAY_BACK)).toBeVisible();
});

test("two tabs that each begin a connect both end connected, including the one that began first", async ({
  page: older,
  context,
  person,
}) => {
  const newer = await context.newPage();
  await reachSignIn(older);
  await reachSignIn(newer);
  await signIn(newer, person);
  await accept(newer);
  await signIn(older, person);
  await expectConnected(older);
  await newer.reload();
  await expectConnected(newer);
});

test("two tabs with two accounts: the request that began with the first account stops", async ({
  page: first,
  context,
  person,
}) => {
  const other = await createPerson();
  const second = await context.newPage();
  await reachConsent(first, person);
  await second.goto("/");
  await button(second, "Connect Legrand").click();
  await button(second, "Not you?").click();
  await signIn(second, other);
  await expect(consentHeading(second)).toBeVisible();

  await button(first, "Accept").click();
  await expect(heading(first, "This request belongs to another account")).toBeVisible();
  expect(await findGrant(person)).toBeNull();
  expect(await findGrant(other)).toBeNull();
});

test("a double click on Accept ends connected", async ({ page, person }) => {
  await reachConsent(page, person);
  await button(page, "Accept").dblclick();
  await expectConnected(page);
  expect(await findConnection(person)).not.toBeNull();
});

test("two simultaneous Accepts: one connects, and the other ends on a page that says what happened", async ({
  page,
  context,
  person,
}) => {
  await reachConsent(page, person);
  const scopes = await page
    .getByRole("checkbox")
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
  const data = new URLSearchParams([
    ["decision", "accept"],
    ...scopes.map((scope) => ["scope", scope]),
  ]).toString();
  const post = () =>
    context.request.post(`${page.url()}/consent`, {
      data,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html" },
    });
  const answers = await Promise.all([post(), post()]);
  for (const answer of answers) {
    expect(answer.status()).toBe(200);
    expect(new URL(answer.url()).pathname).toMatch(
      /^\/account$|^\/connection-error$|^\/legrand\/interaction\//,
    );
  }
  const rows = await query(`SELECT 1 FROM connect_account WHERE provider_account_id = $1`, person.id);
  expect(rows).toHaveLength(1);
  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await expectConnected(page);
});

test("another browser cannot open the request", async ({ page, browser, person }) => {
  await reachConsent(page, person);
  const stranger = await browser.newPage();
  await stranger.goto(page.url());
  await expect(
    heading(stranger, /^(We do not know this request|This request belongs to another account)$/),
  ).toBeVisible();
  await expect(stranger.getByText(person.email)).toHaveCount(0);
  await stranger.close();
});

test("each page of the journey can be reloaded", async ({ page, person }) => {
  const stays = async (name: string | RegExp) => {
    await expect(heading(page, name)).toBeVisible();
    await page.reload();
    await expect(heading(page, name)).toBeVisible();
  };
  await page.goto("/");
  await stays("Connect your Legrand home");
  await button(page, "Connect Legrand").click();
  await stays("Sign in to Legrand");
  await signIn(page, person);
  await stays("Connect is asking for access to your home");
  const consentUrl = page.url();
  await button(page, "Deny").click();
  await stays("You did not connect");
  await page.goto(consentUrl);
  await stays("You have already answered this request");
  await page.goto("/legrand/interaction/nobody-knows-it");
  await stays("We do not know this request");
  await page.goto("/legrand/authorize?client_id=nobody");
  await stays("We do not know this application");
  await page.goto("/no/such/page");
  await stays("Page not found");
  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await accept(page);
  const before = await findConnection(person);
  await stays("Connected account");
  expect(await findConnection(person)).toEqual(before);
});
