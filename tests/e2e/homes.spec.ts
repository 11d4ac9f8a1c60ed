import { expect, test } from "#tests/e2e/fixtures.ts";
import {
  accept,
  accountOf,
  button,
  connectAnother,
  consentHeading,
  disconnect,
  expectArrived,
  expectConnected,
  FIRST_SCOPES,
  heading,
  openAccount,
  room,
  scope,
  scopesIn,
  signIn,
} from "#tests/e2e/journey.ts";
import { furnishFirstHome } from "#tests/factories/home-control.ts";
import { createPerson, findConnection, findGrant, takeBack } from "#tests/e2e/rows.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { openConnected } from "#tests/e2e/way-in.ts";
import { query } from "#tests/harness/database.ts";

const setPoint = (name: string) => `Set point in ${name}, °C`;
/** The temperature of a room that heats from 18 to 20 °C. */
const MEASURED = /1[89]\.\d°/;

test.describe("an account with two homes", () => {
  test.use({ homes: ["Casa", "Baita"] });
  test("shows homes with their rooms, sets a thermostat, and returns it to its program", async ({
    page,
    person,
  }) => {
    await openConnected(page, person);
    const homes = page.getByRole("heading", { level: 3, name: /Casa|Baita/ });
    await expect(page.getByRole("list", { name: /Casa|Baita/ }), "only the first home is open").toHaveCount(
      1,
    );
    await expect(page.getByText(/^2 rooms, 1[89]\.\d( to 1[89]\.\d)?°$/)).toBeVisible();
    await homes.last().click();
    for (const home of ["Casa", "Baita"])
      await expect(page.getByRole("list", { name: home }).getByRole("listitem")).toHaveCount(2);
    const living = room(page, "Living room", "Casa");
    await expect(living).toContainText(MEASURED);
    await expect(living).toContainText("50 % humidity");
    await expect(living).toContainText("Set by hand to 20 °C");
    await expect(living).toContainText("Heating now");

    await living.getByLabel(setPoint("Living room")).fill("16.5");
    await living.getByRole("button", { name: "Set" }).click();
    await expect(living.getByRole("status").first()).toHaveText("Set to 16.5 °C");
    await expect(living.getByRole("status").first()).toBeFocused();
    await expect(living).toContainText("Set by hand to 16.5 °C");
    await expect(living).toContainText("Not heating");
    const stored = await query(
      `SELECT m.set_point::float AS "setPoint" FROM legrand_module m JOIN legrand_plant p ON p.id = m.plant_id WHERE p.account_id = $1::uuid AND m.set_point = 16.5`,
      person.id,
    );
    expect(stored, "one thermostat, at Legrand").toHaveLength(1);

    await living.getByRole("button", { name: "Follow the program" }).click();
    await expect(living).toContainText("Follows its program again");
    await expect(living.getByRole("button", { name: "Follow the program" })).toHaveCount(0);
  });
});

test("an invalid temperature stays in its field, with what to enter, and sets nothing", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  for (const typed of ["45", "6.5", ""]) {
    await page.getByLabel(setPoint("Living room")).fill(typed);
    await room(page, "Living room").getByRole("button", { name: "Set" }).click();
    await expect(page.getByLabel(setPoint("Living room"))).toBeFocused();
    await expect(page.getByLabel(setPoint("Living room"))).toHaveValue(typed);
    await expect(page.getByLabel(setPoint("Living room"))).toHaveAccessibleDescription(
      "Enter a temperature from 7 to 40 °C",
    );
  }
  await expect(room(page, "Living room")).toContainText("Set by hand to 20 °C");
});

test("without comfort.write the control is disabled and says why, and allowing that scope enables it", async ({
  page,
  person,
}) => {
  await openConnected(page, person, ["comfort.write"]);
  await expect(page.getByLabel(setPoint("Living room"))).toBeDisabled();
  await expect(page.getByLabel(setPoint("Living room"))).toHaveAccessibleDescription(
    "Needs your permission: Change your heating",
  );
  await expect(room(page, "Living room")).toContainText(MEASURED);

  await button(page, "Allow changing the heating").click();
  await expect(consentHeading(page)).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await scope(page, "comfort.write").check();
  await accept(page);
  await page.getByLabel(setPoint("Living room")).fill("19");
  await room(page, "Living room").getByRole("button", { name: "Set" }).click();
  await expect(room(page, "Living room")).toContainText("Set by hand to 19 °C");
  await expect(button(page, "Allow changing the heating")).toHaveCount(0);
});

