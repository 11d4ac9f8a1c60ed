import { chromium, type Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { createPerson } from "#tests/e2e/rows.ts";
import { openPortal } from "#tests/e2e/way-in.ts";
import { refresh } from "#tests/factories/client.ts";
import { addSecret } from "#tests/factories/make-application.ts";
import { makeGrants, makeOwnedApplication } from "#tests/factories/make-owned-application.ts";
import { readMails } from "#tests/factories/portal.ts";
import { beginDraft, REPLY_URL, sendStep } from "#tests/factories/registration.ts";
import { browserLaunchOptions } from "#tests/harness/find-browser.ts";
import { query } from "#tests/harness/database.ts";

const SECRET = /lgs_[\w-]{43}/;
const GENERATE = "Generate a new client secret";

/** Returns the row of the secret with that label. */
const secretRow = (page: Page, label: string) =>
  page
    .getByRole("table", { name: "Client secrets" })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: label, exact: true }) });

/** Opens a tab of the application. */
const openTab = (page: Page, tab: string) =>
  page.getByRole("navigation", { name: "Application" }).getByRole("link", { name: tab, exact: true }).click();

/** Returns the error summary. Every page also has an alert of Next's own. */
const problem = (page: Page) => page.getByRole("alert").filter({ hasText: "There is a problem" });

async function generate(page: Page, label: string): Promise<string> {
  await page.getByText("Label and lifetime").click();
  await page.getByLabel("Label", { exact: true }).fill(label);
  await button(page, GENERATE).click();
  await expect(page.getByText("It will not be shown again.")).toBeVisible();
  return SECRET.exec(await page.getByRole("main").innerText())![0];
}

test("leads from My Applications to the details of one", async ({ page, person }) => {
  const application = await makeOwnedApplication(person);
  await openPortal(page, person);
  await expect(heading(page, "My Applications")).toBeVisible();
  await expect(page.getByRole("link", { name: "Request New Application" })).toHaveAttribute(
    "href",
    "/legrand/applications/new",
  );
  await page.getByRole("link", { name: application.name }).click();
  await expect(heading(page, application.name)).toBeVisible();
  await expect(page.getByText(application.clientId, { exact: true })).toBeVisible();
  await openTab(page, "Reply URLs and scopes");
  await expect(page.getByRole("list", { name: "Reply URLs" })).toHaveText(application.replyUrl);
});

test("the title of each page contains the application's name, so that windows can be distinguished (WCAG 2.2, 2.4.2)", async ({
  page,
  person,
}) => {
  const { path, name } = await makeOwnedApplication(person);
  await openPortal(page, person, path);
  await expect(page).toHaveTitle(`${name} · Legrand sandbox`);
  const titles = {
    "/credentials": `Credentials of ${name}`,
    "/reply-urls-and-scopes": `Reply URLs and scopes of ${name}`,
    "/access": `Access of ${name}`,
    "/settings": `Settings of ${name}`,
    "/history": `History of ${name}`,
    "/suspend": `Suspend ${name}`,
    "/delete": `Delete ${name}`,
    "/edit/scopes": `Scopes, edit ${name}`,
  };
  for (const [part, title] of Object.entries(titles)) {
    await page.goto(path + part);
    await expect(page).toHaveTitle(`${title} · Legrand sandbox`);
  }
});

test("suggests a label that no other secret has", async ({ page, person }) => {
  const { path } = await makeOwnedApplication(person);
  await openPortal(page, person, path);
  const label = page.locator("#label");
  await expect(label).toHaveValue("Secret 2");
  await generate(page, "Secret 3");
  await expect(label).toHaveValue("Secret 4");
});

