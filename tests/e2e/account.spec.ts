import { expect, test } from "#tests/e2e/fixtures.ts";
import { accept, button, consentHeading, disconnect, expectConnected, heading } from "#tests/e2e/journey.ts";
import { createPerson, findConnection, findGrant } from "#tests/e2e/rows.ts";
import { openConnected } from "#tests/e2e/way-in.ts";
import { query } from "#tests/harness/database.ts";

test("Sign out ends the session at Connect, on the server too", async ({ page, context, person }) => {
  await openConnected(page, person);
  const cookies = await context.cookies();
  await button(page, "Sign out").click();
  await expect(button(page, "Connect Legrand")).toBeVisible();
  await expect(page.getByRole("link", { name: "My account" })).toHaveCount(0);
  await page.goto("/account");
  await expect(heading(page, "Connect your Legrand account first")).toBeVisible();

  await context.addCookies(cookies);
  await page.goto("/account");
  await expect(
    heading(page, "Connect your Legrand account first"),
    "the old cookie has no session",
  ).toBeVisible();
  expect(await findConnection(person), "the connection stays").not.toBeNull();
});

test("after Sign out the same person connects again and finds their account", async ({ page, person }) => {
  await openConnected(page, person);
  await button(page, "Sign out").click();
  await button(page, "Connect Legrand").click();
  await expectConnected(page);
  const users = await query(
    `SELECT count(*)::int AS count FROM connect_account WHERE provider_account_id = $1`,
    person.id,
  );
  expect(users).toEqual([{ count: 1 }]);
});

test("Disconnect revokes the tokens at the sandbox (RFC 7009) and deletes them here; the next connect asks again and restores the account", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  const grant = (await findGrant(person))!;
  expect(grant.artifacts).toBeGreaterThan(0);
  await disconnect(page);
  await expect(
    page.getByText("The account is disconnected. Its tokens are revoked at Legrand and deleted here."),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: "My account" }), "no session is left").toHaveCount(0);
  expect(await findConnection(person), "history, without a token").toMatchObject({
    state: "disconnected",
    access_token: null,
    refresh_token: null,
  });
  expect(await findGrant(person), "the consent").toBeNull();
  const left = await query(`SELECT 1 FROM legrand_artifact WHERE grant_id = $1`, grant.id);
  expect(left, "codes and tokens of that consent").toEqual([]);

  await button(page, "Connect Legrand").click();
  await expect(consentHeading(page)).toBeVisible();
  await expect(page.getByText("Already allowed")).toHaveCount(0);
  await accept(page);
  expect(await findConnection(person)).toMatchObject({ state: "connected" });
});

test("refuses to disconnect another user's account", async ({ page, browser, person }) => {
  await openConnected(page, person);
  const [row] = await query<{ id: string }>(
    `SELECT id FROM connect_account WHERE provider_account_id = $1`,
    person.id,
  );
  const stranger = await browser.newContext({ baseURL: process.env.TEST_ORIGIN! });
  await openConnected(await stranger.newPage(), await createPerson());
  expect(
    (
      await stranger.request.post("/account/disconnect", {
        form: { id: row!.id },
        headers: { origin: process.env.TEST_ORIGIN! },
      })
    ).status(),
  ).toBe(404);
  expect(await findConnection(person)).toMatchObject({ state: "connected" });
  await stranger.close();
});

test("an account that is connected to another user is not taken over", async ({ page, context, person }) => {
  const other = await createPerson();
  await openConnected(page, person);
  await context.clearCookies();
  await openConnected(page, other);
  const before = await findConnection(person);
  await context.clearCookies({ name: /^legrand-/ });
  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await button(page, "Sign in").click();
  await expect(heading(page, "This Legrand account is connected to another user")).toBeVisible();
  expect(await findConnection(person)).toEqual(before);
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(button(page, "Connect Legrand")).toBeVisible();
});
