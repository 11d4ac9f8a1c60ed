import type { Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading, openPlace, signIn } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import type { Person } from "#tests/e2e/rows.ts";
import { authorize } from "#tests/factories/authorize.ts";
import { redeem } from "#tests/factories/client.ts";
import { makeApplication } from "#tests/factories/make-application.ts";

/** Gets an access token of that person for a new application with these scopes. */
async function tokenOf(person: Person, scopes: string[]): Promise<string> {
  const application = await makeApplication({ scopes });
  const { code } = await authorize({ application, account: person, scope: scopes.join(" ") });
  return String((await redeem(application, code)).body.access_token);
}

const tokenField = (page: Page) => page.getByLabel("Access token", { exact: true });
const answer = (page: Page) => page.getByRole("group", { name: "Answer", exact: true });

async function send(page: Page, accessToken: string): Promise<void> {
  await tokenField(page).fill(accessToken);
  await button(page, "Send").click();
}

test("leads from the catalogue to the developer's own call: a key, the homes, and a missing scope", async ({
  page,
  person,
}) => {
  test.slow();
  const accessToken = await tokenOf(person, ["topology.read", "comfort.read"]);
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await page.goto("/legrand/apis");
  await expectAccessible(page);
  await page
    .getByRole("list", { name: "Operations that need topology.read" })
    .getByRole("link", { name: "List the homes" })
    .click();
  await page.getByRole("link", { name: "Sign in", exact: true }).last().click();
  await signIn(page, person);
  await expect(heading(page, "List the homes")).toBeVisible();
  await page.getByRole("link", { name: "subscribe to the Starter Kit" }).click();
  await page.getByLabel("Subscription name").fill("Thermo");
  await button(page, "Subscribe").click();

  await openPlace(page, "APIs");
  await page.getByRole("link", { name: "List the homes" }).click();
  await page.getByLabel("Subscription key", { exact: true }).selectOption("Secondary key of Thermo");
  await send(page, accessToken);
  await expect(answer(page)).toContainText(`"name": "Casa"`);
  await expect(page.getByRole("status").filter({ hasText: "The answer is 200" })).toBeAttached();
  await expect(page.getByRole("group", { name: "Request", exact: true })).toContainText(
    "Authorization: Bearer ••••••••",
  );

  await page.getByRole("link", { name: "APIs", exact: true }).last().click();
  await page.getByRole("link", { name: "Set the mode and the temperature of a thermostat" }).click();
  await expect(tokenField(page)).toHaveValue("");
  await page.getByRole("textbox", { name: "Body" }).fill(`{ "mode": "manual", "setPoint": { "value": 41 } }`);
  await expect(page.getByRole("group", { name: "As a command" })).toContainText(
    `-d '{ "mode": "manual", "setPoint": { "value": 41 } }'`,
  );
  await send(page, accessToken);
  await expect(answer(page)).toContainText(
    `WWW-Authenticate: Bearer error="insufficient_scope", scope="comfort.write"`,
  );
  await expect(page.getByText("Register the application for it, and ask that person again.")).toBeVisible();
  // With the scope the server checks the same body, whose temperature is too high.
  await send(page, await tokenOf(person, ["topology.read", "comfort.write"]));
  await expect(answer(page)).toContainText(`"statusCode": 430`);
  await page.getByText("Wrong parameters: nothing was changed.").click();
  await expectAccessible(page);

  expect(await page.content()).not.toContain(accessToken);
  expect(addresses.filter((address) => address.includes(accessToken))).toEqual([]);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
});

test("the answer is beside the request, in the window without scrolling (issue 14, 20)", async ({
  page,
  person,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto("/legrand/subscriptions");
  await signIn(page, person);
  await page.getByLabel("Subscription name").fill("Thermo");
  await button(page, "Subscribe").click();
  await expect(page.getByRole("region", { name: "Thermo" })).toBeVisible();
  await page.goto("/legrand/apis/listPlants");
  await send(page, "no-token");
  await expect(answer(page)).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => scrollY)).toBe(0);
  const [shown, field] = [await answer(page).boundingBox(), await tokenField(page).boundingBox()];
  expect(shown!.x).toBeGreaterThan(field!.x + field!.width);
});

test("after a sign-out the page says so and sends nothing, and it refuses to send an invalid token", async ({
  page,
  person,
}) => {
  await page.goto("/legrand/subscriptions");
  await signIn(page, person);
  await page.getByLabel("Subscription name").fill("Thermo");
  await button(page, "Subscribe").click();
  await expect(page.getByRole("region", { name: "Thermo" })).toBeVisible();
  await page.goto("/legrand/apis/listPlants");
  await send(page, "two words");
  await expect(page.getByText("The access token contains invalid characters.")).toBeVisible();
  await page.context().clearCookies();
  await send(page, "anything");
  await expect(page.getByText("You are signed out, and nothing was sent.")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("an operation shows its command, and says that nothing can be sent from the page", async ({
    page,
    person,
  }) => {
    await page.goto("/legrand/subscriptions");
    await signIn(page, person);
    await page.getByLabel("Subscription name").fill("Thermo");
    await button(page, "Subscribe").click();
    await expect(page.getByRole("region", { name: "Thermo" })).toBeVisible();
    await page.goto("/legrand/apis/getStatus");
    await expect(page.getByText("Without JavaScript nothing can be sent from this page")).toBeVisible();
    await expect(page.getByRole("group", { name: "As a command" })).toContainText("$ACCESS_TOKEN");
    await expect(tokenField(page)).not.toBeEditable();
  });
});
