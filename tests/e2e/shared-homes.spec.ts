import { expect, test } from "#tests/e2e/fixtures.ts";
import {
  accept,
  accountOf,
  button,
  heading,
  reachConsent,
  reachReview,
  room,
  scope,
  status,
} from "#tests/e2e/journey.ts";
import { openConnected, openConsent } from "#tests/e2e/way-in.ts";

const PAGE = "/legrand/third-party-access";
const choice = "Homes that Connect may see";

test.use({ homes: ["Baita", "Casa"] });

test("a home is left out at consent, the account page shows the other one, and Third-party access gives it back", async ({
  page,
  person,
}) => {
  await reachConsent(page, person);
  const homes = page.getByRole("group", { name: choice });
  for (const home of ["Baita", "Casa"])
    await expect(homes.getByRole("checkbox", { name: home, exact: true })).toBeChecked();
  await homes.getByLabel("Baita").uncheck();
  await accept(page);
  await expect(accountOf(page, person).getByRole("list", { name: "Casa" })).toBeVisible();
  await expect(page.getByText("Baita")).toHaveCount(0);

  await page.goto(PAGE);
  const connection = page.getByRole("region", { name: "Connect", exact: true });
  await expect(connection).toContainText("It can see: Casa");
  await connection.getByLabel("Baita").check();
  await connection.getByRole("button", { name: "Save homes" }).click();
  await expect(status(page, "Connect can now see all your homes, including later ones.")).toBeFocused();
  await page.goto("/account");
  for (const home of ["Baita", "Casa"])
    await expect(accountOf(page, person).getByRole("heading", { name: home })).toBeVisible();
});

test("a home that is withdrawn while its page is open disappears with the next form, with a notice", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  const legrand = await page.context().newPage();
  await legrand.goto(PAGE);
  await legrand.getByLabel("Baita").uncheck();
  await button(legrand, "Save homes").click();
  await expect(status(legrand, "Connect can now see: Casa.")).toBeVisible();
  await legrand.close();

  const living = room(page, "Living room", "Baita");
  await living.getByLabel("Set point in Living room, °C").fill("16");
  await living.getByRole("button", { name: "Set" }).click();
  await expect(heading(page, "Connected account")).toBeVisible();
  await expect(status(page, "Legrand does not find this device")).toBeFocused();
  await expect(page.getByRole("list", { name: "Casa" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Baita" })).toHaveCount(0);
});

test("Change permissions of an application shows and changes its homes", async ({ page, person }) => {
  const { application } = await reachReview(page, person);
  const homes = page.getByRole("group", { name: `Homes that ${application.name} may see` });
  await expect(homes.getByRole("checkbox", { checked: true })).toHaveCount(2);
  await homes.getByLabel("Casa").uncheck();
  // The reply URL leads to a port that no browser opens.
  await button(page, "Accept").click();
  await expect(page).toHaveURL(/^chrome-error:/);
  await page.goto(PAGE);
  await expect(page.getByRole("region", { name: application.name })).toContainText("It can see: Baita");
});

test("an error disappears when a home is ticked", async ({ page, person }) => {
  await openConnected(page, person);
  await page.goto(PAGE);
  for (const home of ["Baita", "Casa"]) await page.getByLabel(home).uncheck();
  await button(page, "Save homes").click();
  const error = page.getByText("Choose at least one home for Connect, or remove its access.");
  await expect(error).toHaveCount(2);
  await expect(page.getByRole("group", { name: choice })).toHaveAccessibleDescription(/Choose at least one/);
  // The scripts of the page hide the error. Until they have loaded, a tick changes nothing.
  await expect(async () => {
    await page.getByLabel("Casa").uncheck();
    await page.getByLabel("Casa").check();
    await expect(error.first()).toBeHidden({ timeout: 500 });
  }).toPass();
  await expect(error.last()).toBeHidden();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an Accept without a home says so, keeps the ticked scopes, and can be corrected", async ({
    page,
    person,
  }) => {
    await openConsent(page, person);
    for (const home of ["Baita", "Casa"]) await page.getByLabel(home).uncheck();
    await scope(page, "comfort.write").uncheck();
    await button(page, "Accept").click();
    await expect(page.getByRole("alert")).toBeFocused();
    await expect(page.getByRole("group", { name: choice })).toHaveAccessibleDescription(
      /Choose at least one home, or deny\./,
    );
    await expect(scope(page, "comfort.write")).not.toBeChecked();
    await expect(scope(page, "comfort.read")).toBeChecked();
    await page.getByRole("link", { name: "Choose at least one home, or deny." }).click();
    await page.keyboard.press("Tab");
    await expect(page.getByLabel("Baita")).toBeFocused();
    await page.keyboard.press("Space");
    await accept(page);
    await page.getByRole("link", { name: "Show the homes" }).click();
    await expect(page.getByRole("list", { name: "Baita" })).toBeVisible();
    await expect(page.getByText("Casa")).toHaveCount(0);
  });
});
