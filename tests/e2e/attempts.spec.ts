import { expect, test } from "#tests/e2e/fixtures.ts";
import { button } from "#tests/e2e/journey.ts";
import { authorizationRequest } from "#tests/e2e/rows.ts";
import { openPortal } from "#tests/e2e/way-in.ts";
import { authorize } from "#tests/factories/authorize.ts";
import { redeem } from "#tests/factories/client.ts";
import { makeOwnedApplication } from "#tests/factories/make-owned-application.ts";

test("see a failure as it happens, find it by its reference, and follow a journey", async ({
  page,
  person,
}) => {
  const { path, ...application } = await makeOwnedApplication(person);
  await openPortal(page, person, `${path}/attempts`);
  await expect(page.getByText("No request has arrived yet.")).toBeVisible();

  // Another browser: the page shows the request without a reload.
  const other = await page.context().newPage();
  await other.goto(authorizationRequest({ ...application, replyUrl: "http://127.0.0.1:9/other" }));
  const reference = /LG-\w{4}-\w\w/.exec((await other.getByText(/^Reference/).textContent())!)![0];
  await other.close();
  const list = page.getByRole("list", { name: "Attempts" });
  await list.getByText("Reply URL does not match").click();
  await expect(list.getByText(/RFC 6749 §3\.1\.2\.4/)).toBeVisible();
  await expect(list.getByText("http://127.0.0.1:9/other")).toBeVisible();

  await page.getByLabel("Reference of an error page").fill(reference.toLowerCase());
  await button(page, "Look up").click();
  await expect(list.getByText(reference)).toBeVisible();

  const { code } = await authorize({ application, account: person });
  await redeem(application, code);
  await page.getByRole("link", { name: "Show all attempts" }).click();
  await list.getByText("Token request").click();
  await list.getByRole("link", { name: "Follow this journey" }).click();
  await expect(page.getByRole("heading", { name: "One journey, from first to last" })).toBeVisible();
  await expect(list.getByRole("listitem").first()).toContainText("Authorization request");
  await expect(list.getByRole("listitem").last()).toContainText("Token request");
});

test("without scripts the page has a link to refresh, and the filter works", async ({
  browser,
  page,
  person,
}) => {
  const { path, ...application } = await makeOwnedApplication(person);
  await openPortal(page, person, `${path}/attempts`);
  await redeem(application, "x".repeat(43));
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto(new URL(`${path}/attempts`, page.url()).href);
  await plain.getByRole("link", { name: "Refresh" }).click();
  await plain.getByLabel("Outcome").selectOption("Succeeded");
  await button(plain, "Filter").click();
  await expect(plain.getByText("No attempt matches.")).toBeVisible();
  await context.close();
});
