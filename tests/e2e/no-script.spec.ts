import { expect, test } from "#tests/e2e/fixtures.ts";
import {
  accept,
  button,
  connect,
  disconnect,
  expectConnected,
  heading,
  reachConsent,
  reachSignIn,
  room,
  scope,
  scopesIn,
  signIn,
} from "#tests/e2e/journey.ts";

test.use({ javaScriptEnabled: false });

test("without JavaScript: connect, ask for more, sign out", async ({ page, person }) => {
  await reachConsent(page, person);
  await scope(page, "comfort.write").uncheck();
  await accept(page);
  await page.getByRole("checkbox", { name: "See which lights are on" }).check();
  await button(page, "Ask for more access").click();
  await accept(page);
  await expect(scopesIn(page, "Granted scopes").filter({ hasText: "light.read" })).toBeVisible();
  await button(page, "Sign out").click();
  await expect(button(page, "Connect Legrand")).toBeVisible();
});

test("without JavaScript: a wrong password, then Deny", async ({ page, person }) => {
  await reachSignIn(page);
  await signIn(page, { ...person, password: "not this one" });
  await expect(page.getByRole("alert").first()).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveValue(person.email);
  await signIn(page, person);
  await button(page, "Deny").click();
  await expect(heading(page, "You did not connect")).toBeVisible();
});

test('without JavaScript: "Not you?", a sandbox account, disconnect', async ({ page, person }) => {
  await reachConsent(page, person);
  await button(page, "Not you?").click();
  await signIn(page, person);
  await accept(page);
  await disconnect(page);
  await expect(page.getByText("The account is disconnected.")).toBeVisible();
});

test("without JavaScript: the theme is kept", async ({ page, person }) => {
  await connect(page, person);
  await button(page, "Dark").click();
  await expectConnected(page);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("without JavaScript: the homes are one link away, and a thermostat is set", async ({ page, person }) => {
  await connect(page, person);
  await page.getByRole("link", { name: "Show the homes" }).click();
  await expect(room(page, "Living room")).toContainText(/1[89]\.\d°/);
  await page.getByLabel("Set point in Living room, °C").fill("45");
  await room(page, "Living room").getByRole("button", { name: "Set" }).click();
  await expect(page.getByLabel("Set point in Living room, °C")).toHaveAccessibleDescription(
    "Enter a temperature from 7 to 40 °C",
  );
  await expect(page.getByLabel("Set point in Living room, °C")).toHaveValue("45");
  await page.getByLabel("Set point in Living room, °C").fill("21.5");
  await room(page, "Living room").getByRole("button", { name: "Set" }).click();
  await expect(room(page, "Living room").getByRole("status")).toHaveText("Set to 21.5 °C");
});
