import type { Page } from "@playwright/test";

import { expect, test } from "#tests/e2e/fixtures.ts";
import { button, heading, signIn, status } from "#tests/e2e/journey.ts";
import { expectAccessible } from "#tests/e2e/look.ts";
import { query } from "#tests/harness/database.ts";
import { makePng } from "#tests/factories/pictures.ts";
import type { Person } from "#tests/e2e/rows.ts";
import { handOver, openPortal } from "#tests/e2e/way-in.ts";
import { signInToPortal } from "#tests/factories/portal.ts";

const FIELDS = {
  Name: "Lampada",
  Description: "Shows which lights are on.",
  Vendor: "Casa Luminosa",
  Url: "https://lampada.example/",
};
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const scope = (page: Page, label: string) => page.getByRole("checkbox", { name: label });

async function openWizard(page: Page, person: Person): Promise<void> {
  await openPortal(page, person, "/legrand/applications/new");
  await expect(page).toHaveURL(/\/new\/description/);
}

async function fillDescription(page: Page, fields = FIELDS): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await field(page, label).fill(value);
}

/** Goes from the first step to the review page. */
async function reachReview(page: Page, person: Person): Promise<void> {
  await openWizard(page, person);
  await fillDescription(page);
  await button(page, "Next Page").click();
  await field(page, "Reply URL 1").fill("https://lampada.example/callback");
  await button(page, "Next Page").click();
  await scope(page, "See which lights are on").check();
  await button(page, "Next Page").click();
  await expect(page.getByRole("heading", { name: "Review your application" })).toBeVisible();
}

async function register(page: Page, person: Person): Promise<string> {
  await reachReview(page, person);
  await button(page, "Validate").click();
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);
  return page.url().split("/").at(-1)!;
}

