import { expect, test } from "#tests/e2e/fixtures.ts";
import { accept, button, consentHeading, heading, LABELS, reachReview, status } from "#tests/e2e/journey.ts";
import { findGrant } from "#tests/e2e/rows.ts";
import { openConnected } from "#tests/e2e/way-in.ts";

test("one scope is taken back, then the whole access: Connect loses both at once, and asks as if for the first time", async ({
  page,
  person,
}) => {
  await openConnected(page, person);
  await page.goto("/legrand/applications");
  await page.getByRole("link", { name: "Third-party access" }).click();
  await expect(heading(page, "Third-party access")).toBeVisible();
  const connection = page.getByRole("region", { name: "Connect", exact: true });
  const scopes = connection.getByRole("list", { name: "What Connect may do" });
  await expect(scopes.getByRole("listitem")).toHaveCount(6);
  await expect(
    scopes.getByRole("listitem").filter({ hasText: LABELS["topology.read"] }).getByRole("button"),
  ).toHaveCount(0);

  await scopes.getByRole("button", { name: `Take back “${LABELS["comfort.write"]}” from Connect` }).click();
  await expect(status(page, "You took back")).toBeVisible();
  await expect(scopes.getByText(LABELS["comfort.write"])).toHaveCount(0);
  expect((await findGrant(person))!.granted_scopes).not.toContain("comfort.write");

  await button(page, "Remove access").click();
  await expect(heading(page, "Remove access for Connect?")).toBeVisible();
  await page.getByRole("link", { name: "Keep access" }).click();
  expect(await findGrant(person)).not.toBeNull();
  await button(page, "Remove access").click();
  await button(page, "Remove access").click();
  await expect(status(page, "Connect no longer has access.")).toHaveText("Connect no longer has access.");
  await expect(page.getByRole("heading", { name: "No application has access to your home" })).toBeVisible();
  expect(await findGrant(person)).toBeNull();

  await page.goto("/");
  await button(page, "Connect Legrand").click();
  await expect(consentHeading(page)).toBeVisible();
  await accept(page);
});

test("the consent page links to where an access can be removed, without losing the question", async ({
  page,
  person,
}) => {
  const { application } = await reachReview(page, person);
  const [beside] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("link", { name: "Third-party access" }).click(),
  ]);
  await expect(beside.getByRole("heading", { name: application.name })).toBeVisible();
  await beside.close();
  await expect(button(page, "Accept")).toBeVisible();
});
