import { digest } from "#lib/crypto/digest.ts";
import { expect, test } from "#tests/e2e/fixtures.ts";
import {
  accept,
  button,
  consentHeading,
  heading,
  reachConsent,
  reachSignIn,
  signIn,
} from "#tests/e2e/journey.ts";
import { createPerson } from "#tests/e2e/rows.ts";
import { query } from "#tests/harness/database.ts";

test("after a wrong password the page says so, and keeps the e-mail address but not the password", async ({
  page,
  person,
}) => {
  await reachSignIn(page);
  await signIn(page, { ...person, password: "not this one" });
  const alert = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(alert).toContainText("The e-mail address or the password is not right.");
  await expect(alert).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveValue(person.email);
  await expect(page.getByLabel("Password")).toHaveValue("");
  expect(page.url()).not.toContain("%40");
  expect(await page.content()).not.toContain("not this one");

  await signIn(page, person);
  await expect(consentHeading(page)).toBeVisible();
});

test("an unknown e-mail address gets the same message as a wrong password (OWASP ASVS 5.0, 6.3.8)", async ({
  page,
}) => {
  await reachSignIn(page);
  await signIn(page, { email: "nobody@example.com", password: "whatever it is" });
  await expect(page.getByRole("alert").first()).toContainText(
    "The e-mail address or the password is not right.",
  );
});

test("after too many failed attempts sign-in is paused, even with the right password, and the page says for how long", async ({
  page,
  person,
}) => {
  await query(
    `INSERT INTO legrand_sign_in_attempt (key, points, expire) VALUES ($1, 29, now() + interval '14 minutes')`,
    `account:${digest(person.email)}`,
  );
  await reachSignIn(page);
  await signIn(page, { ...person, password: "the last wrong one" });
  await expect(page.getByRole("alert").first()).toContainText("is not right");
  await signIn(page, person);
  const alert = page.getByRole("alert").filter({ hasText: "Too many attempts" });
  await expect(alert).toContainText("Signing in is paused");
  await expect(alert).toContainText("Try again in 14 minutes.");
  await expect(page.getByLabel("E-mail")).toHaveValue(person.email);
});

test("accepts the e-mail address in any case and with spaces around it", async ({ page, person }) => {
  await reachSignIn(page);
  await signIn(page, { ...person, email: ` ${person.email.toUpperCase()} ` });
  await expect(consentHeading(page)).toBeVisible();
});

test('"Not you?" ends the session and lets another person answer the same request', async ({
  page,
  person,
}) => {
  const other = await createPerson();
  await reachConsent(page, person);
  await button(page, "Not you?").click();
  await expect(heading(page, "Sign in to Legrand")).toBeVisible();
  await signIn(page, other);
  await expect(consentHeading(page)).toBeVisible();
  await expect(page.getByText(other.email)).toBeVisible();
  await accept(page);
  await expect(page.getByText(other.email)).toBeVisible();
});
