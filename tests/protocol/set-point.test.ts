import { expect, test } from "vitest";

import { Browser, type Page } from "#tests/factories/browser.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { readHome } from "#tests/factories/homes.ts";
import { textOf, valuesOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";

type Resident = { browser: Browser; form: Record<string, string>; setPoint: () => Promise<unknown> };

async function moveIn(untick: string[] = []): Promise<Resident> {
  const [browser, account] = [new Browser(), await makeAccount()];
  await deliver(browser, await walkToCallback(browser, account, { untick }));
  const { plantId, moduleIds } = await readHome(account.id);
  const linked = (await findLinkedAccount(account.id))!;
  return {
    browser,
    form: {
      account: String(linked.id),
      plant: plantId,
      module: moduleIds[0]!,
      function: "heating",
      do: "set",
      temperature: "21.5",
    },
    setPoint: async () =>
      (
        await query(`SELECT set_point::float AS value FROM legrand_module WHERE id = $1::uuid`, moduleIds[0])
      )[0]!.value,
  };
}

const send = (
  { browser }: Resident,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Page> => browser.post("/account/set-point", form, headers);
const after = async (resident: Resident) => textOf((await resident.browser.open("/account")).text);

test("the owner sets a thermostat, with a decimal point or comma, and the next page says so", async () => {
  const resident = await moveIn();
  expect(await send(resident, resident.form)).toMatchObject({
    status: 303,
    location: expect.stringMatching(/\/account$/),
  });
  expect(await after(resident)).toContain("Set to 21.5 °C");
  expect(await after(resident), "once: it takes the focus").not.toContain("Set to 21.5 °C");
  await send(resident, { ...resident.form, temperature: "19,5" });
  expect(await resident.setPoint()).toBe(19.5);
});

test("anything but a temperature from 7 to 40 °C changes nothing, and the form keeps what was typed", async () => {
  const resident = await moveIn();
  for (const temperature of ["", "warm", "6.9", "40.1", "-20", "1e1", "21.5 °C", "NaN", "٢١"]) {
    expect(await send(resident, { ...resident.form, temperature }), temperature).toMatchObject({
      status: 303,
    });
    const { text } = await resident.browser.open("/account");
    expect(textOf(text), temperature).toContain("Enter a temperature from 7 to 40 °C");
    expect(valuesOf(text, "temperature")[0]).toBe(temperature);
  }
  expect(await resident.setPoint()).toBe(20);
});

test("forbidden: a visitor without a session sets nothing", async () => {
  const resident = await moveIn();
  expect(await send({ ...resident, browser: new Browser() }, resident.form)).toMatchObject({
    status: 303,
    location: expect.stringMatching(/\/account$/),
  });
  expect(await resident.setPoint()).toBe(20);
});

test("forbidden: a form from another site sets nothing", async () => {
  const resident = await moveIn();
  expect((await send(resident, resident.form, { origin: "https://elsewhere.example" })).status).toBe(403);
  expect(await resident.setPoint()).toBe(20);
});

test("forbidden: another user's account is 404, and another user's thermostat under the caller's account gives a notice, each as an unknown one", async () => {
  const [resident, stranger] = [await moveIn(), await moveIn()];
  const unknown = crypto.randomUUID();
  const { account: own } = stranger.form;
  for (const form of [resident.form, { ...resident.form, account: unknown }])
    expect((await send(stranger, form)).status).toBe(404);
  for (const form of [
    { ...resident.form, account: own! },
    { ...stranger.form, module: unknown },
    { ...stranger.form, plant: resident.form.plant! },
  ]) {
    expect(await send(stranger, form)).toMatchObject({ status: 303, text: "" });
    expect(textOf((await stranger.browser.open("/account")).text)).toContain(
      "Nothing was changed. Legrand does not find this device",
    );
  }
  expect(await resident.setPoint()).toBe(20);
});

test("refuses a form that no page of the application sends (400)", async () => {
  const resident = await moveIn();
  for (const [name, value] of [
    ["module", ".."],
    ["plant", "a/../b"],
    ["function", "melting"],
    ["do", "explode"],
    ["account", "1"],
  ] as const) {
    expect((await send(resident, { ...resident.form, [name]: value })).status, `${name} ${value}`).toBe(400);
  }
  expect(await resident.setPoint()).toBe(20);
});

test("forbidden: without comfort.write nothing is set, and the page says why", async () => {
  const resident = await moveIn(["comfort.write"]);
  expect((await send(resident, resident.form)).status).toBe(303);
  expect(await after(resident)).toContain("Not set: you have not allowed changing the heating.");
  expect(await resident.setPoint()).toBe(20);
});
