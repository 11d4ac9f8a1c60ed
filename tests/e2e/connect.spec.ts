import { expect, test } from "#tests/e2e/fixtures.ts";
import {
  accept,
  button,
  connect,
  consentHeading,
  expectConnected,
  FIRST_SCOPES,
  heading,
  type LABELS,
  reachConsent,
  reachSignIn,
  scope,
  scopesIn,
  signIn,
} from "#tests/e2e/journey.ts";
import { findConnection, findGrant } from "#tests/e2e/rows.ts";
import { openConnected, openConsent } from "#tests/e2e/way-in.ts";

test("Connect Legrand, sign in, accept: the account is connected with the granted scopes", async ({
  page,
  person,
}) => {
  await reachSignIn(page);
  await expect(page.getByText("to continue to Connect")).toBeVisible();
  await signIn(page, person);

  await expect(consentHeading(page)).toBeVisible();
  await expect(page.getByText("Made by Legrand Connect")).toBeVisible();
  await expect(page.getByText("Shows what a connected Legrand account looks like")).toBeVisible();
  await expect(page.getByRole("link", { name: new URL(process.env.TEST_ORIGIN!).host })).toBeVisible();
  await expect(page.getByText(person.email)).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(FIRST_SCOPES.length);
  await scope(page, "comfort.write").check();
  await accept(page);

  await expect(heading(page, "Connected account")).toBeVisible();
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
  await expect(page.getByText(person.email)).toBeVisible();
  await expect(button(page, "Disconnect")).toBeVisible();
  await expect(scopesIn(page, "Granted scopes")).toHaveText(FIRST_SCOPES);
  await expect(page.getByText("You granted everything that Connect asked for.")).toBeVisible();
  await expect(page.getByText(person.id, { exact: true })).toBeHidden();
  await page.getByText("Technical details").click();
  await expect(page.getByText(person.id, { exact: true })).toBeVisible();
  await expect(page.getByText("Ends in 60 minutes").or(page.getByText("Ends in 59 minutes"))).toBeVisible();
  await expect(page.getByText(/Ends in (90|89) days/)).toBeVisible();
});

test("the account page contains no token, code or secret, in plaintext or as stored", async ({
  page,
  person,
}) => {
  const issued: string[] = [];
  page.on("response", (response) => {
    issued.push(...(response.headers().location?.match(/(?<=[?&]code=)[^&]+/g) ?? []));
  });
  await connect(page, person);
  const html = await (await page.request.get("/account")).text();
  const { access_token, refresh_token } = (await findConnection(person))!;
  expect(issued).toHaveLength(1);
  expect(html).toContain(person.id);
  for (const value of [...issued, access_token, refresh_token])
    expect(html.includes(value), "a credential in the page").toBe(false);
  expect(html).not.toMatch(/access_token|refresh_token|id_token|client_secret|eyJ[\w-]{10}/i);
});

test("the stored tokens are ciphertext that starts with the key id", async ({ page, person }) => {
  await openConnected(page, person);
  const { access_token, refresh_token } = (await findConnection(person))!;
  expect(access_token).not.toBe(refresh_token);
  for (const stored of [access_token, refresh_token])
    expect(/^[\w-]+[.:]/.test(stored) && stored.length > 60, "a key id and a ciphertext").toBe(true);
});

test("the consent page explains every scope, and topology.read cannot be unticked", async ({
  page,
  person,
}) => {
  await openConsent(page, person);
  for (const name of FIRST_SCOPES as (keyof typeof LABELS)[])
    await expect(scope(page, name)).toBeChecked({ checked: name !== "comfort.write" });
  await expect(scope(page, "topology.read")).toBeDisabled();
  await expect(scope(page, "comfort.write")).toHaveAccessibleDescription(
    "Control Even while you are away. “To set a room from your phone”",
  );
  await page.getByText("Technical details").click();
  await expect(page.getByRole("term")).toHaveText(FIRST_SCOPES);
  await expect(page.getByText("Change comfort parameters (temperature setpoint, …)")).toBeVisible();
});

test("one click signs in to a sandbox account", async ({ page }) => {
  await reachSignIn(page);
  await page.getByRole("button", { name: "Continue as Marco Ricci" }).click();
  await expect(consentHeading(page)).toBeVisible();
  await expect(page.getByText("marco@example.com")).toBeVisible();
  await accept(page);
  await expect(page.getByRole("heading", { name: "Marco Ricci" })).toBeVisible();
});

test("the published password signs in to a sandbox account", async ({ page }) => {
  await reachSignIn(page);
  await signIn(page, { email: "nohome@example.com", password: "sandbox-only" });
  await expect(consentHeading(page)).toBeVisible();
  await expect(page.getByText("Noa Haddad")).toBeVisible();
});

test("Deny stores nothing, and the page says so and offers the next step", async ({ page, person }) => {
  await reachConsent(page, person);
  await button(page, "Deny").click();
  await expect(heading(page, "You did not connect")).toBeVisible();
  await expect(page.getByText("Nothing was changed in Connect.")).toBeVisible();
  await expect(page.getByText("You will be taken to Legrand.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("paragraph").last(), "the code is last").toHaveText(
    "Code denied",
  );
  expect(await findConnection(person)).toBeNull();
  expect(await findGrant(person)).toBeNull();

  await button(page, "Choose again at Legrand").click();
  await expect(consentHeading(page)).toBeVisible();
  await accept(page);
});

test("Deny of a second request leaves the connection unchanged", async ({ page, person }) => {
  await openConnected(page, person);
  const before = await findConnection(person);
  await page.getByRole("checkbox", { name: "See which lights are on" }).check();
  await button(page, "Ask for more access").click();
  await button(page, "Deny").click();
  await expectConnected(page);
  await expect(page.getByRole("status").filter({ hasText: "Nothing was changed." })).toBeVisible();
  expect(await findConnection(person)).toEqual(before);
});

test("a cancelled sign-in ends like Deny, and sends no password", async ({ page }) => {
  await reachSignIn(page);
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await button(page, "Cancel").click();
  expect((await sent).postData()).toBe("decision=deny");
  await expect(heading(page, "You did not connect")).toBeVisible();
  await expect(button(page, "Choose again at Legrand")).toBeVisible();
  await expect(page.getByRole("link", { name: "Go to the start page" })).toBeVisible();
});