test("each tab has an address of its own, and marks where the page is, also on the pages that belong to it", async ({
  page,
  person,
}) => {
  const { path, name } = await makeOwnedApplication(person);
  await openPortal(page, person, path);
  const current = page.getByRole("navigation", { name: "Application" }).locator("[aria-current]");
  for (const [tab, address] of [
    ["Credentials", "/credentials"],
    ["Reply URLs and scopes", "/reply-urls-and-scopes"],
    ["Access", "/access"],
    ["Settings", "/settings"],
    ["Overview", ""],
  ] as const) {
    await openTab(page, tab);
    await expect(page).toHaveURL(path + address);
    await expect(heading(page, name)).toBeVisible();
    await expect(current).toHaveText(tab);
    await expect(current).toHaveAttribute("aria-current", "page");
  }
  for (const [part, tab] of [
    ["/edit/description", "Settings"],
    ["/edit/compatibility", "Settings"],
    ["/edit/reply-urls", "Reply URLs and scopes"],
    ["/edit/scopes", "Reply URLs and scopes"],
    ["/history", "Settings"],
    ["/suspend", "Settings"],
    ["/delete", "Settings"],
  ] as const) {
    await page.goto(path + part);
    await expect(current).toHaveText(tab);
    await expect(current).toHaveAttribute("aria-current", "true");
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  }
});

test("does not mention the access of 0 people", async ({ page, person }) => {
  const { path } = await makeOwnedApplication(person);
  await openPortal(page, person, `${path}/suspend`);
  for (const part of ["/suspend", "/delete"]) {
    await page.goto(path + part);
    await expect(page.getByRole("main")).not.toContainText(/\b0 (people|tokens)/);
  }
});

test("the history says which reply URL was added and which was removed", async ({ page, person }) => {
  const { path } = await makeOwnedApplication(person, {
    replyUrls: ["https://one.example/cb", "https://two.example/cb"],
  });
  await openPortal(page, person, `${path}/edit/reply-urls`);
  await page.getByLabel("Reply URL 2", { exact: true }).fill("https://three.example/cb");
  await button(page, "Save changes").click();
  await expect(page).toHaveURL(new RegExp(`${path}/reply-urls-and-scopes$`));
  await page.goto(`${path}/history`);
  const entry = page.getByRole("list", { name: "History" }).getByRole("listitem").first();
  await expect(entry.getByRole("definition")).toHaveText([
    "removedhttps://two.example/cb",
    "addedhttps://three.example/cb",
  ]);
});

