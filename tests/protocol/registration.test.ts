import { randomUUID } from "node:crypto";

import * as client from "openid-client";
import { describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import { Browser } from "#tests/factories/browser.ts";
import { issuer } from "#tests/factories/client.ts";
import { textOf, valuesOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { addSecret } from "#tests/factories/make-application.ts";
import { makePng } from "#tests/factories/pictures.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import {
  beginDraft,
  completeDraft,
  DESCRIPTION,
  draftIn,
  findDraftFields,
  findRegistered,
  listHistory,
  REPLY_URL,
  register,
  sendStep,
  validate,
} from "#tests/factories/registration.ts";
import { query } from "#tests/harness/database.ts";

const NEW = "/legrand/applications/new";
const countApplications = async (accountId: string) =>
  (
    await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM legrand_application WHERE developer_id = $1::uuid`,
      accountId,
    )
  )[0]!.count;
const countDrafts = async (accountId: string) =>
  (
    await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM legrand_application_draft WHERE developer_id = $1::uuid`,
      accountId,
    )
  )[0]!.count;

/** Sends the description with a file, as a browser does. */
function sendLogo(
  browser: Browser,
  draft: string,
  bytes: Uint8Array<ArrayBuffer>,
  name = "logo.png",
): ReturnType<Browser["send"]> {
  const form = new FormData();
  for (const [field, value] of Object.entries({ draft, ...DESCRIPTION, name: "Typed beside the logo" }))
    form.append(field, value);
  form.append("logo", new Blob([bytes], { type: "image/png" }), name);
  form.append("action", "next");
  return browser.send(`${NEW}/description/submit`, {
    method: "POST",
    body: form,
    headers: { origin: browser.origin },
  });
}

test("Validate registers exactly what was typed, with its first history entry (LEGRAND, Registration)", async () => {
  const { draft, account, ...rest } = await completeDraft(
    [REPLY_URL, "http://localhost:3000/cb"],
    ["light.read", "profile"],
    { name: "  Thermo  \t Plus " },
  );
  const answer = await validate({ draft, ...rest });
  expect(answer).toMatchObject({
    status: 303,
    location: `${rest.browser.origin}/legrand/applications/${draft}`,
  });
  expect(await findRegistered(draft)).toEqual({
    name: "Thermo Plus",
    type: "web",
    description: DESCRIPTION.description,
    vendor: "Thermo Ltd",
    url: "https://thermo.example/",
    logo: null,
    developer: account.id,
    replyUrls: [REPLY_URL, "http://localhost:3000/cb"],
    scopes: ["light.read", "profile", "topology.read"],
  });
  expect(await listHistory(draft)).toEqual([{ who: "Alix Test", what: "registered", detail: {} }]);
  expect(await findDraftFields(draft)).toBeNull();
});

test("the registered application asks for exactly its scopes, and gets a code at each reply URL", async () => {
  const replyUrls = [REPLY_URL, "http://127.0.0.1:3000/cb", "urn:example:thermo"];
  const { clientId } = await register(replyUrls, ["comfort.read", "email"]);
  for (const replyUrl of replyUrls) {
    const application = { clientId, clientSecret: "", replyUrl, replyUrls, scopes: [], name: "Thermo" };
    const { code, asked } = await authorize({ application, account: await makeAccount() });
    expect(code).not.toBe("");
    expect(asked[0]!.toSorted()).toEqual(["comfort.read", "email", "topology.read"]);
  }
});

test("the registered application works with openid-client: discovery, code, tokens, refresh, userinfo", async () => {
  const { clientId } = await register([REPLY_URL], ["comfort.read", "email"]);
  const clientSecret = `lgs_${randomUUID()}`;
  await addSecret(clientId, clientSecret);
  const configuration = await client.discovery(new URL(issuer()), clientId, clientSecret, undefined, {
    execute: [client.allowInsecureRequests],
  });
  const [verifier, nonce, account] = [
    client.randomPKCECodeVerifier(),
    client.randomNonce(),
    await makeAccount(),
  ];
  const params = {
    scope: "openid email comfort.read topology.read",
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  };
  const { callback } = await authorize({
    application: { clientId, clientSecret, replyUrl: REPLY_URL, replyUrls: [], scopes: [], name: "" },
    account,
    scope: params.scope,
    params,
  });
  const tokens = await client.authorizationCodeGrant(configuration, callback, {
    pkceCodeVerifier: verifier,
    expectedNonce: nonce,
    expectedState: "s",
    idTokenExpected: true,
  });
  const renewed = await client.refreshTokenGrant(configuration, tokens.refresh_token!);
  expect(await client.fetchUserInfo(configuration, renewed.access_token, tokens.claims()!.sub)).toMatchObject(
    { sub: account.id, email: account.email },
  );
});

