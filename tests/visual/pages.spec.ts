import { expect, test, type Page } from "@playwright/test";

import { WHY_SKIPPED } from "#tests/visual/baselines.ts";

const WIDE = { width: 1280, height: 800 };
const TELEPHONE = { width: 390, height: 844 };
const PASSWORD = "sandbox-only";

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await press(page, "Sign in");
}

async function openPortal(page: Page, path: string): Promise<void> {
  await page.goto("/legrand/sign-in");
  await signIn(page, "marco@example.com");
  await page.getByRole("heading", { name: "My Applications", level: 1 }).waitFor();
  await page.goto(path);
}

async function openConsent(page: Page): Promise<void> {
  await page.goto("/");
  await press(page, "Connect Legrand");
  await signIn(page, "camille@example.com");
  await page.getByRole("button", { name: "Accept" }).waitFor();
}

async function openAccount(page: Page): Promise<void> {
  await openConsent(page);
  await page.getByRole("checkbox", { name: "Change your heating" }).check();
  await press(page, "Accept");
  await page.getByRole("heading", { name: "Salon" }).waitFor();
}

async function openAdministration(page: Page): Promise<void> {
  await page.goto("/");
  await press(page, "Connect Legrand");
  await signIn(page, "admin@example.com");
  await press(page, "Accept");
  await page.getByRole("link", { name: "Administration" }).waitFor();
  await page.goto("/admin/linked-accounts");
}

type Shown = { viewport: typeof WIDE; colorScheme: "light" | "dark"; open: (page: Page) => Promise<unknown> };

// In this order: after the account page, Legrand has nothing to ask Camille again.
const PAGES: Record<string, Shown> = {
  start: { viewport: WIDE, colorScheme: "light", open: (page) => page.goto("/") },
  "sign-in": {
    viewport: WIDE,
    colorScheme: "light",
    open: async (page) => {
      await page.goto("/");
      await press(page, "Connect Legrand");
      await page.getByLabel("E-mail").waitFor();
    },
  },
  consent: { viewport: WIDE, colorScheme: "light", open: openConsent },
  "consent-dark-telephone": { viewport: TELEPHONE, colorScheme: "dark", open: openConsent },
  account: { viewport: WIDE, colorScheme: "light", open: openAccount },
  portal: { viewport: WIDE, colorScheme: "light", open: (page) => page.goto("/legrand") },
  scopes: {
    viewport: WIDE,
    colorScheme: "light",
    open: (page) => openPortal(page, "/legrand/applications/new/scopes"),
  },
  apis: { viewport: WIDE, colorScheme: "dark", open: (page) => openPortal(page, "/legrand/apis") },
  "third-party-access": {
    viewport: TELEPHONE,
    colorScheme: "light",
    open: (page) => openPortal(page, "/legrand/third-party-access"),
  },
  administration: { viewport: WIDE, colorScheme: "light", open: openAdministration },
};

for (const [name, { viewport, colorScheme, open }] of Object.entries(PAGES)) {
  test(`${name} looks as in its picture`, async ({ browser }) => {
    test.skip(WHY_SKIPPED !== null, WHY_SKIPPED ?? "");
    const context = await browser.newContext({ viewport, colorScheme, baseURL: process.env.TEST_ORIGIN });
    const page = await context.newPage();
    await open(page);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await expect(page).toHaveScreenshot(`${name}.png`, {
      // What differs from run to run: relative times, the port, identifiers, what a thermostat measures.
      mask: [
        page.locator("time"),
        page.getByText(/(?:localhost|127\.0\.0\.1):\d+/),
        page.getByText(/[0-9a-f]{8}-[0-9a-f]{4}-/),
        page.getByText(/\d°/),
        page.getByText(/ W\)| %$/),
      ],
    });
    await context.close();
  });
}