test("one press copies the client ID or a fresh secret", async ({ page, person, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const application = await makeOwnedApplication(person);
  await openPortal(page, person, application.path);
  await button(page, "Copy Client ID").click();
  await expect(button(page, "Copied Client ID")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(application.clientId);
  const secret = await generate(page, "Bedroom");
  await button(page, "Copy secret").click();
  await expect(button(page, "Copied Client secret")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
});

test("one click on the details page makes a secret; a reload hides it; the redirect carries the ticket though it is SameSite=Strict", async ({
  page,
  person,
}) => {
  const application = await makeOwnedApplication(person);
  await openPortal(page, person, application.path);
  await expect(page.getByLabel("Label", { exact: true })).toBeHidden();
  await button(page, GENERATE).click();
  await expect(page.getByText(SECRET)).toBeVisible();
  await expect(page).toHaveURL(application.path);
  await page.reload();
  await expect(page.getByText("The client secret was shown only once")).toBeVisible();
  expect(await page.content()).not.toMatch(SECRET);
  await page.goto("/legrand/applications");
  await page.goBack();
  await expect(heading(page, application.name)).toBeVisible();
  expect(await page.content()).not.toMatch(SECRET);
});

test("the back button does not show the secret again, even in a browser with a back-forward cache", async ({
  person,
  baseURL,
}) => {
  const application = await makeOwnedApplication(person);
  // Playwright disables that cache.
  const browser = await chromium.launch({
    ...browserLaunchOptions(),
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const page = await browser.newPage({ baseURL: baseURL! });
    await openPortal(page, person, application.path);
    await button(page, GENERATE).click();
    await expect(page.getByText(SECRET)).toBeVisible();
    await page.goto("/legrand/applications");
    await page.goBack({ waitUntil: "commit" });
    await expect(heading(page, application.name)).toBeVisible();
    await expect(page.getByText(SECRET)).toHaveCount(0);
  } finally {
    await browser.close();
  }
});

test("Delete at a secret asks first, and keeps the other one", async ({ page, person }) => {
  const application = await makeOwnedApplication(person);
  await openPortal(page, person, application.path);
  await generate(page, "The new one");
  await openTab(page, "Credentials");
  await secretRow(page, "Test").getByRole("button", { name: "Delete" }).click();
  await expect(heading(page, "Delete client secret “Test”?")).toBeVisible();
  await page.getByRole("link", { name: "Keep client secret" }).click();
  await secretRow(page, "Test").getByRole("button", { name: "Delete" }).click();
  await button(page, "Delete").click();
  await expect(page.getByText("The client secret is deleted.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Client secrets" }).getByRole("rowheader")).toHaveText([
    "The new one",
  ]);

  await button(page, "Delete").click();
  await button(page, "Delete").click();
  await expect(problem(page)).toContainText("It is the only valid client secret.");
  await expect(problem(page)).toBeFocused();
  await page
    .getByRole("checkbox", { name: "Suspend the application, and delete its only client secret" })
    .check();
  await button(page, "Delete").click();
  await expect(page.getByText("Suspended", { exact: true })).toBeVisible();
  await expect(page.getByText("There is no client secret.")).toBeVisible();
  await openTab(page, "Overview");
  await expect(page.getByText("No valid client secret")).toBeVisible();
});

test("the token endpoint accepts both live secrets, and only the new one after the old one is deleted", async ({
  page,
  person,
}) => {
  const application = await makeOwnedApplication(person);
  // With a valid secret the request fails only because of its grant.
  const errorWith = async (clientSecret: string) =>
    String((await refresh({ ...application, clientSecret }, "x".repeat(43))).body.error);
  await openPortal(page, person, application.path);
  const fresh = await generate(page, "The new one");
  expect([await errorWith(application.clientSecret), await errorWith(fresh)]).toEqual([
    "invalid_grant",
    "invalid_grant",
  ]);
  await openTab(page, "Credentials");
  const [, lastUsed] = await secretRow(page, "Test").getByRole("cell").all();
  await expect(lastUsed!).toHaveAccessibleName("just now");
  await secretRow(page, "Test").getByRole("button", { name: "Delete" }).click();
  await button(page, "Delete").click();
  await expect(page.getByText("The client secret is deleted.")).toBeVisible();
  expect([await errorWith(application.clientSecret), await errorWith(fresh)]).toEqual([
    "invalid_client",
    "invalid_grant",
  ]);
});

test("suspend and resume work, and the history has both", async ({ page, person }) => {
  const application = await makeOwnedApplication(person);
  await openPortal(page, person, `${application.path}/settings`);
  await page.getByRole("link", { name: "Suspend" }).click();
  await expect(heading(page, `Suspend ${application.name}?`)).toBeVisible();
  await button(page, "Suspend").click();
  await expect(page.getByText("Suspended", { exact: true })).toBeVisible();
  // One notice says it, has the focus, and resumes it. There is no other one.
  await expect(page.getByRole("status").filter({ hasText: "until you resume it" })).toBeFocused();
  await expect(page.getByText("is suspended")).toHaveCount(0);
  await button(page, "Resume").click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await openTab(page, "Settings");
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByRole("list", { name: "History" }).getByRole("listitem")).toContainText([
    /resumed the application/,
    /suspended the application/,
  ]);
});

test("Validate leads to the first secret, its mail, and the history, which begins there", async ({
  page,
  person,
}) => {
  const draft = await beginDraft({ name: "From the wizard" }, person);
  await sendStep(draft, "reply-urls", { reply_url: REPLY_URL });
  await sendStep(draft, "scopes", { scope: "comfort.read" });
  await openPortal(page, person, `/legrand/applications/new/review?draft=${draft.draft}`);
  await button(page, "Validate").click();
  await expect(heading(page, "From the wizard")).toBeVisible();
  await expect(page.getByText("It will not be shown again.")).toBeVisible();
  const secret = SECRET.exec(await page.getByRole("main").innerText())![0];
  const [mail] = await readMails(person.email);
  expect(mail!.text.includes(secret) && mail!.text.includes(draft.draft), "the mail has the same").toBe(true);
  await openTab(page, "Settings");
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByRole("list", { name: "History" }).getByRole("listitem")).toContainText([
    /generated the client secret “First secret”/,
    /registered the application/,
  ]);
});

test("a draft can be continued or deleted", async ({ page, person }) => {
  await beginDraft({ name: "Half a thermostat" }, person);
  await openPortal(page, person);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Continue" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Half a thermostat");
  await page.goto("/legrand/applications");
  await button(page, "Delete draft").click();
  await expect(page.getByRole("heading", { name: "Register your first application" })).toBeVisible();
});

