import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, consentHeading, reachConsent, reachSignIn, signIn } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";

test("Show makes the password readable and Hide hides it, and the only field with the label Password is the field (decision 61)", async ({
  page,
  person,
}) => {
  await reachSignIn(page);
  const password = page.getByLabel("Password");
  await expect(password).toHaveCount(1);
  await password.fill(person.password);
  await expect(button(page, "Show")).toHaveAttribute("aria-pressed", "false");
  await expect(button(page, "Show")).toHaveAttribute("aria-controls", "password");
  await button(page, "Show").click();
  await expect(password).toHaveAttribute("type", "text");
  await expect(button(page, "Hide")).toHaveAttribute("aria-pressed", "true");
  await expect(button(page, "Hide")).toBeFocused();
  await expectAccessible(page);
  await button(page, "Hide").press("Enter");
  await expect(password).toHaveAttribute("type", "password");
  await expect(password).toHaveValue(person.password);
});

test("the form sends a shown password as a password field", async ({ page, person }) => {
  await reachSignIn(page);
  await button(page, "Show").click();
  const type = page.waitForEvent("console");
  await page.evaluate(() =>
    document.addEventListener("submit", () =>
      console.log(document.querySelector<HTMLInputElement>("#password")!.type),
    ),
  );
  await signIn(page, person);
  expect((await type).text()).toBe("password");
  await expect(consentHeading(page)).toBeVisible();
});

test("the page says that Caps Lock is on while a person types, and no longer than that", async ({ page }) => {
  await reachSignIn(page);
  const press = (isOn: boolean) =>
    page
      .getByLabel("Password")
      .evaluate(
        (field, modifierCapsLock) =>
          field.dispatchEvent(new KeyboardEvent("keydown", { key: "a", modifierCapsLock })),
        isOn,
      );
  const note = page.getByRole("status").filter({ hasText: "Caps Lock is on." });
  await press(true);
  await expect(note).toBeVisible();
  await press(false);
  await expect(note).toHaveCount(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("there is no button Show, and signing in works", async ({ page, person }) => {
    await reachSignIn(page);
    await expect(button(page, "Show")).toHaveCount(0);
    await signIn(page, person);
    await expect(consentHeading(page)).toBeVisible();
  });
});

test("consent has no script, although it has the address of the sign-in page (decision 61)", async ({
  page,
  person,
}) => {
  await reachConsent(page, person);
  const consent = (await page.reload())!;
  await expect(consentHeading(page)).toBeVisible();
  expect(consent.headers()["content-security-policy"]).toContain("script-src 'none'");
  expect(await consent.text()).not.toContain("<script");
});