describe("validating a draft repeatedly makes one application", () => {
  test("one after the other: the answer is the same, and no second secret is requested once there is one", async () => {
    const registering = await completeDraft();
    const first = await validate(registering);
    const second = await validate(registering);
    expect([second.status, second.location]).toEqual([first.status, first.location]);
    expect(await countApplications(registering.account.id)).toBe(1);
    const pending = await query(
      `SELECT 1 FROM legrand_pending_secret WHERE client_id = $1::uuid`,
      registering.draft,
    );
    expect(pending).toHaveLength(1);
    await query(
      `INSERT INTO legrand_client_secret (id, client_id, secret_digest, last_characters, label, expires_at) VALUES ($1::uuid, $2::uuid, $3, 'abcd', 'Shown', now() + interval '1 year')`,
      randomUUID(),
      registering.draft,
      randomUUID(),
    );
    const third = await validate(registering);
    expect(third.location).toBe(first.location);
    expect(third.headers.getSetCookie()).toEqual([]);
  });

  test("ten times at once", async () => {
    const registering = await completeDraft();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        registering.browser.post(`${NEW}/review/submit`, { draft: registering.draft, action: "validate" }),
      ),
    );
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`))).toEqual(
      new Set([`303 ${registering.browser.origin}/legrand/applications/${registering.draft}`]),
    );
    expect(await countApplications(registering.account.id)).toBe(1);
    expect(await listHistory(registering.draft)).toHaveLength(1);
  });

  test("a step that is sent later, from a tab that stayed open, changes nothing and leads to the application", async () => {
    const registering = await register();
    const answer = await sendStep(registering, "description", { ...DESCRIPTION, name: "Another" });
    expect(answer.location).toBe(
      `${registering.browser.origin}/legrand/applications/${registering.clientId}`,
    );
    expect((await findRegistered(registering.clientId))!.name).toBe("Thermo");
    expect(await countDrafts(registering.account.id)).toBe(0);
  });

  test("sending the first form several times makes one draft", async () => {
    const { browser, account } = await signInToPortal();
    const page = await browser.open(`${NEW}/description`);
    const [ticket] = valuesOf(page.text, "ticket");
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        browser.post(`${NEW}/description/submit`, { ticket: ticket!, action: "next", ...DESCRIPTION }),
      ),
    );
    expect(new Set(answers.map(draftIn)).size).toBe(1);
    expect(await countDrafts(account.id)).toBe(1);
  });
});

// One accepted and one refused form for each rule. tests/unit/applications has a table of the rules
// themselves.
describe("a reply URL through the form", () => {
  test.each([
    "https://thermo.example",
    "https://thermo.example/",
    "https://thermo.example:8443/a/b?c=d",
    "http://localhost:3000/cb",
    "http://127.0.0.1:5000/",
    "http://[::1]:5000/cb",
    "urn:ietf:wg:oauth:2.0:oob",
    "msal6ba7b810-9dad-11d1-80b4-00c04fd430c8://auth",
  ])("accepts %s, and stores it as typed", async (replyUrl) => {
    const registering = await beginDraft();
    expect((await sendStep(registering, "reply-urls", { reply_url: [replyUrl] })).location).toBe(
      `${registering.browser.origin}${NEW}/scopes?draft=${registering.draft}`,
    );
    await validate(registering);
    expect((await findRegistered(registering.draft))!.replyUrls).toEqual([replyUrl]);
  });

  test.each([
    ["", null],
    ["http://thermo.example/cb", "https://thermo.example/cb"],
    ["https://https://thermo.example/cb", "https://thermo.example/cb"],
    [" https://thermo.example/cb", "https://thermo.example/cb"],
    ["https://THERMO.example/cb", "https://thermo.example/cb"],
    ["http://localhost/cb", "http://localhost:3000/cb"],
    ["https://thermo.example/cb#x", "https://thermo.example/cb"],
    ["https://user@thermo.example/cb", "https://thermo.example/cb"],
    ["https://*.thermo.example/cb", null],
    ["javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["file:///etc/passwd", null],
    ["com.example.thermo:/cb", null],
    [`https://thermo.example/${"a".repeat(2000)}`, null],
  ])("refuses %j with the reason, keeps what was typed, and suggests %j", async (typed, repaired) => {
    const registering = await beginDraft();
    const answer = await sendStep(registering, "reply-urls", { reply_url: [typed] });
    expect(answer.location).toContain("check=1");
    const page = await registering.browser.open(answer.location!);
    expect(valuesOf(page.text, "reply_url")).toEqual([typed]);
    expect(page.text).toContain('id="reply-url-1-error"');
    expect(/Use <span[^>]*>([^<]*)</.exec(page.text)?.[1] ?? null).toBe(repaired);
    expect((await validate(registering)).location).toContain("/review?");
    expect(await findRegistered(registering.draft)).toBeNull();
  });

  test("is repaired, added and removed by a form post, without a script", async () => {
    const registering = await beginDraft();
    const press = (urls: string[], button: Record<string, string>) =>
      sendStep(registering, "reply-urls", { reply_url: urls, ...button });
    expect((await press(["http://thermo.example/cb"], { repair: "1" })).location).toMatch(/#reply-url-1$/);
    expect((await findDraftFields(registering.draft))!.replyUrls).toEqual(["https://thermo.example/cb"]);
    expect((await press(["a"], { add: "1" })).location).toMatch(/#reply-url-2$/);
    expect((await findDraftFields(registering.draft))!.replyUrls).toEqual(["a", ""]);
    await press(["a", "b", "c"], { remove: "2" });
    expect((await findDraftFields(registering.draft))!.replyUrls).toEqual(["a", "c"]);
    await press(["a"], { remove: "1" });
    expect((await findDraftFields(registering.draft))!.replyUrls).toEqual([""]);
  });
});