test("without comfort.read the rooms are listed without values, and one permission makes them readable", async ({
  page,
  person,
}) => {
  await openConnected(page, person, ["comfort.read"]);
  await expect(page.getByText("You have not allowed “See temperature and humidity”.")).toHaveCount(1);
  await expect(room(page, "Living room")).toContainText("Values not shown");
  await expect(page.getByLabel(setPoint("Living room")), "no field without its value").toHaveCount(0);
  await button(page, "Allow reading the temperature").click();
  await accept(page);
  await expect(room(page, "Living room")).toContainText(MEASURED);
});

test("devices are listed by name in their room, allowed with one button for the home, and then switched and moved", async ({
  page,
  person,
}) => {
  await furnishFirstHome(person.id);
  await openConnected(page, person);
  const devicesIn = (name: string) => page.getByRole("list", { name: `Devices in ${name}` });
  await room(page, "Living room").getByRole("heading", { name: "Living room" }).click();
  await expect(devicesIn("Living room").getByRole("listitem")).toHaveText([
    "Ceiling light",
    "Floor lamp",
    "Living room shutter",
  ]);
  await expect(devicesIn("Living room").getByRole("button")).toHaveCount(0);
  await expect(page.getByText("Needs your permission:")).toHaveCount(1);
  await button(page, "Allow lights, plugs and shutters").click();
  await expect(page.getByRole("checkbox")).toHaveCount(6);
  for (const name of ["Switch your lights", "Move your shutters"])
    await page.getByRole("checkbox", { name }).check();
  await accept(page);

  await room(page, "Living room").getByRole("heading", { name: "Living room" }).click();
  const ceiling = devicesIn("Living room").getByRole("listitem").filter({ hasText: "Ceiling light" });
  await expect(ceiling).toContainText("Off");
  await ceiling.getByRole("button", { name: "Switch on Ceiling light" }).click();
  await expect(ceiling.getByRole("status")).toHaveText("Switched on");
  await expect(ceiling.getByRole("status")).toBeFocused();
  await expect(ceiling.getByRole("button")).toHaveText("Switch off");
  await expect(devicesIn("Living room").getByRole("button", { name: /Floor lamp/ })).toHaveCount(0);
  await expect(button(page, "Allow switching the plugs")).toBeVisible();

  await room(page, "Bedroom").getByRole("heading", { name: "Bedroom" }).click();
  const bedroom = devicesIn("Bedroom").getByRole("listitem").filter({ hasText: "Bedroom shutter" });
  await expect(bedroom).toContainText("Closed");
  await bedroom.getByRole("button", { name: "Open Bedroom shutter" }).click();
  await expect(bedroom.getByRole("status")).toContainText("Opening.");
  await expectAccessible(page);
});

test("the next view notices that the access was removed at Legrand, and one button restores it", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  await expect(room(page, "Living room")).toContainText(MEASURED);
  const legrand = await page.context().newPage();
  await legrand.goto("/legrand/third-party-access");
  await button(legrand, "Remove access").click();
  await button(legrand, "Remove access").click();
  await expect(legrand.getByText("Connect no longer has access.")).toBeVisible();
  await legrand.close();

  await page.reload();
  await expect(accountOf(page, person).getByText("Reconnect needed", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("Access was removed at Legrand.")).toBeVisible();
  await expect(page.getByText(MEASURED)).toHaveCount(0);
  expect(await findConnection(person)).toMatchObject({
    state: "reconnect_needed",
    reconnect_reason: "revoked",
  });

  await button(page, "Connect again").click();
  await expect(consentHeading(page)).toBeVisible();
  await button(page, "Accept").click();
  await expect(room(page, "Living room")).toContainText(MEASURED);
  expect(await findConnection(person)).toMatchObject({ state: "connected", reconnect_reason: null });
});