const findApplications = (person: Person) =>
  query<{ name: string; vendor: string; urls: string[]; scopes: string[] }>(
    `SELECT name, vendor, ARRAY(SELECT url FROM legrand_reply_url r WHERE r.client_id = a.client_id ORDER BY position) AS urls,
     ARRAY(SELECT scope FROM legrand_requested_scope s WHERE s.client_id = a.client_id ORDER BY scope) AS scopes
   FROM legrand_application a WHERE developer_id = $1::uuid`,
    person.id,
  );

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the tutorial's steps register the application (LEGRAND, Registration)", async ({
      page,
      person,
    }) => {
      await register(page, person);
      expect(await findApplications(person)).toEqual([
        {
          name: "Lampada",
          vendor: "Casa Luminosa",
          urls: ["https://lampada.example/callback"],
          scopes: ["light.read", "topology.read"],
        },
      ]);
    });

    test("after an empty form the error summary has the focus and links to the fields, and Previous Page loses nothing", async ({
      page,
      person,
    }) => {
      await openWizard(page, person);
      await button(page, "Next Page").click();
      await expect(page.getByRole("alert").first()).toBeFocused();
      await page.getByRole("link", { name: "Enter the name of the application." }).click();
      await expect(field(page, "Name")).toBeFocused();
      await fillDescription(page);
      await button(page, "Next Page").click();
      await field(page, "Reply URL 1").fill("not an address");
      await button(page, "Previous Page").click();
      await expect(field(page, "Name")).toHaveValue("Lampada");
      await button(page, "Next Page").click();
      await expect(field(page, "Reply URL 1")).toHaveValue("not an address");
    });

    test("allows ten reply URLs and no eleventh, removes one, and repairs one by a click", async ({
      page,
      person,
    }) => {
      await openWizard(page, person);
      await fillDescription(page);
      await button(page, "Next Page").click();
      for (let number = 1; number <= 10; number++) {
        await field(page, `Reply URL ${number}`).fill(
          `${number === 4 ? "http" : "https"}://lampada.example/${number}`,
        );
        if (number < 10) await button(page, "Add new reply URL").click();
      }
      await expect(button(page, "Add new reply URL")).toHaveCount(0);
      await button(page, "Remove").nth(9).click();
      await expect(field(page, "Reply URL 10")).toHaveCount(0);
      await button(page, "Next Page").click();
      await expect(page.getByText("Plain http is allowed for this machine only").first()).toBeVisible();
      await page.getByRole("button", { name: "Use https://lampada.example/4" }).click();
      await expect(field(page, "Reply URL 4")).toHaveValue("https://lampada.example/4");
      await button(page, "Next Page").click();
      await expect(page.getByRole("heading", { name: "Check the wanted scopes" })).toBeVisible();
      await expect(scope(page, "See your homes, rooms and devices")).toBeChecked();
      await expect(scope(page, "See your homes, rooms and devices")).toBeDisabled();
    });

    test("a logo is shown, and can be removed", async ({ page, person }) => {
      await openWizard(page, person);
      await fillDescription(page);
      await field(page, "Logo").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: makePng() });
      await button(page, "Next Page").click();
      await page
        .getByRole("navigation", { name: "Steps" })
        .getByRole("link", { name: "Description" })
        .click();
      await expect(page.getByAltText("The stored logo")).toBeVisible();
      await button(page, "Remove logo").click();
      await expect(page.getByAltText("The stored logo")).toHaveCount(0);
      await expect(field(page, "Name")).toHaveValue("Lampada");
    });

    test("asks before removing a scope, and lets every field be changed", async ({ page, person }) => {
      const clientId = await register(page, person);
      await page.goto(`/legrand/applications/${clientId}/edit/scopes`);
      await scope(page, "See which lights are on").uncheck();
      await button(page, "Save changes").click();
      await expect(page.getByRole("heading", { name: "Remove this scope?" })).toBeVisible();
      await expect(page.getByText("No person has granted it so far.")).toBeVisible();
      await button(page, "Remove the scope").click();
      await expect(page).toHaveURL(new RegExp(`/${clientId}/reply-urls-and-scopes$`));
      await expect(status(page, "Your changes are saved.")).toBeFocused();
      await page.goto(`/legrand/applications/${clientId}/edit/description`);
      await field(page, "Vendor").fill("");
      await button(page, "Save changes").click();
      await expect(page.getByRole("alert").first()).toBeFocused();
      await field(page, "Vendor").fill("Casa Nuova");
      await button(page, "Save changes").click();
      await expect(page).toHaveURL(new RegExp(`/${clientId}/settings$`));
      expect(await findApplications(person)).toMatchObject([
        { vendor: "Casa Nuova", scopes: ["topology.read"] },
      ]);
    });
  });
}

test("what is typed survives a reload, a sign-out and a sign-in, without a button press", async ({
  page,
  person,
}) => {
  await openWizard(page, person);
  await fillDescription(page);
  await expect(page.getByText("Saved as a draft")).toBeVisible();
  await expect(page).toHaveURL(/draft=/);
  await page.reload();
  await expect(field(page, "Url")).toHaveValue(FIELDS.Url);
  await field(page, "Vendor").fill("Typed a moment before");
  const address = page.url();
  await page.reload();
  await expect(field(page, "Vendor")).toHaveValue("Typed a moment before");
  await button(page, "Sign out").click();
  await expect(status(page, "You are signed out.")).toBeVisible();
  await page.goto(address);
  await signIn(page, person);
  await expect(field(page, "Name")).toHaveValue("Lampada");
});