describe("a form that no page of the application sends gets a 4xx and changes nothing", () => {
  const urls = (count: number) =>
    Array.from({ length: count }, (_, index) => `https://thermo.example/${index}`);

  test.each<[string, string, Record<string, string | string[]>, number]>([
    ["an eleventh reply URL", "reply-urls", { reply_url: urls(11) }, 422],
    ["an eleventh field", "reply-urls", { reply_url: urls(10), add: "1" }, 422],
    ["no reply URL field at all", "reply-urls", {}, 422],
    ["a button that is not there", "reply-urls", { reply_url: urls(1), remove: "2" }, 422],
    ["an unknown scope", "scopes", { scope: ["comfort.read", "root"] }, 422],
    ["a scope that needs no registration", "scopes", { scope: ["openid"] }, 422],
    ["an unknown type", "description", { ...DESCRIPTION, type: "desktop" }, 422],
    ["a description with a field missing", "description", { type: "web", name: "Thermo" }, 422],
    ["a step that does not exist", "payment", {}, 404],
    ["a NUL character", "description", { ...DESCRIPTION, name: "a\0b" }, 400],
  ])("%s", async (_case, step, form, status) => {
    const registering = await completeDraft();
    const before = await findDraftFields(registering.draft);
    expect((await sendStep(registering, step, form)).status).toBe(status);
    expect(await findDraftFields(registering.draft)).toEqual(before);
  });

  test("a draft with a missing step, validated without the review page", async () => {
    const registering = await beginDraft();
    const answer = await registering.browser.post(`${NEW}/review/submit`, {
      draft: registering.draft,
      action: "validate",
    });
    expect(answer.status).toBe(422);
    expect(await countApplications(registering.account.id)).toBe(0);
  });

  test("another developer's draft, which answers as an unknown one", async () => {
    const [theirs, mine] = [await completeDraft(), await signInToPortal()];
    const before = await findDraftFields(theirs.draft);
    for (const draft of [theirs.draft, randomUUID(), "not-an-id"]) {
      for (const answer of [
        await mine.browser.open(`${NEW}/description?draft=${draft}`),
        await sendStep({ browser: mine.browser, draft }, "description", DESCRIPTION),
        await mine.browser.post(`${NEW}/description/save`, { draft, ...DESCRIPTION }),
        await mine.browser.post(`${NEW}/review/submit`, { draft, action: "validate" }),
        await mine.browser.post(`/legrand/applications/drafts/${draft}/delete`, {}),
      ])
        expect(answer.status, `${answer.url} ${draft}`).toBe(404);
    }
    expect(await findDraftFields(theirs.draft)).toEqual(before);
    expect(await findRegistered(theirs.draft)).toBeNull();
  });

  test("a ticket that was issued to another developer, or to none, so no client can choose its client_id", async () => {
    const [theirs, mine] = [await signInToPortal(), await signInToPortal()];
    const [ticket] = valuesOf((await theirs.browser.open(`${NEW}/description`)).text, "ticket");
    for (const one of [ticket!, randomUUID()]) {
      expect(
        (await mine.browser.post(`${NEW}/description/submit`, { ticket: one, ...DESCRIPTION })).status,
      ).toBe(404);
    }
    expect(await countDrafts(mine.account.id)).toBe(0);
  });

  test("a form from another site (OWASP CSRF Cheat Sheet)", async () => {
    const registering = await completeDraft();
    const before = await findDraftFields(registering.draft);
    const evil = { origin: "https://evil.example" };
    for (const step of ["description", "reply-urls", "scopes", "review"]) {
      expect(
        (
          await sendStep(
            registering,
            step,
            {
              ...DESCRIPTION,
              reply_url: ["https://evil.example/"],
              scope: ["lock.read"],
              action: "validate",
            },
            evil,
          )
        ).status,
      ).toBe(403);
    }
    expect(
      (
        await registering.browser.post(
          `${NEW}/scopes/save`,
          { draft: registering.draft, scope: "lock.read" },
          evil,
        )
      ).status,
    ).toBe(403);
    expect(
      (await registering.browser.post(`/legrand/applications/drafts/${registering.draft}/delete`, {}, evil))
        .status,
    ).toBe(403);
    expect(await findDraftFields(registering.draft)).toEqual(before);
    expect(await countApplications(registering.account.id)).toBe(0);
  });

  test("without a session redirects to the sign-in page", async () => {
    const answer = await new Browser().post(`${NEW}/description/submit`, DESCRIPTION);
    expect(answer.location).toContain("/legrand/sign-in");
    expect((await new Browser().open(`${NEW}/scopes?draft=${randomUUID()}`)).location).toContain(
      "/legrand/sign-in",
    );
  });
});

