import { randomUUID } from "node:crypto";

import type { Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import {
  button,
  consentHeading,
  heading,
  openMenu,
  openPlace,
  reachSignIn,
  signIn,
  signOutOfPortal,
  status,
} from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { linkIn, readMails } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

const FIRST = "kettle umbrella tuesday";
const SECOND = "purple kettle wednesday";
const THIRD = "orange kettle of friday";

const newAddress = () => `ines.${randomUUID()}@example.com`;
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

async function signUp(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Given name").fill("Inês");
  await page.getByLabel("Surname").fill("Duarte");
  await page.getByLabel("Country").selectOption({ label: "Portugal" });
  await button(page, "Create account").click();
}

/** Sets the password on the page behind the link of a sign-up. */
async function confirm(page: Page, password = FIRST): Promise<void> {
  await page.getByLabel("Password").fill(password);
  await button(page, "Confirm").click();
}

/** Waits for that many mails and follows the link in the latest one. */
async function followMail(page: Page, email: string, mails: number): Promise<void> {
  await page.goto(linkIn((await readMails(email, mails)).at(-1)!));
}

test("the life of an account: sign up, confirm, sign in, change the password, forget it, delete it", async ({
  page,
}) => {
  test.slow();
  const email = newAddress();
  await page.goto("/legrand");
  await link(page, "Create an account").click();
  await signUp(page, email);
  await expect(heading(page, "Check your mail")).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
  await expectAccessible(page);

  await followMail(page, email, 1);
  await expect(page.getByText(email)).toBeVisible();
  await expect(page.getByLabel("Given name")).toHaveValue("Inês");
  await expectAccessible(page);
  await confirm(page);
  await expect(status(page, "Your e-mail address is confirmed. Sign in.")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await expectAccessible(page);
  await signIn(page, { email, password: FIRST });
  await expect(heading(page, "My Applications")).toBeVisible();

  await openPlace(page, "Account");
  await expectAccessible(page);
  await page.getByLabel("Surname").fill("Duarte Lima");
  await button(page, "Save details").click();
  await expect(status(page, "Your details were saved.")).toBeVisible();
  await openMenu(page);
  await expect(page.getByText("Inês Duarte Lima")).toBeVisible();
  await page.getByLabel("Current password").fill(FIRST);
  await page.getByLabel("New password").fill(SECOND);
  await button(page, "Change password").click();
  await expect(status(page, "Your password was changed.")).toBeVisible();
  await signOutOfPortal(page);
  await expect(status(page, "You are signed out.")).toBeVisible();

  await link(page, "Forgotten your password?").click();
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill(email);
  await button(page, "Send the link").click();
  await expect(heading(page, "Check your mail")).toBeVisible();
  // An address without an account gets no mail, so the page does not claim that one was sent.
  await expect(page.getByText(`If ${email} has a Legrand account`)).toBeVisible();
  await followMail(page, email, 3);
  await expectAccessible(page);
  await page.getByLabel("New password").fill(THIRD);
  await button(page, "Set new password").click();
  await expect(status(page, "Your password was changed. Sign in with the new one.")).toBeVisible();
  await signIn(page, { email, password: THIRD });

  await openPlace(page, "Account");
  await link(page, "Delete account").click();
  await expect(page.getByText("1 home, with everything in it")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Current password").fill(THIRD);
  await button(page, "Delete account").click();
  await expect(status(page, "Your account was deleted.")).toBeVisible();
  await signIn(page, { email, password: THIRD });
  await expect(page.getByRole("alert").first()).toContainText("is not right");
});

test("after a form error the summary has the focus and links to the fields, and everything but the password is kept", async ({
  page,
}) => {
  const email = newAddress();
  await page.goto("/legrand/sign-up");
  await expectAccessible(page);
  await signUp(page, email);
  await followMail(page, email, 1);
  await page.getByLabel("Surname").fill("Duarte Lima");
  await confirm(page, "password1");
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toBeFocused();
  await expectAccessible(page);
  await summary.getByRole("link", { name: /Choose another password: this one is too common/ }).click();
  await expect(page.getByLabel("Password")).toBeFocused();
  await expect(page.getByLabel("Password")).toHaveValue("");
  await expect(page.getByLabel("Surname")).toHaveValue("Duarte Lima");
  await expect(page.getByLabel("Country")).toHaveValue("PT");
  expect(await page.content()).not.toContain("password1");
  expect(page.url()).not.toContain("%40");
});

test("signing up again sends another mail, if the first did not arrive", async ({ page }) => {
  const email = newAddress();
  await page.goto("/legrand/sign-up");
  await signUp(page, email);
  await link(page, "create the account again").click();
  await signUp(page, email);
  await followMail(page, email, 2);
  await confirm(page);
  await signIn(page, { email, password: FIRST });
  await expect(heading(page, "My Applications")).toBeVisible();
});

test("a new account in the middle of connecting leads back to the waiting sign-in, then to consent", async ({
  page,
}) => {
  const email = newAddress();
  await reachSignIn(page);
  await expectAccessible(page);
  await link(page, "Create an account").click();
  await signUp(page, email);
  await followMail(page, email, 1);
  await confirm(page);
  await expect(status(page, "Your e-mail address is confirmed. Sign in.")).toBeVisible();
  await expect(page.getByText("to continue to Connect")).toBeVisible();
  await signIn(page, { email, password: FIRST });
  await expect(consentHeading(page)).toBeVisible();
});

test("a link that no longer works says what to do", async ({ page }) => {
  for (const address of ["/legrand/sign-up/confirm?token=used", "/legrand/reset-password?token=used"]) {
    await page.goto(address);
    await expect(heading(page, "This link no longer works")).toBeVisible();
    await expect(link(page, "Sign in")).toBeVisible();
    await expectAccessible(page);
  }
});

test("the page of a sandbox account can be opened, and says why it cannot be changed", async ({ page }) => {
  await page.goto("/legrand/account");
  await page.getByRole("button", { name: /Continue as Camille/ }).click();
  await expect(heading(page, "Account")).toBeVisible();
  await expect(page.getByText("This is a sandbox account.")).toBeVisible();
  await expect(page.getByLabel("New password")).toHaveCount(0);
  await expectAccessible(page);
  await page.goto("/legrand/account/delete");
  await expect(page).toHaveURL(/\/legrand\/account$/);
});

test("Tab moves through every form in the order of its fields, from the first field to the button", async ({
  page,
}) => {
  const email = newAddress();
  const expectOrder = async (first: string, labels: string[], last: string) => {
    await page.getByLabel(first).focus();
    if (first === "Password") {
      await page.keyboard.press("Tab");
      await expect(button(page, "Show")).toBeFocused();
    }
    for (const label of labels) {
      await page.keyboard.press("Tab");
      await expect(page.getByLabel(label)).toBeFocused();
    }
    await page.keyboard.press("Tab");
    await expect(button(page, last)).toBeFocused();
  };
  await page.goto("/legrand/sign-up");
  await expectOrder("E-mail", ["Given name", "Surname", "Country"], "Create account");
  await signUp(page, email);
  await followMail(page, email, 1);
  await expectOrder("Password", ["Given name", "Surname", "Country"], "Confirm");
});

test("the question before a deletion says in numbers what is deleted", async ({ page, person }) => {
  const clientId = randomUUID();
  await query(
    `INSERT INTO legrand_application (client_id, developer_id, type, name, description, vendor, url) VALUES ($1::uuid, $2::uuid, 'web', 'Termo', 'Warm.', 'Casa', 'https://casa.example')`,
    clientId,
    person.id,
  );
  await page.goto("/legrand/account/delete");
  await signIn(page, person);
  await expect(heading(page, "Delete your account?")).toBeVisible();
  await expect(page.getByRole("list", { name: "This also deletes:" }).getByRole("listitem")).toHaveText([
    "1 application that you registered",
    "1 home, with everything in it",
  ]);
  await link(page, "Keep account").click();
  await expect(heading(page, "Account")).toBeVisible();
});

test("accepts an e-mail address with a domain in another language, and a missing surname (issue 11, 16)", async ({
  page,
}) => {
  const local = `ines.${randomUUID()}`;
  await page.goto("/legrand/sign-up");
  await page.getByLabel("E-mail").fill(`${local}@münchen.example`);
  await page.getByLabel("Given name").fill("Inês");
  await page.getByLabel("Country").selectOption({ label: "Portugal" });
  await button(page, "Create account").click();
  await expect(page.getByText(`${local}@münchen.example`)).toBeVisible();
  await followMail(page, `${local}@xn--mnchen-3ya.example`, 1);
  await confirm(page);
  await expect(page.getByLabel("E-mail")).toHaveValue(`${local}@münchen.example`);
  await signIn(page, { email: `${local}@münchen.example`, password: FIRST });
  await expect(heading(page, "My Applications")).toBeVisible();
  await expect(page.getByText("Inês", { exact: true }).first()).toBeVisible();
});