test("what is filled in before the scripts loaded is saved as a draft, on every page of the wizard", async ({
  page,
  person,
  context,
}) => {
  await handOver((await signInToPortal(person)).browser, page);
  let loaded = Promise.withResolvers<void>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await loaded.promise;
    await route.continue();
  });
  let search = "";
  for (const [step, fill, expectFilled] of [
    [
      "description",
      (on: Page) => field(on, "Name").fill("Typed early"),
      (on: Page) => expect(field(on, "Name")).toHaveValue("Typed early"),
    ],
    [
      "reply-urls",
      (on: Page) => field(on, "Reply URL 1").fill("https://early.example/cb"),
      (on: Page) => expect(field(on, "Reply URL 1")).toHaveValue("https://early.example/cb"),
    ],
    [
      "scopes",
      (on: Page) => scope(on, "See which lights are on").check(),
      (on: Page) => expect(scope(on, "See which lights are on")).toBeChecked(),
    ],
  ] as const) {
    loaded = Promise.withResolvers();
    await page.goto(`/legrand/applications/new/${step}${search}`, { waitUntil: "commit" });
    await fill(page);
    loaded.resolve();
    await expect(page.getByText("Saved as a draft")).toBeVisible();
    await expectFilled(page);
    search = new URL(page.url()).search;
    expect(search).toMatch(/draft=/);
    const other = await context.newPage();
    await other.goto(page.url());
    await expectFilled(other);
    await other.close();
  }
});

test("the consent page beside the form shows what is typed, with the chosen logo", async ({
  page,
  person,
}) => {
  await openWizard(page, person);
  const preview = page.getByRole("region", { name: "How people will see it" });
  await fillDescription(page);
  await expect(preview.getByText("Lampada is asking for access to your home")).toBeVisible();
  await expect(preview.getByText("Made by Casa Luminosa")).toBeVisible();
  await field(page, "Logo").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: makePng() });
  await expect(preview.locator("img")).toHaveAttribute("src", /^data:image\/png/);
  // On a wide window the preview is beside the form.
  const [form, shown] = [await page.locator("form#step").boundingBox(), await preview.boundingBox()];
  expect(shown!.x).toBeGreaterThan(form!.x + form!.width);
  // The preview is a picture: the page has one first-level heading, and Accept cannot be pressed.
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});

test("an error disappears if its field was changed before the scripts loaded", async ({ page, person }) => {
  await openWizard(page, person);
  await fillDescription(page, { ...FIELDS, Name: "" });
  const loaded = Promise.withResolvers<void>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await loaded.promise;
    await route.continue();
  });
  await button(page, "Next Page").click({ noWaitAfter: true });
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary.getByRole("listitem")).toHaveCount(1);
  await field(page, "Name").fill("Lampada");
  loaded.resolve();
  await expect(summary).toBeHidden();
  await expect(page.locator("[aria-invalid]")).toHaveCount(0);
});

test("an error disappears beside the field and in the summary once its field is changed", async ({
  page,
  person,
}) => {
  await openWizard(page, person);
  await fillDescription(page, { ...FIELDS, Name: "", Url: "ftp://lampada.example" });
  await button(page, "Next Page").click();
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary.getByRole("listitem")).toHaveCount(2);
  await field(page, "Name").fill("Lampada");
  await expect(page.getByText("Enter the name of the application.")).toHaveCount(2);
  for (const message of await page.getByText("Enter the name of the application.").all())
    await expect(message).toBeHidden();
  await expect(field(page, "Name")).not.toHaveAttribute("aria-invalid");
  await expect(summary.getByRole("listitem")).toHaveCount(1);
  await field(page, "Url").fill("https://lampada.example/");
  await expect(summary).toBeHidden();
  await expect(page.locator("[aria-invalid]")).toHaveCount(0);
  await button(page, "Next Page").click();
  await expect(field(page, "Reply URL 1")).toBeVisible();
});

test("a reply URL is checked while it is typed, and two that differ by a slash are pointed out", async ({
  page,
  person,
}) => {
  await openWizard(page, person);
  await fillDescription(page);
  await button(page, "Next Page").click();
  await field(page, "Reply URL 1").fill("https://https://lampada.example/cb");
  await expect(page.getByText("The scheme appears twice: remove one.")).toBeVisible();
  await page.getByRole("button", { name: "Use https://lampada.example/cb" }).click();
  await expect(field(page, "Reply URL 1")).toHaveValue("https://lampada.example/cb");
  await button(page, "Add new reply URL").click();
  await expect(field(page, "Reply URL 2")).toBeFocused();
  await field(page, "Reply URL 2").fill("https://lampada.example/cb/");
  await expect(page.getByText("differ only by a trailing slash")).toBeVisible();
});