describe("a draft", () => {
  test("keeps what was typed, valid or not, across steps and sign-ins", async () => {
    const first = await beginDraft({ name: "", url: "not an address" });
    await sendStep(first, "reply-urls", { reply_url: ["http://wrong.example", ""], action: "previous" });
    const { browser } = await signInToPortal(first.account);
    const description = await browser.open(`${NEW}/description?draft=${first.draft}`);
    expect([valuesOf(description.text, "name"), valuesOf(description.text, "url")]).toEqual([
      [""],
      ["not an address"],
    ]);
    expect(
      valuesOf((await browser.open(`${NEW}/reply-urls?draft=${first.draft}`)).text, "reply_url"),
    ).toEqual(["http://wrong.example", ""]);
    const review = await browser.open(`${NEW}/review?draft=${first.draft}`);
    expect(textOf(review.text)).toContain("Enter the name of the application.");
    expect((await validate({ browser, draft: first.draft })).location).toContain(
      `${NEW}/review?draft=${first.draft}&check=1`,
    );
  });

  test("is created by the first words, and saved while the developer types", async () => {
    const { browser, account } = await signInToPortal();
    const [ticket] = valuesOf((await browser.open(`${NEW}/description`)).text, "ticket");
    const save = async (form: Record<string, string>) =>
      JSON.parse((await browser.post(`${NEW}/description/save`, form)).text) as { draft: string | null };
    const empty = { ticket: ticket!, type: "web", name: "", description: "", vendor: "", url: "" };
    expect(await save(empty)).toEqual({ draft: null });
    expect(await countDrafts(account.id)).toBe(0);
    const { draft } = await save({ ...empty, name: "T" });
    expect(await save({ ...empty, name: "Th" })).toEqual({ draft });
    expect(await findDraftFields(draft!)).toMatchObject({ name: "Th" });
  });

  test("is not created by opening and cancelling the form, and is deleted on request", async () => {
    const { browser, account } = await signInToPortal();
    const empty = { type: "web", name: "", description: "", vendor: "", url: "", action: "cancel" };
    expect((await browser.post(`${NEW}/description/submit`, empty)).location).toBe(
      `${browser.origin}/legrand/applications`,
    );
    expect(await countDrafts(account.id)).toBe(0);
    const { draft } = await beginDraft({}, account);
    expect((await browser.post(`/legrand/applications/drafts/${draft}/delete`, {})).status).toBe(303);
    expect(await countDrafts(account.id)).toBe(0);
  });

  test("is limited to twenty an account, even if thirty are begun at once", async () => {
    const { browser, account } = await signInToPortal();
    await Promise.all(
      Array.from({ length: 30 }, () => browser.post(`${NEW}/description/submit`, DESCRIPTION)),
    );
    expect(await countDrafts(account.id)).toBe(20);
    expect(textOf((await browser.open(`${NEW}/description`)).text)).toContain(
      "There are 20 unfinished applications",
    );
  });

  test("that was changed in another tab after the review has to be reviewed again", async () => {
    const registering = await completeDraft();
    const page = await registering.browser.open(`${NEW}/review?draft=${registering.draft}`);
    await sendStep(registering, "scopes", { scope: ["lock.read"] });
    const [reviewed] = valuesOf(page.text, "reviewed");
    const answer = await registering.browser.post(`${NEW}/review/submit`, {
      draft: registering.draft,
      reviewed: reviewed!,
      action: "validate",
    });
    expect(answer.location).toContain("/review?");
    expect(await findRegistered(registering.draft)).toBeNull();
  });
});

