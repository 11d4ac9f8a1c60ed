import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, consentHeading, heading } from "#tests/e2e/journey.ts";
import { ageSignIn } from "#tests/e2e/rows.ts";
import { openMismatch } from "#tests/e2e/way-in.ts";
import { findRegistered } from "#tests/factories/registration.ts";

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("the developer of the application mends a trailing slash in two clicks, and reaches the consent page", async ({
      page,
      person,
    }) => {
      const { clientId, name, replyUrl } = await openMismatch(page, person);
      await expect(page.getByText(`${name} · you are signed in as its developer`)).toBeVisible();
      await expect(page.getByText("Nothing was shared.")).toBeVisible();
      await expect(page.getByText("What was sent has an extra trailing slash.")).toBeVisible();
      await expect(page.getByRole("definition")).toHaveText([`${replyUrl}/`, replyUrl]);
      await expect(page.locator("mark")).toHaveText(["/"]);

      await button(page, "Register this reply URL").click();
      await expect(heading(page, "Register this reply URL?")).toBeVisible();
      await expect(page.getByRole("definition")).toHaveText([`${replyUrl}/`, replyUrl]);
      expect((await findRegistered(clientId))!.replyUrls).toEqual([replyUrl]);

      await button(page, "Register this reply URL").click();
      await expect(consentHeading(page, name)).toBeVisible();
      expect((await findRegistered(clientId))!.replyUrls).toEqual([replyUrl, `${replyUrl}/`]);

      await page.goBack();
      await expect(heading(page, "This request was used already")).toBeVisible();
    });
  });

test("after 15 minutes the password is asked for, and a wrong one leads back to the field", async ({
  page,
  person,
}) => {
  const { name } = await openMismatch(page, person);
  await ageSignIn(person, 16);
  await button(page, "Register this reply URL").click();
  await page.getByLabel("Current password").fill("not this one");
  await button(page, "Register this reply URL").click();
  await page.getByRole("link", { name: "This is not your current password" }).click();
  await expect(page.getByLabel("Current password")).toBeFocused();
  await page.getByLabel("Current password").fill(person.password);
  await page.keyboard.press("Enter");
  await expect(consentHeading(page, name)).toBeVisible();
});

test("Open the application leads to it, and not registering leads to its reply URLs", async ({
  page,
  person,
}) => {
  const { name, replyUrl, clientId } = await openMismatch(page, person);
  await page.getByRole("link", { name: "Open the application" }).click();
  await expect(heading(page, name)).toBeVisible();
  await page.goBack();
  await button(page, "Register this reply URL").click();
  await page.getByRole("link", { name: "Do not register it" }).click();
  await expect(page.getByRole("list", { name: "Reply URLs" })).toHaveText(replyUrl);
  expect((await findRegistered(clientId))!.replyUrls).toEqual([replyUrl]);
});

test("a script is shown as text, is warned of, and is neither a link nor registrable", async ({
  page,
  person,
}) => {
  await openMismatch(page, person, "javascript:alert(1)//");
  await expect(page.getByText("The link may be an attack.")).toBeVisible();
  await expect(page.getByText("What it sends cannot be registered")).toBeVisible();
  await expect(button(page, "Register this reply URL")).toHaveCount(0);
  await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0);
});