test("a message does not move a button while it is being pressed", async ({ page, person }) => {
  await page.clock.install();
  await openWizard(page, person);
  await fillDescription(page);
  await button(page, "Next Page").click();
  await field(page, "Reply URL 1").fill("https://https://lampada.example/cb");
  await button(page, "Add new reply URL").hover();
  await page.mouse.down();
  await page.clock.runFor(3_000);
  await expect(page.getByText("The scheme appears twice: remove one.")).toHaveCount(0);
  await page.mouse.up();
  await expect(field(page, "Reply URL 2")).toBeFocused();
  await page.clock.runFor(3_000);
  await expect(page.getByText("The scheme appears twice: remove one.")).toBeVisible();
});

test("a reply URL that was typed before the scripts had loaded is checked when they have", async ({
  page,
  person,
}) => {
  await openWizard(page, person);
  await fillDescription(page);
  await button(page, "Next Page").click();
  await expect(field(page, "Reply URL 1")).toBeVisible();
  let letScriptsIn = () => {};
  const scripts = new Promise<void>((resolve) => {
    letScriptsIn = resolve;
  });
  await page.route("**/_next/static/**", async (route) => {
    await scripts;
    await route.continue();
  });
  await page.reload({ waitUntil: "commit" });
  await field(page, "Reply URL 1").fill("https://https://lampada.example/cb");
  letScriptsIn();
  await expect(page.getByText("The scheme appears twice: remove one.")).toBeVisible();
});

test("Validate pressed twice, and after going back, makes one application", async ({ page, person }) => {
  await reachReview(page, person);
  const review = page.url();
  await button(page, "Validate").dblclick();
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);
  await expect(page.getByText(/lgs_/).first()).toBeVisible();
  await page.goto(review);
  await expect(page).toHaveURL(/\/applications\/[0-9a-f-]{36}$/);
  expect(await findApplications(person)).toHaveLength(1);
  expect(
    await query(
      `SELECT 1 FROM legrand_client_secret c JOIN legrand_application a USING (client_id) WHERE a.developer_id = $1::uuid`,
      person.id,
    ),
  ).toHaveLength(1);
});

test("each step breaks no rule of axe, with and without errors, in both themes and on a telephone", async ({
  page,
  person,
}) => {
  test.setTimeout(120_000);
  await openWizard(page, person);
  await expectAccessible(page);
  await button(page, "Next Page").click();
  await expectAccessible(page);
  await fillDescription(page);
  await button(page, "Next Page").click();
  await field(page, "Reply URL 1").fill(`http://${"lampada.".repeat(20)}example/callback`);
  await button(page, "Next Page").click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Scopes" }).click();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Review" }).click();
  await button(page, "Validate").click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expectAccessible(page);
});

test("the editor, its question and the view of a conflict break no rule of axe", async ({
  page,
  person,
  context,
}) => {
  test.setTimeout(120_000);
  const edit = `/legrand/applications/${await register(page, person)}/edit`;
  await page.goto(`${edit}/description`);
  await expect(heading(page, "Edit Lampada")).toBeVisible();
  await expectAccessible(page);
  const second = await context.newPage();
  await second.goto(`${edit}/description`);
  await field(second, "Name").fill("Earlier");
  await button(second, "Save changes").click();
  await expect(second).not.toHaveURL(/\/edit/);
  await field(page, "Name").fill("Later");
  await button(page, "Save changes").click();
  await expect(
    page.getByRole("heading", { name: "This was changed while you were editing it" }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${edit}/scopes`);
  await scope(page, "See which lights are on").uncheck();
  await button(page, "Save changes").click();
  await expect(page.getByRole("link", { name: "Go back" })).toBeFocused();
  await expectAccessible(page);
});
