import { describe, expect, test } from "vitest";

import { authorize, openConsent } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { startConnecting } from "#tests/factories/connect-client.ts";
import { hiddenFields, offeredScopes, textOf, valuesOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import {
  beginDraft,
  draftIn,
  listHistory,
  register,
  REPLY_URL,
  sendEdit,
  sendStep,
  validate,
} from "#tests/factories/registration.ts";
import { findGrant } from "#tests/factories/stored.ts";
import { query } from "#tests/harness/database.ts";

type Terms = Record<string, { level: string; reason?: string }>;

const findTerms = async (clientId: string) =>
  Object.fromEntries(
    (
      await query<{ scope: string; level: string; reason: string | null }>(
        `SELECT scope, level::text, reason FROM legrand_requested_scope WHERE client_id = $1::uuid`,
        clientId,
      )
    ).map(({ scope, level, reason }) => [scope, { level, reason }]),
  );

/** Registers an application with these levels and reasons. */
async function makeWithTerms(terms: Terms): Promise<TestApplication> {
  const application = await makeApplication({ scopes: ["topology.read", ...Object.keys(terms)] });
  for (const [scope, { level, reason = null }] of Object.entries(terms))
    await query(
      `UPDATE legrand_requested_scope SET level = $3::legrand_scope_level, reason = $4 WHERE client_id = $1::uuid AND scope = $2`,
      application.clientId,
      scope,
      level,
      reason,
    );
  return application;
}

const TERMS: Terms = {
  "comfort.read": { level: "required", reason: "To draw your temperatures" },
  "light.read": { level: "suggested" },
  "light.write": { level: "optional", reason: "To switch the <b>lamp</b> & more" },
};
const SCOPE = "openid topology.read comfort.read light.read light.write";

describe("the consent page offers each scope as the registration says (decision 60)", () => {
  test("required is ticked and fixed, suggested is ticked, optional is not", async () => {
    const application = await makeWithTerms(TERMS);
    const { page } = await openConsent(application, await makeAccount(), { scope: SCOPE });
    expect(offeredScopes(page.text)).toEqual([
      { name: "openid", checked: true, fixed: true },
      { name: "topology.read", checked: true, fixed: true },
      { name: "comfort.read", checked: true, fixed: true },
      { name: "light.read", checked: true, fixed: false },
      { name: "light.write", checked: false, fixed: false },
    ]);
  });

  test("reasons are shown as text, whatever the developer typed", async () => {
    const application = await makeWithTerms(TERMS);
    const { page } = await openConsent(application, await makeAccount(), { scope: SCOPE });
    expect(textOf(page.text)).toContain("To switch the <b>lamp</b> & more");
    expect(page.text).not.toContain("<b>lamp");
    expect(textOf(page.text)).toContain("Quoted reasons are the application’s own words");
  });

  test("Accept grants a required scope that the form leaves out, and no optional one", async () => {
    const [application, account] = [await makeWithTerms(TERMS), await makeAccount()];
    const { browser, page } = await openConsent(application, account, { scope: SCOPE });
    await browser.post(`${page.url}/consent`, { decision: "accept", scope: ["light.read"] });
    expect(await findGrant(account.id, application.clientId)).toEqual({
      granted: ["comfort.read", "light.read", "openid", "topology.read"],
      rejected: ["light.write"],
    });
  });

  test("a scope that the application does not ask for now is not granted, even if it is required", async () => {
    const [application, account] = [await makeWithTerms(TERMS), await makeAccount()];
    await authorize({ application, account, scope: "openid topology.read light.read" });
    expect((await findGrant(account.id, application.clientId))!.granted).toEqual([
      "light.read",
      "openid",
      "topology.read",
    ]);
  });

  test("on a change, what is granted is ticked, whatever the level", async () => {
    const [application, account] = [await makeWithTerms(TERMS), await makeAccount()];
    const { browser } = await authorize({ application, account, scope: SCOPE, untick: ["light.read"] });
    const { page } = await openConsent(
      application,
      account,
      { scope: SCOPE, grant_management_action: "replace" },
      browser,
    );
    const checked = offeredScopes(page.text).filter((scope) => scope.checked);
    expect(checked.map(({ name }) => name)).toEqual([
      "openid",
      "topology.read",
      "comfort.read",
      "light.write",
    ]);
  });

  test("a later request marks what is new", async () => {
    const [application, account] = [await makeWithTerms(TERMS), await makeAccount()];
    const { browser, page: first } = await openConsent(application, account, { scope: "openid" });
    expect(textOf(first.text)).not.toContain("New");
    await browser.post(`${first.url}/consent`, { decision: "accept" });
    const { page } = await openConsent(application, account, { scope: SCOPE }, browser);
    expect(textOf(page.text)).toMatch(/See which lights are on light\.read New/);
  });

  test("Connect's own registration: a plain Accept grants nothing that controls the home", async () => {
    const [browser, account] = [new Browser(), await makeAccount()];
    const sent = await startConnecting(browser);
    const signInPage = await browser.follow(await browser.open(sent.href));
    const consentPage = await browser.follow(
      await browser.post(`${signInPage.url}/sign-in`, { email: account.email, password: account.password }),
    );
    const unticked = offeredScopes(consentPage.text).filter(({ checked }) => !checked);
    expect(unticked.map(({ name }) => name)).toEqual(["comfort.write"]);
  });
});

describe("a registration says how each scope is offered", () => {
  test("a form without levels registers every scope as suggested, topology.read as required", async () => {
    const { clientId } = await register([REPLY_URL], ["comfort.read", "comfort.write"]);
    expect(await findTerms(clientId)).toEqual({
      "topology.read": { level: "required", reason: null },
      "comfort.read": { level: "suggested", reason: null },
      "comfort.write": { level: "suggested", reason: null },
    });
  });

  test("levels and reasons are registered as typed, trimmed, and shown before Validate", async () => {
    const registering = await beginDraft();
    await sendStep(registering, "reply-urls", { reply_url: [REPLY_URL] });
    await sendStep(registering, "scopes", {
      scope: ["comfort.read", "comfort.write"],
      "level.comfort.read": "required",
      "reason.comfort.read": "  To draw   your temperatures ",
      "level.comfort.write": "optional",
      // Not ticked, so its terms are kept in the draft only.
      "level.light.read": "optional",
      "reason.topology.read": "To list your rooms",
    });
    const review = await registering.browser.open(
      `/legrand/applications/new/review?draft=${registering.draft}`,
    );
    expect(textOf(review.text)).toMatch(
      /comfort\.read Required: “To draw your temperatures” Change your heating comfort\.write Optional/,
    );
    await validate(registering);
    expect(await findTerms(registering.draft)).toEqual({
      "topology.read": { level: "required", reason: "To list your rooms" },
      "comfort.read": { level: "required", reason: "To draw your temperatures" },
      "comfort.write": { level: "optional", reason: null },
    });
  });

  test.each([
    ["a controlling scope as required", { "level.comfort.write": "required" }],
    ["topology.read as optional", { "level.topology.read": "optional" }],
    ["an unknown level", { "level.comfort.read": "always" }],
  ])("refuses %s", async (_what, fields) => {
    const registering = await beginDraft();
    const answer = await sendStep(registering, "scopes", {
      scope: ["comfort.read", "comfort.write"],
      ...fields,
    });
    expect(answer.status).toBe(422);
  });

  test("a reason of 140 characters is accepted; one of 141 is explained beside its field, and what was typed stays", async () => {
    const registering = await beginDraft();
    const exact = await sendStep(registering, "scopes", {
      scope: ["comfort.read"],
      "reason.comfort.read": "é".repeat(140),
    });
    expect(exact.location).toContain("/review");
    const long = await sendStep(registering, "scopes", {
      scope: ["comfort.read"],
      "reason.comfort.read": "é".repeat(141),
    });
    expect(new URL(long.location!).pathname).toBe("/legrand/applications/new/scopes");
    const page = await registering.browser.open(long.location!);
    expect(textOf(page.text)).toContain("There are 141 characters; the maximum is 140.");
    expect(valuesOf(page.text, "reason.comfort.read")).toEqual(["é".repeat(141)]);
    expect(draftIn(long)).toBe(registering.draft);
  });

  test("an edit changes them, with an entry in the history; a form without these fields leaves them", async () => {
    const editing = await register([REPLY_URL], ["comfort.read", "comfort.write"]);
    await sendEdit(editing, "scopes", {
      scope: ["comfort.read", "comfort.write"],
      "level.comfort.write": "optional",
      "reason.comfort.write": "To set a room",
    });
    const expected = { level: "optional", reason: "To set a room" };
    expect((await findTerms(editing.clientId))["comfort.write"]).toEqual(expected);
    expect((await listHistory(editing.clientId)).at(-1)!.detail.changes).toEqual([
      { field: "scope_terms", from: [], to: ["comfort.write: optional, “To set a room”"] },
    ]);
    await sendEdit(editing, "scopes", { scope: ["comfort.read", "comfort.write", "light.read"] });
    expect((await findTerms(editing.clientId))["comfort.write"]).toEqual(expected);
  });

  test("an edit that loses a scope keeps the typed levels through the question", async () => {
    const editing = await register([REPLY_URL], ["comfort.read", "comfort.write"]);
    const asked = await sendEdit(editing, "scopes", {
      scope: ["comfort.read"],
      "level.comfort.read": "optional",
    });
    const question = await editing.browser.open(asked.location!);
    expect(hiddenFields(question.text)["level.comfort.read"]).toBe("optional");
    await sendEdit(editing, "scopes", {
      ...hiddenFields(question.text),
      scope: ["topology.read", "comfort.read"],
      confirmed: ["comfort.write"],
    });
    expect((await findTerms(editing.clientId))["comfort.read"]).toEqual({ level: "optional", reason: null });
  });
});