describe("a logo", () => {
  test("is kept with the draft, can be removed, and is registered", async () => {
    const registering = await completeDraft();
    const answer = await sendLogo(registering.browser, registering.draft, new Uint8Array(makePng()));
    expect(answer.location).toContain("/reply-urls?");
    const page = await registering.browser.open(`${NEW}/description?draft=${registering.draft}`);
    expect(page.text).toMatch(/<img src="\/legrand\/logos\/[\w-]+-128\.png"/);
    await sendStep(registering, "description", { ...DESCRIPTION, action: "remove-logo" });
    expect(
      (await registering.browser.open(`${NEW}/description?draft=${registering.draft}`)).text,
    ).not.toContain("/legrand/logos/");
    await sendLogo(registering.browser, registering.draft, new Uint8Array(makePng()));
    await validate(registering);
    expect((await findRegistered(registering.draft))!.logo).toMatch(/^\/legrand\/logos\//);
  });

  test.each<[string, Uint8Array<ArrayBuffer>]>([
    ["that is no picture", new Uint8Array(Buffer.from("MZ this is a program"))],
    ["of 2 MB", new Uint8Array(2 * 1024 * 1024)],
  ])("%s: shows the reason once, beside the field, and keeps what was typed", async (_case, bytes) => {
    const { browser, draft } = await completeDraft();
    const answer = await sendLogo(browser, draft, bytes);
    expect(answer.status).toBe(303);
    const page = await browser.open(answer.location!);
    expect(page.text).toContain('id="logo-error"');
    expect(valuesOf(page.text, "name")).toEqual(["Typed beside the logo"]);
    await sendStep({ browser, draft }, "description", DESCRIPTION);
    expect((await browser.open(answer.location!)).text).not.toContain('id="logo-error"');
  });

  test("of 50 MB: 413, nothing is registered, and the form keeps what was typed", async () => {
    const { browser, draft, account } = await completeDraft();
    const answer = await sendLogo(browser, draft, new Uint8Array(50 * 1024 * 1024));
    expect(answer.status).toBe(413);
    const [, back] = /url=(.*)/.exec(answer.headers.get("refresh")!)!;
    const page = await browser.open(back!);
    expect(page.text).toContain('id="logo-error"');
    expect(valuesOf(page.text, "name")).toEqual(["Typed beside the logo"]);
    expect(await countApplications(account.id)).toBe(0);
  });
});

test("an account has at most a hundred applications, and the next one stays a draft", async () => {
  const registering = await completeDraft();
  await query(
    `INSERT INTO legrand_application (client_id, developer_id, name, description, vendor, url) SELECT gen_random_uuid(), $1::uuid, 'One of many', 'x', 'x', 'https://x.example' FROM generate_series(1, 100) RETURNING 1 AS done`,
    registering.account.id,
  );
  const answer = await validate(registering);
  expect(textOf((await registering.browser.open(answer.location!)).text)).toContain(
    "An account can have at most 100 applications.",
  );
  expect(await countApplications(registering.account.id)).toBe(100);
  expect(await findDraftFields(registering.draft)).not.toBeNull();
});
