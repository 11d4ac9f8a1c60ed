import { expect, test as base } from "#tests/e2e/fixtures.ts";
import { button, heading, reachConsent } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { createPerson, findConnection, findGrant } from "#tests/e2e/rows.ts";
import { withoutDatabase } from "#tests/harness/database.ts";
import { startServer, type TestServer } from "#tests/harness/server.ts";

/** These tests make the server's database unreachable, so they have a server of their own. */
const test = base.extend<object, { server: TestServer }>({
  server: [
    async ({}, provide) => {
      const shared = process.env.TEST_CONTROL_PORT;
      const server = await startServer();
      process.env.TEST_CONTROL_PORT = String(server.controlPort);
      await provide(server);
      process.env.TEST_CONTROL_PORT = shared;
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ server }, provide) => provide(server.origin),
});
// The tests run one after the other in one worker, so that one server is enough.
test.describe.configure({ mode: "default" });

test("without its database a page says so with 503 and a request id, in both themes and at 390 px", async ({
  page,
}) => {
  await withoutDatabase(async () => {
    const response = await page.goto("/legrand/interaction/any");
    expect(response!.status()).toBe(503);
    expect(response!.headers()["retry-after"]).toBeDefined();
    await expect(heading(page, "The database does not answer")).toBeVisible();
    await expect(page.getByText("Nothing that you had before was lost")).toBeVisible();
    await expect(page.getByText(/^Request [\w-]+$/)).toBeVisible();
    await expectAccessible(page);
  });
});

test("if the database fails before Accept, a page says so, nothing is granted, and the same page accepts once the database is back", async ({
  page,
}) => {
  const person = await createPerson();
  await reachConsent(page, person);
  await withoutDatabase(async () => {
    await button(page, "Accept").click();
    await expect(heading(page, "The database does not answer")).toBeVisible();
  });
  expect(await findGrant(person)).toBeNull();
  await page.goBack();
  await button(page, "Accept").click();
  await expect(heading(page, "Connected account")).toBeVisible();
});

test("if the database fails before the code is redeemed, a page says so, nothing is stored, and connecting again works", async ({
  page,
}) => {
  const person = await createPerson();
  await reachConsent(page, person);
  // Sends the same request as the button, except for the last step: the code stays unredeemed until the
  // database is gone.
  const data = new URLSearchParams([
    ["decision", "accept"],
    ["scope", "openid"],
    ["scope", "profile"],
  ]).toString();
  const { request } = page.context();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const decided = await request.post(`${page.url()}/consent`, { data, headers, maxRedirects: 0 });
  const resumed = await request.get(decided.headers().location!, { maxRedirects: 0 });
  const callback = resumed.headers().location!;
  expect(callback.includes("code="), "the answer carries a code").toBe(true);
  await withoutDatabase(async () => {
    await page.goto(callback);
    await expect(
      page.getByText(/Nothing was changed in Connect|Nothing that you had before was lost/),
    ).toBeVisible();
  });
  expect(await findConnection(person)).toBeNull();
  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await expect(heading(page, "Connected account")).toBeVisible();
});