test("delete refuses a wrong name beside the field, and deletes with the right one", async ({
  page,
  person,
}) => {
  const application = await makeOwnedApplication(person);
  await makeGrants(application.clientId, [await createPerson()]);
  await openPortal(page, person, `${application.path}/settings`);
  await page.getByRole("link", { name: "Delete application" }).click();
  await expect(page.getByText("the access of 1 person")).toBeVisible();
  await page.getByLabel(/^Type .* to confirm$/).fill("another name");
  await button(page, "Delete application").click();
  await expect(problem(page)).toBeFocused();
  await expect(page.getByLabel(/^Type .* to confirm$/)).toHaveValue("another name");
  await page.getByLabel(/^Type .* to confirm$/).fill(application.name);
  await button(page, "Delete application").click();
  await expect(heading(page, "My Applications")).toBeVisible();
  await expect(page.getByText(`${application.name} was deleted.`)).toBeVisible();
});

test("everything works without scripts", async ({ browser, baseURL, person }) => {
  const application = await makeOwnedApplication(person);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL! });
  const page = await context.newPage();
  await openPortal(page, person, application.path);
  await generate(page, "Without script");
  await openTab(page, "Credentials");
  await page.getByText("curl", { exact: true }).click();
  await expect(page.getByText("grant_type=authorization_code")).toBeVisible();
  await secretRow(page, "Test").getByRole("button", { name: "Delete" }).click();
  await button(page, "Delete").click();
  await expect(page.getByText("The client secret is deleted.")).toBeVisible();
  await page.goto("/legrand/applications/00000000-0000-4000-8000-000000000000");
  await expect(heading(page, "Page not found")).toBeVisible();
  await context.close();
});

test.describe("breaks no rule of axe in light, dark and at 390 px, and does not scroll sideways", () => {
  test("My Applications, empty", async ({ page, person }) => {
    await openPortal(page, person);
    await expectAccessible(page);
  });

  test("My Applications, with a search", async ({ page, person }) => {
    for (let i = 0; i < 6; i++) await makeOwnedApplication(person, i === 3 ? { name: "x".repeat(80) } : {});
    await openPortal(page, person);
    await expectAccessible(page);
  });

  test("every tab, with secrets of every kind, and a fresh one", async ({ page, person }) => {
    const application = await makeOwnedApplication(person, {
      replyUrls: [`https://long.example/${"path/".repeat(40)}`],
      name: "y".repeat(80),
    });
    await addSecret(
      application.clientId,
      "lgs_expires-soon",
      new Date(Date.now() + 10 * 24 * 60 * 60 * 1000),
    );
    await addSecret(application.clientId, "lgs_has-expired", new Date(Date.now() - 1000));
    await openPortal(page, person, application.path);
    await generate(page, "z".repeat(60));
    for (const tab of ["", "/credentials", "/reply-urls-and-scopes", "/access", "/settings"]) {
      if (tab) await page.goto(application.path + tab);
      for (const summary of await page.getByRole("main").locator("summary").all()) await summary.click();
      await expectAccessible(page);
    }
  });

  test("questions and history", async ({ page, person }) => {
    const application = await makeOwnedApplication(person);
    const [secret] = await query<{ id: string }>(
      `SELECT id FROM legrand_client_secret WHERE client_id = $1::uuid`,
      application.clientId,
    );
    await openPortal(page, person, `${application.path}/suspend`);
    await expectAccessible(page);
    await button(page, "Suspend").click();
    for (const path of ["/delete", `/secrets/${secret!.id}/delete`, "/history"]) {
      await page.goto(application.path + path);
      await expectAccessible(page);
    }
  });
});
