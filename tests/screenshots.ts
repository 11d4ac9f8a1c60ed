// npm run screenshots: takes pictures of the main pages for the README, from its own server. With `-- admin`
// it takes only those whose name contains that word. Also draws public/social.png.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, type Browser, type Page } from "playwright";

import { browserLaunchOptions } from "#tests/harness/find-browser.ts";
import { drawSocialImage } from "#tests/social-image.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";
import { startServer } from "#tests/harness/server.ts";

const FOLDER = "docs/screenshots";
const WIDE = { width: 1000, height: 700 };
/** For a single plate: less margin, fewer bytes. */
const PLATE = { width: 640, height: 700 };
const TELEPHONE = { width: 390, height: 844 };
/** Wide enough for the form beside the preview. */
const WIDER = { width: 1200, height: 700 };

/** For tables with many columns. */
const DESK = { width: 1280, height: 900 };

/** High enough for both homes of Camille. */
const ROOMS = { width: 1280, height: 1080 };

type Look = {
  colorScheme: "light" | "dark";
  viewport: { width: number; height: number };
  /** Cuts a long page to its first screen. */ isCut?: true;
};

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function reachSignIn(page: Page): Promise<void> {
  await page.goto("/");
  await press(page, "Connect Legrand");
}

async function reachConsent(page: Page): Promise<void> {
  await reachSignIn(page);
  await page.getByRole("button", { name: "Continue as Camille Moreau" }).click();
  await page.getByRole("heading", { name: "Connect is asking for access to your home" }).waitFor();
}

async function reachAccount(page: Page): Promise<void> {
  await reachConsent(page);
  await page.getByRole("checkbox", { name: "Change your heating" }).check();
  await press(page, "Accept");
  await page.getByRole("heading", { name: "Salon" }).waitFor();
}

async function reachError(page: Page): Promise<void> {
  await page.goto("/");
  const asked = page.waitForRequest((request) => request.url().includes("/legrand/authorize?"));
  await press(page, "Connect Legrand");
  const address = new URL((await asked).url());
  address.searchParams.set("redirect_uri", `${address.searchParams.get("redirect_uri")}/`);
  await page.goto(address.href);
}

const APPLICATION = {
  Name: "Thermo",
  Description: "Shows the temperature of each room, and warns before a cold night.",
  Vendor: "Dana’s Devices",
  Url: "https://thermo.example",
};

/** Signs in as the developer in the portal's pictures. */
async function reachPortal(page: Page): Promise<void> {
  await page.goto("/legrand/applications");
  await page.getByRole("button", { name: "Continue as Marco Ricci" }).click();
  await page.getByRole("heading", { name: "My Applications", level: 1 }).waitFor();
}

async function reachWizard(page: Page): Promise<void> {
  await reachPortal(page);
  await page.goto("/legrand/applications/new");
  for (const [label, value] of Object.entries(APPLICATION))
    await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByText("Saved as a draft").waitFor();
  // Hides the caret, so that the picture shows only what is typed.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
}

async function reachDetails(page: Page): Promise<void> {
  await reachWizard(page);
  await press(page, "Next Page");
  await page.getByLabel("Reply URL 1").fill("http://localhost:8080/callback");
  await press(page, "Next Page");
  await page.getByRole("checkbox", { name: "See temperature and humidity" }).check();
  await press(page, "Next Page");
  await press(page, "Validate");
  await page.getByText("It will not be shown again.").waitFor();
}

async function reachMail(page: Page): Promise<void> {
  await reachPortal(page);
  await page.goto("/legrand/mail");
  await page.getByRole("link", { name: "Thermo is registered" }).click();
  await page.getByRole("heading", { name: "Thermo is registered" }).waitFor();
}

/** Opens the administration as the sandbox's administrator, who connects the first time. */
async function reachAdministration(page: Page, path: string): Promise<void> {
  await reachSignIn(page);
  await page.getByRole("button", { name: "Continue as Ada Novak" }).click();
  const [accept, administration] = [
    page.getByRole("button", { name: "Accept", exact: true }),
    page.getByRole("link", { name: "Administration" }),
  ];
  await accept.or(administration).waitFor();
  if (await accept.isVisible()) await accept.click();
  await administration.waitFor();
  await page.goto(path);
}

const PICTURES: [name: string, look: Look, reach: (page: Page) => Promise<unknown>][] = [
  ["home-light", { colorScheme: "light", viewport: WIDE }, (page) => page.goto("/")],
  ["sign-in-light", { colorScheme: "light", viewport: PLATE }, reachSignIn],
  ["error-light", { colorScheme: "light", viewport: PLATE }, reachError],
  ["consent-light", { colorScheme: "light", viewport: PLATE }, reachConsent],
  ["consent-dark", { colorScheme: "dark", viewport: PLATE }, reachConsent],
  ["consent-mobile", { colorScheme: "light", viewport: TELEPHONE }, reachConsent],
  ["wizard-light", { colorScheme: "light", viewport: WIDER }, reachWizard],
  // These three keep this order: the first one registers the application that the others show.
  ["details-light", { colorScheme: "light", viewport: WIDE, isCut: true }, reachDetails],
  ["applications-light", { colorScheme: "light", viewport: WIDE }, reachPortal],
  ["mail-light", { colorScheme: "light", viewport: WIDE }, reachMail],
  [
    "admin-overview-light",
    { colorScheme: "light", viewport: DESK, isCut: true },
    (page) => reachAdministration(page, "/admin?days=90"),
  ],
  [
    "admin-list-light",
    { colorScheme: "light", viewport: DESK, isCut: true },
    (page) => reachAdministration(page, "/admin/linked-accounts?q=li"),
  ],
  // This one is last, because it connects, and a second consent would ask for nothing.
  ["account-light", { colorScheme: "light", viewport: ROOMS, isCut: true }, reachAccount],
];

async function takePicture(
  browser: Browser,
  origin: string,
  [name, { isCut, ...look }, reach]: (typeof PICTURES)[number],
): Promise<void> {
  const context = await browser.newContext({
    ...look,
    baseURL: origin,
    deviceScaleFactor: 1,
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await reach(page);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage: !isCut });
  await context.close();
  console.log(`${FOLDER}/${name}.png`);
}

mkdirSync(FOLDER, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), "legrand-connect-pictures-"));
await putMigratedDatabase(dataDir);
// The people in the pictures of the administration.
execFileSync(process.execPath, ["lib/server/load/seed-load.ts", "--accounts", "3000"], {
  env: { ...process.env, DATA_DIR: dataDir, ORIGIN: "", DATABASE_URL: "" },
  stdio: "inherit",
});
const server = await startServer({
  DATA_DIR: dataDir,
  ...(process.env.PORT ? { PORT: process.env.PORT } : {}),
});
const browser = await chromium.launch(browserLaunchOptions());
try {
  await drawSocialImage(browser);
  for (const picture of PICTURES.filter(([name]) => name.includes(process.argv[2] ?? "")))
    await takePicture(browser, server.origin, picture);
} finally {
  await browser.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