test("a scope that was taken back at Legrand is the only one lost: the page says so, asks for it again, or continues without it", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  await takeBack(person, "comfort.read");
  await page.reload();
  await expect(page.getByText("“See temperature and humidity” was taken back at Legrand.")).toBeVisible();
  await expect(accountOf(page, person).getByText("Permission lost", { exact: true })).toBeVisible();
  await expect(room(page, "Living room")).toContainText("Values not shown");
  await expect(scopesIn(page, "Granted scopes")).toHaveText(
    FIRST_SCOPES.filter((name) => name !== "comfort.read"),
  );
  expect(await findConnection(person)).toMatchObject({
    state: "reconnect_needed",
    withdrawn_scopes: ["comfort.read"],
  });

  await button(page, "Ask Legrand again").click();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await button(page, "Accept").click();
  await expect(room(page, "Living room")).toContainText(MEASURED);

  await takeBack(person, "comfort.read");
  await page.reload();
  await button(page, "Continue without it").click();
  await expectConnected(page);
  await expect(button(page, "Allow reading the temperature")).toBeVisible();
});

test("two accounts have a region each; one is disconnected, the other stays, and the first is reconnected", async ({
  page,
  person,
}) => {
  const other = await createPerson({ homes: ["Baita"] });
  await openConnected(page, person);
  await connectAnother(page, other);
  await expect(accountOf(page, other).getByRole("heading", { name: "Baita" })).toBeVisible();
  await expect(scopesIn(page, "Granted scopes"), "of the first account, without a click").toHaveText(
    FIRST_SCOPES,
  );
  await expect(button(page, "Disconnect")).toHaveCount(1);
  await expectArrived(page);
  await openAccount(page, person);
  await expect(accountOf(page, person).getByRole("heading", { name: "Casa" })).toBeVisible();

  await disconnect(page, accountOf(page, person));
  await expect(page.getByText(`${person.email} is disconnected.`)).toBeVisible();
  await expect(accountOf(page, other)).toBeVisible();
  await expect(accountOf(page, person)).toHaveCount(0);
  expect(await findGrant(person)).toBeNull();

  await page.getByText("Disconnected earlier (1)").click();
  await expect(page.getByRole("listitem").filter({ hasText: person.name })).toContainText(
    "Disconnected just now",
  );
  await button(page, "Connect again").click();
  await signIn(page, person);
  await expect(consentHeading(page)).toBeVisible();
  await button(page, "Accept").click();
  await expect(accountOf(page, person).getByRole("heading", { name: "Casa" })).toBeVisible();
  await expect(accountOf(page, other)).toBeVisible();
});

test("Change permissions shows what is granted now, and stores the result, narrower or wider", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  await button(page, "Change permissions").click();
  await expect(heading(page, /Connect/)).toBeVisible();
  for (const name of ["comfort.read", "comfort.write"] as const)
    await expect(scope(page, name)).toBeChecked();
  await expect(scope(page, "light.read")).not.toBeChecked();
  await scope(page, "comfort.write").uncheck();
  await scope(page, "light.read").check();
  await button(page, "Accept").click();
  await expect(heading(page, "Connected account")).toBeVisible();
  await expect(page.getByLabel(setPoint("Living room"))).toBeDisabled();
  const { granted_scopes } = (await findConnection(person))!;
  expect(new Set(granted_scopes)).toEqual(
    new Set([...FIRST_SCOPES.filter((name) => name !== "comfort.write"), "light.read"]),
  );
  expect(new Set((await findGrant(person))!.granted_scopes)).toEqual(new Set(granted_scopes));

  await button(page, "Change permissions").click();
  await expect(scope(page, "comfort.write")).not.toBeChecked();
  await scope(page, "comfort.write").check();
  await button(page, "Accept").click();
  await expect(page.getByLabel(setPoint("Living room"))).toBeEnabled();
  await expect(scopesIn(page, "Granted scopes")).toHaveCount(FIRST_SCOPES.length + 1);
});

test("Deny under Change permissions leads back to the account, which says that nothing was changed", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  const before = await findConnection(person);
  await button(page, "Change permissions").click();
  await button(page, "Deny").click();
  await expectConnected(page);
  await expect(page.getByRole("status").filter({ hasText: "Nothing was changed." })).toBeFocused();
  expect(await findConnection(person)).toEqual(before);
});
