import { expect, test } from "vitest";

import { Browser, type Page } from "#tests/factories/browser.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { furnishFirstHome } from "#tests/factories/home-control.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { query } from "#tests/harness/database.ts";

type Resident = {
  browser: Browser;
  form: Record<string, string>;
  of: (name: string) => string;
  isOn: (name: string) => Promise<unknown>;
};

const LIGHTS = ["light.read", "light.write"];

/** Makes a person with a furnished home who connected, and then allowed those scopes too. */
async function moveIn(more: string[] = LIGHTS): Promise<Resident> {
  const [browser, person] = [new Browser(), await makeAccount()];
  await deliver(browser, await walkToCallback(browser, person));
  const { plantId, ids } = await furnishFirstHome(person.id);
  const account = String((await findLinkedAccount(person.id))!.id);
  if (more.length > 0)
    await deliver(browser, await walkToCallback(browser, person, { form: { account, scope: more } }));
  return {
    browser,
    form: { account, plant: plantId, module: ids["Ceiling light"]!, family: "light", do: "on" },
    of: (name) => ids[name]!,
    isOn: async (name) =>
      (await query(`SELECT is_on AS value FROM legrand_product WHERE id = $1::uuid`, ids[name]))[0]!.value,
  };
}

const send = (
  { browser }: Resident,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Page> => browser.post("/account/set-device", form, headers);
const view = async ({ browser }: Resident) => textOf((await browser.open("/account?homes=shown")).text);

test("the owner switches a light, and the next page says so once", async () => {
  const resident = await moveIn();
  expect(await send(resident, resident.form)).toMatchObject({
    status: 303,
    location: expect.stringMatching(/\/account$/),
  });
  expect(await resident.isOn("Ceiling light")).toBe(true);
  expect(textOf((await resident.browser.open("/account")).text)).toContain("Switched on");
  expect(await view(resident), "once: it takes the focus").not.toContain("Switched on");
  expect(await view(resident)).toMatch(/Ceiling light\s*On\s*40 W/);
});

test("a product without permission is listed by name, one sentence and one button offer all that a home needs, and it cannot be set", async () => {
  const resident = await moveIn(["light.read"]);
  const text = await view(resident);
  expect(text.match(/Needs your permission: [^.]*\./g)).toEqual([
    "Needs your permission: switch your lights, see and switch your plugs, see and move your shutters.",
  ]);
  expect(text).toContain("Allow lights, plugs and shutters");
  expect(text).toContain("Bedroom shutter");
  expect(text).toContain("Also here: General command (Remote, battery full)");
  expect((await send(resident, resident.form)).status).toBe(303);
  expect(textOf((await resident.browser.open("/account")).text)).toContain(
    "Not set: you have not allowed switching the lights.",
  );
  expect(await resident.isOn("Ceiling light")).toBe(false);
});

test("the page notices a withdrawn scope, though the API answers with an empty list", async () => {
  const resident = await moveIn();
  expect(await view(resident)).toMatch(/Ceiling light\s*Off/);
  await query(
    `UPDATE legrand_grant SET granted_scopes = array_remove(granted_scopes, 'light.read') WHERE id = (
    SELECT g.id FROM legrand_grant g JOIN connect_account c ON c.provider_account_id = g.account_id::text WHERE c.id = $1::uuid) RETURNING 1 AS done`,
    resident.form.account,
  );
  expect(await view(resident)).toContain("“See which lights are on” was taken back at Legrand.");
  expect(await view(resident)).toContain("Needs your permission: see which lights are on,");
});

test("an unreachable product is shown as unreachable, and is not set", async () => {
  const resident = await moveIn();
  await query(
    `UPDATE legrand_product SET is_reachable = false WHERE id = $1::uuid RETURNING 1 AS done`,
    resident.of("Ceiling light"),
  );
  expect(await view(resident)).toMatch(/Ceiling light\s*Not reachable/);
  expect((await send(resident, resident.form)).status).toBe(303);
  expect(textOf((await resident.browser.open("/account")).text)).toContain("Not set. Not reachable:");
});

test("forbidden: a visitor without a session, a form from another site, another user's account and another user's light set nothing", async () => {
  const [resident, stranger] = [await moveIn(), await moveIn()];
  expect(await send({ ...resident, browser: new Browser() }, resident.form)).toMatchObject({
    status: 303,
    location: expect.stringMatching(/\/account$/),
  });
  expect((await send(resident, resident.form, { origin: "https://elsewhere.example" })).status).toBe(403);
  expect((await send(stranger, resident.form)).status).toBe(404);
  for (const form of [
    { ...resident.form, account: stranger.form.account! },
    { ...stranger.form, module: crypto.randomUUID() },
    { ...stranger.form, plant: resident.form.plant! },
  ]) {
    expect(await send(stranger, form)).toMatchObject({ status: 303, text: "" });
    expect(textOf((await stranger.browser.open("/account")).text)).toContain(
      "Nothing was changed. Legrand does not find this device",
    );
  }
  for (const [name, value] of [
    ["family", "lock"],
    ["do", "open"],
    ["module", ".."],
  ] as const)
    expect((await send(resident, { ...resident.form, [name]: value })).status, `${name} ${value}`).toBe(400);
  expect([await resident.isOn("Ceiling light"), await stranger.isOn("Ceiling light")]).toEqual([
    false,
    false,
  ]);
});
