import type { Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import {
  accept,
  button,
  consentHeading,
  expectConnected,
  FIRST_SCOPES,
  reachConsent,
  reachPlainConsent,
  refusedScopes,
  scope,
  scopesIn,
} from "#tests/e2e/journey.ts";
import { findConnection, findGrant, takeBack } from "#tests/e2e/rows.ts";
import { openConnected } from "#tests/e2e/way-in.ts";

const more = (page: Page, label: string) => page.getByRole("checkbox", { name: label, exact: true });

test("an unticked scope is not granted, and is listed with a checkbox to ask for it again", async ({
  page,
  person,
}) => {
  await reachConsent(page, person);
  await scope(page, "comfort.write").uncheck();
  await accept(page);
  const granted = FIRST_SCOPES.filter((name) => name !== "comfort.write");
  await expect(scopesIn(page, "Granted scopes")).toHaveText(granted);
  await expect(refusedScopes(page)).toHaveText(["comfort.write"]);
  expect(await findConnection(person)).toMatchObject({
    granted_scopes: granted,
    requested_scopes: FIRST_SCOPES,
  });
});

test("a click on the row of a scope changes it, not only a click on the box", async ({ page, person }) => {
  await reachPlainConsent(page, person);
  await expect(scope(page, "comfort.write")).not.toBeChecked();
  await page.getByText("To set a room from your phone").click();
  await expect(scope(page, "comfort.write")).toBeChecked();
});

test("a plain Accept grants nothing that controls the home", async ({ page, person }) => {
  await reachPlainConsent(page, person);
  await accept(page);
  await expect(scopesIn(page, "Granted scopes")).toHaveText(
    FIRST_SCOPES.filter((name) => name !== "comfort.write"),
  );
});

test("with every optional scope unticked, Connect still recognises the person and connects the account", async ({
  page,
  person,
}) => {
  await reachConsent(page, person);
  await expect(scope(page, "openid")).toBeChecked();
  await expect(scope(page, "openid")).toBeDisabled();
  for (const name of ["profile", "email", "comfort.read", "comfort.write"] as const)
    await scope(page, name).uncheck();
  await accept(page);
  await expect(scopesIn(page, "Granted scopes")).toHaveText(["openid", "topology.read"]);
  await expect(page.getByRole("heading", { level: 2, name: person.id })).toBeVisible();
});

test('after "Recognise you" was taken back at Legrand, the next connect asks for it again and keeps the same account', async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  const before = (await findConnection(person))!;
  await takeBack(person, "openid");
  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await expect(scope(page, "openid")).toBeDisabled();
  await accept(page);
  const after = (await findConnection(person))!;
  expect(after).toMatchObject({ id: before.id, state: "connected" });
  expect(after.granted_scopes.sort()).toEqual([...FIRST_SCOPES].sort());
});

test("connecting again with a live Legrand session and the same scopes asks no question, and renews the stored tokens", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  const before = (await findConnection(person))!;
  await page.getByRole("link", { name: "Connect", exact: true }).click();
  const asked: string[] = [];
  page.on("framenavigated", (frame) => {
    if (frame.url().includes("/interaction/")) asked.push(frame.url());
  });
  await button(page, "Connect Legrand").click();
  await expectConnected(page);
  expect(asked).toEqual([]);
  const after = (await findConnection(person))!;
  expect(after.access_token === before.access_token, "the access token is the old one").toBe(false);
  expect(after.refresh_token === before.refresh_token, "the refresh token is the old one").toBe(false);
  expect(after.granted_scopes).toEqual(before.granted_scopes);
});

test("the same request does not ask again for a refused scope", async ({ page, person }) => {
  await openConnected(page, person, ["comfort.write"]);
  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await expectConnected(page);
  await expect(refusedScopes(page)).toHaveText(["comfort.write"]);
});

test("with more scopes Legrand asks only for the new ones and shows the others as allowed, and Connect stores the new scopes and tokens", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  const before = (await findConnection(person))!;
  await more(page, "See which lights are on").check();
  await more(page, "See whether your doors are locked").check();
  await button(page, "Ask for more access").click();

  await expect(consentHeading(page)).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  await expect(scope(page, "light.read")).toBeChecked();
  await page.getByText(`Already allowed (${FIRST_SCOPES.length})`).click();
  await expect(page.getByText("Change your heating")).toBeVisible();
  await scope(page, "lock.read").uncheck();
  await accept(page);

  const granted = [...FIRST_SCOPES, "light.read"];
  await expect(scopesIn(page, "Granted scopes"), "what it sees before what it controls").toHaveText([
    ...FIRST_SCOPES.slice(0, -1),
    "light.read",
    "comfort.write",
  ]);
  await expect(refusedScopes(page)).toHaveText(["lock.read"]);
  const after = (await findConnection(person))!;
  expect(after).toMatchObject({ granted_scopes: granted, requested_scopes: [...granted, "lock.read"] });
  expect(after.access_token === before.access_token, "the access token is the old one").toBe(false);
  expect(await findGrant(person)).toMatchObject({ rejected_scopes: ["lock.read"] });
});

test("a scope that was refused earlier can be requested again and granted", async ({ page, person }) => {
  await openConnected(page, person, ["comfort.write"]);
  await more(page, "Change your heating").check();
  await button(page, "Ask for more access").click();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await scope(page, "comfort.write").check();
  await accept(page);
  await expect(scopesIn(page, "Granted scopes")).toHaveText(FIRST_SCOPES);
  expect(await findConnection(person)).toMatchObject({ granted_scopes: FIRST_SCOPES });
  expect(await findGrant(person)).toMatchObject({ rejected_scopes: [] });
});

test("asking for another scope does not ask again for a refused one", async ({ page, person }) => {
  await openConnected(page, person, ["comfort.write"]);
  await more(page, "See which lights are on").check();
  await button(page, "Ask for more access").click();
  await expect(scope(page, "light.read")).toBeChecked();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await accept(page);
  await expect(refusedScopes(page)).toHaveText(["comfort.write"]);
});
