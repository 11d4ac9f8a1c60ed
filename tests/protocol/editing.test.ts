import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { authorize, authorizeUrl } from "#tests/factories/authorize.ts";
import type { Page } from "#tests/factories/browser.ts";
import { redeem, refresh } from "#tests/factories/client.ts";
import { hiddenFields, textOf, valuesOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { matching } from "#tests/factories/matchers.ts";
import { addSecret } from "#tests/factories/make-application.ts";
import { makePng } from "#tests/factories/pictures.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import {
  DESCRIPTION,
  findRegistered,
  listHistory,
  register,
  REPLY_URL,
  sendEdit,
  type Registering,
} from "#tests/factories/registration.ts";
import { query } from "#tests/harness/database.ts";

type Editing = Registering & { clientId: string };

const editPath = ({ clientId }: Editing, step: string) => `/legrand/applications/${clientId}/edit/${step}`;
const isSaved = ({ location }: Page, { browser, clientId }: Editing) =>
  ["settings", "reply-urls-and-scopes"].some(
    (tab) => location === `${browser.origin}/legrand/applications/${clientId}/${tab}`,
  );
const countDrafts = async ({ clientId }: Editing) =>
  (
    await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM legrand_application_draft WHERE client_id = $1::uuid`,
      clientId,
    )
  )[0]!.count;

test("every field can be changed, and the history has each change with the former value (item 6)", async () => {
  const editing = await register();
  const description = {
    type: "mobile",
    name: "Thermo Two",
    description: "Another sentence.",
    vendor: "Thermo SA",
    url: "https://two.example/",
  };
  expect(isSaved(await sendEdit(editing, "description", description), editing)).toBe(true);
  expect(
    isSaved(
      await sendEdit(editing, "reply-urls", { reply_url: ["https://two.example/cb", "com.example.two:/cb"] }),
      editing,
    ),
  ).toBe(true);
  expect(isSaved(await sendEdit(editing, "scopes", { scope: ["comfort.read", "light.read"] }), editing)).toBe(
    true,
  );
  expect(await findRegistered(editing.clientId)).toMatchObject({
    ...description,
    replyUrls: ["https://two.example/cb", "com.example.two:/cb"],
    scopes: ["comfort.read", "light.read", "topology.read"],
  });
  expect((await listHistory(editing.clientId)).slice(1)).toEqual([
    {
      who: "Alix Test",
      what: "edited",
      detail: {
        changes: [
          { field: "type", from: "web", to: "mobile" },
          { field: "name", from: "Thermo", to: "Thermo Two" },
          { field: "description", from: DESCRIPTION.description, to: "Another sentence." },
          { field: "vendor", from: "Thermo Ltd", to: "Thermo SA" },
          { field: "url", from: "https://thermo.example/", to: "https://two.example/" },
        ],
      },
    },
    {
      who: "Alix Test",
      what: "edited",
      detail: {
        changes: [
          { field: "reply_urls", from: [REPLY_URL], to: ["https://two.example/cb", "com.example.two:/cb"] },
        ],
      },
    },
    {
      who: "Alix Test",
      what: "edited",
      detail: {
        changes: [
          {
            field: "scopes",
            from: ["comfort.read", "topology.read"],
            to: ["comfort.read", "light.read", "topology.read"],
          },
        ],
      },
    },
  ]);
});

describe("compatibility has a page of its own (decisions 18 and 48)", () => {
  const settingsOf = async ({ clientId }: Editing) =>
    (
      await query(
        `SELECT refresh_policy::text AS refresh, activation_time::text AS activation FROM legrand_application WHERE client_id = $1::uuid`,
        clientId,
      )
    )[0];

  test("saves and shows the choice, and adds it to the history with the former value", async () => {
    const editing = await register();
    expect(await settingsOf(editing)).toEqual({ refresh: null, activation: "without_offset" });
    expect(
      isSaved(
        await sendEdit(editing, "compatibility", {
          refresh_policy: "former",
          activation_time: "with_offset",
        }),
        editing,
      ),
    ).toBe(true);
    expect(await settingsOf(editing)).toEqual({ refresh: "former", activation: "with_offset" });
    expect(
      textOf((await editing.browser.open(`/legrand/applications/${editing.clientId}/settings`)).text),
    ).toMatch(/Compatibility Edit compatibility Refresh tokens Former tokens .* activationTime With offset/);
    expect((await listHistory(editing.clientId)).filter(({ what }) => what === "edited")).toEqual([
      {
        who: "Alix Test",
        what: "edited",
        detail: {
          changes: [
            { field: "refresh_policy", from: "Overlap", to: "Former tokens" },
            { field: "activation_time", from: "Without offset", to: "With offset" },
          ],
        },
      },
    ]);
    expect(
      textOf((await editing.browser.open(`/legrand/applications/${editing.clientId}/history`)).text),
    ).toContain("changed Refresh tokens, activationTime");
  });

  test("saving without a change stores no choice and adds no history entry", async () => {
    const editing = await register();
    expect(
      isSaved(
        await sendEdit(editing, "compatibility", {
          refresh_policy: "overlap",
          activation_time: "without_offset",
        }),
        editing,
      ),
    ).toBe(true);
    expect([await settingsOf(editing), (await listHistory(editing.clientId)).length]).toEqual([
      { refresh: null, activation: "without_offset" },
      1,
    ]);
  });

  test("the later of two edits shows the earlier one, and can then overwrite it", async () => {
    const editing = await register();
    const { seen } = hiddenFields((await editing.browser.open(editPath(editing, "compatibility"))).text);
    await sendEdit(editing, "compatibility", { refresh_policy: "strict", activation_time: "without_offset" });
    const answer = await sendEdit(editing, "compatibility", {
      refresh_policy: "former",
      activation_time: "without_offset",
      seen: seen!,
    });
    expect(textOf((await editing.browser.open(answer.location!)).text)).toMatch(
      /This was changed while you were editing it.*Refresh tokens Saved now: Strict What you typed: Former tokens/,
    );
    expect(await settingsOf(editing)).toMatchObject({ refresh: "strict" });
    expect(
      isSaved(
        await sendEdit(editing, "compatibility", {
          refresh_policy: "former",
          activation_time: "without_offset",
        }),
        editing,
      ),
    ).toBe(true);
    expect(await settingsOf(editing)).toMatchObject({ refresh: "former" });
    expect(await countDrafts(editing)).toBe(0);
  });

  test.each<Record<string, string>>([
    {},
    { refresh_policy: "overlap" },
    { refresh_policy: "never", activation_time: "with_offset" },
    { refresh_policy: "strict", activation_time: "utc" },
  ])("refuses %j and changes nothing", async (form) => {
    const editing = await register();
    expect((await sendEdit(editing, "compatibility", form)).status).toBe(422);
    expect(await settingsOf(editing)).toEqual({ refresh: null, activation: "without_offset" });
  });

  test("answers for another developer's application as for an unknown one", async () => {
    const [editing, other] = [await register(), await signInToPortal()];
    expect((await other.browser.open(editPath(editing, "compatibility"))).status).toBe(404);
    const sent = { seen: "x", action: "save", refresh_policy: "former", activation_time: "with_offset" };
    expect((await other.browser.post(`${editPath(editing, "compatibility")}/submit`, sent)).status).toBe(404);
    expect(await settingsOf(editing)).toEqual({ refresh: null, activation: "without_offset" });
  });
});

test("saving without a change adds no history entry", async () => {
  const editing = await register();
  await sendEdit(editing, "description", DESCRIPTION);
  await sendEdit(editing, "reply-urls", { reply_url: [REPLY_URL, ""] });
  await sendEdit(editing, "scopes", { scope: ["comfort.read"] });
  expect(await listHistory(editing.clientId)).toHaveLength(1);
});

test("refuses a removed reply URL at the next authorization request", async () => {
  const editing = await register();
  await sendEdit(editing, "reply-urls", { reply_url: ["https://two.example/cb"] });
  const application = {
    clientId: editing.clientId,
    clientSecret: "",
    replyUrl: REPLY_URL,
    replyUrls: [],
    scopes: [],
    name: "",
  };
  expect((await editing.browser.open(authorizeUrl(application))).status).toBe(400);
  expect(
    (await editing.browser.open(authorizeUrl({ ...application, replyUrl: "https://two.example/cb" }))).status,
  ).toBe(303);
});

test("keeps what was typed, with the error, until it is cancelled", async () => {
  const editing = await register();
  const answer = await sendEdit(editing, "reply-urls", { reply_url: ["http://wrong.example/cb"] });
  expect(answer.location).toContain("check=1");
  const page = await editing.browser.open(answer.location!);
  expect(valuesOf(page.text, "reply_url")).toEqual(["http://wrong.example/cb"]);
  expect(page.text).toContain('id="reply-url-1-error"');
  // If the editor is opened again another day, it says that these values are not saved.
  expect(textOf((await editing.browser.open(editPath(editing, "reply-urls"))).text)).toContain(
    "These changes are not saved yet.",
  );
  expect((await findRegistered(editing.clientId))!.replyUrls).toEqual([REPLY_URL]);
  await sendEdit(editing, "reply-urls", { action: "cancel" });
  expect(await countDrafts(editing)).toBe(0);
  expect(valuesOf((await editing.browser.open(editPath(editing, "reply-urls"))).text, "reply_url")).toEqual([
    REPLY_URL,
  ]);
});

test("refuses a type that does not allow a registered reply URL, until that URL is removed (RFC 8252 §7.1)", async () => {
  const editing = await register(["com.example.thermo:/cb"], ["comfort.read"], { type: "mobile" });
  const answer = await sendEdit(editing, "description", { ...DESCRIPTION, type: "web" });
  expect(textOf((await editing.browser.open(answer.location!)).text)).toContain(
    "change the reply URLs first",
  );
  expect((await findRegistered(editing.clientId))!.type).toBe("mobile");
});

describe("the later of two edits of one page does not silently undo the earlier one", () => {
  test("shows both, and can then overwrite the earlier one", async () => {
    const editing = await register();
    const { seen } = hiddenFields((await editing.browser.open(editPath(editing, "description"))).text);
    await sendEdit(editing, "description", { ...DESCRIPTION, name: "Earlier" });
    const answer = await sendEdit(editing, "description", { ...DESCRIPTION, name: "Later", seen: seen! });
    const page = await editing.browser.open(answer.location!);
    expect(textOf(page.text)).toMatch(
      /This was changed while you were editing it.*Name Saved now: Earlier What you typed: Later/,
    );
    expect((await findRegistered(editing.clientId))!.name).toBe("Earlier");
    expect(isSaved(await sendEdit(editing, "description", { ...DESCRIPTION, name: "Later" }), editing)).toBe(
      true,
    );
    expect((await findRegistered(editing.clientId))!.name).toBe("Later");
    expect(await countDrafts(editing)).toBe(0);
  });

  test("saves exactly one of ten simultaneous edits, and never stores eleven reply URLs", async () => {
    const editing = await register();
    const { seen } = hiddenFields((await editing.browser.open(editPath(editing, "reply-urls"))).text);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, edit) =>
        editing.browser.post(`${editPath(editing, "reply-urls")}/submit`, {
          seen: seen!,
          action: "save",
          reply_url: Array.from({ length: 10 }, (_none, index) => `https://edit-${edit}.example/${index}`),
        }),
      ),
    );
    expect(answers.filter((answer) => isSaved(answer, editing))).toHaveLength(1);
    const { replyUrls } = (await findRegistered(editing.clientId))!;
    expect(new Set(replyUrls.map((url) => new URL(url).host)).size).toBe(1);
    expect(replyUrls).toHaveLength(10);
    expect(await listHistory(editing.clientId)).toHaveLength(2);
  });

  test("edits of different pages do not conflict", async () => {
    const editing = await register();
    const { seen } = hiddenFields((await editing.browser.open(editPath(editing, "scopes"))).text);
    await sendEdit(editing, "description", { ...DESCRIPTION, name: "Earlier" });
    expect(
      isSaved(
        await sendEdit(editing, "scopes", { scope: ["comfort.read", "lock.read"], seen: seen! }),
        editing,
      ),
    ).toBe(true);
  });
});

describe("removing a scope", () => {
  test("asks first, with the number of people who granted it, and removes it from their access at the next refresh", async () => {
    const editing = await register([REPLY_URL], ["comfort.read", "light.read"]);
    const clientSecret = `lgs_${randomUUID()}`;
    await addSecret(editing.clientId, clientSecret);
    const application = {
      clientId: editing.clientId,
      clientSecret,
      replyUrl: REPLY_URL,
      replyUrls: [REPLY_URL],
      scopes: [],
      name: "",
    };
    const { code } = await authorize({ application, account: await makeAccount() });
    const tokens = (await redeem(application, code)).body as { refresh_token: string };

    const answer = await sendEdit(editing, "scopes", { scope: ["comfort.read"] });
    const question = await editing.browser.open(answer.location!);
    expect(textOf(question.text)).toMatch(
      /Remove this scope\?.*light\.read.*One person granted it, and loses it at the next refresh/,
    );
    expect((await findRegistered(editing.clientId))!.scopes).toContain("light.read");

    expect(
      isSaved(
        await sendEdit(editing, "scopes", { scope: ["comfort.read"], confirmed: ["light.read"] }),
        editing,
      ),
    ).toBe(true);
    expect((await findRegistered(editing.clientId))!.scopes).toEqual(["comfort.read", "topology.read"]);
    const { status, body } = await refresh(application, tokens.refresh_token);
    expect({ status, scope: body.scope }).toEqual({ status: 200, scope: "comfort.read topology.read" });
  });

  test("removes only the confirmed scope, and never topology.read", async () => {
    const editing = await register([REPLY_URL], ["comfort.read", "light.read"]);
    const answer = await sendEdit(editing, "scopes", { confirmed: ["light.read", "topology.read"] });
    expect(answer.location).toContain("check=1");
    expect((await findRegistered(editing.clientId))!.scopes).toEqual([
      "comfort.read",
      "light.read",
      "topology.read",
    ]);
    await sendEdit(editing, "scopes", { confirmed: ["comfort.read", "light.read", "topology.read"] });
    expect((await findRegistered(editing.clientId))!.scopes).toEqual(["topology.read"]);
  });
});

describe("the logo", () => {
  const send = async (editing: Editing, bytes: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    const { seen } = hiddenFields((await editing.browser.open(editPath(editing, "description"))).text);
    for (const [field, value] of Object.entries({
      seen: seen!,
      ...DESCRIPTION,
      name: "Typed beside the logo",
    }))
      form.append(field, value);
    form.append("logo", new Blob([bytes], { type: "image/png" }), "logo.png");
    form.append("action", "save");
    return editing.browser.send(`${editPath(editing, "description")}/submit`, {
      method: "POST",
      body: form,
      headers: { origin: editing.browser.origin },
    });
  };

  test("is set, kept when other fields are saved, and removed only by saving", async () => {
    const editing = await register();
    expect(isSaved(await send(editing, new Uint8Array(makePng())), editing)).toBe(true);
    await sendEdit(editing, "description", { ...DESCRIPTION, name: "Later" });
    expect((await findRegistered(editing.clientId))!.logo).toMatch(/^\/legrand\/logos\//);
    await sendEdit(editing, "description", { ...DESCRIPTION, name: "Later", action: "remove-logo" });
    expect((await findRegistered(editing.clientId))!.logo).not.toBeNull();
    // The form shows no logo; above it the page still shows the saved one.
    const { text } = await editing.browser.open(editPath(editing, "description"));
    expect(text).not.toContain("The stored logo");
    expect(/<form[^>]*id="step"[^]*<\/form>/.exec(text)![0]).not.toContain("/legrand/logos/");
    await sendEdit(editing, "description", { ...DESCRIPTION, name: "Later" });
    expect((await findRegistered(editing.clientId))!.logo).toBeNull();
    expect((await listHistory(editing.clientId)).at(-1)!.detail.changes).toEqual([
      { field: "logo", from: "a logo", to: null },
    ]);
  });

  test("an invalid logo changes nothing, and keeps what was typed", async () => {
    const editing = await register();
    const answer = await send(editing, new Uint8Array(Buffer.from("no picture")));
    const page = await editing.browser.open(answer.location!);
    expect(page.text).toContain('id="logo-error"');
    expect(valuesOf(page.text, "name")).toEqual(["Typed beside the logo"]);
    expect((await findRegistered(editing.clientId))!.name).toBe("Thermo");
  });
});

describe("a form that no page of the application sends gets a 4xx and changes nothing", () => {
  test.each<[string, string, Record<string, string | string[]>, number]>([
    [
      "an eleventh reply URL",
      "reply-urls",
      { reply_url: Array.from({ length: 11 }, (_, index) => `https://thermo.example/${index}`) },
      422,
    ],
    ["an unknown scope", "scopes", { scope: ["root"] }, 422],
    ["no word on which state was seen", "reply-urls", { reply_url: ["https://two.example/"], seen: "" }, 422],
    ["a page that does not exist", "review", { reply_url: [REPLY_URL] }, 404],
  ])("%s", async (_case, step, form, status) => {
    const editing = await register();
    const before = await findRegistered(editing.clientId);
    expect(
      (
        await editing.browser.post(`${editPath(editing, step)}/submit`, {
          seen: "x",
          action: "save",
          ...form,
        })
      ).status,
    ).toBe(status);
    expect(await findRegistered(editing.clientId)).toEqual(before);
  });

  test("another developer's application, which answers as an unknown one", async () => {
    const [theirs, mine] = [await register(), await signInToPortal()];
    const { seen } = hiddenFields((await theirs.browser.open(editPath(theirs, "reply-urls"))).text);
    const answers: string[] = [];
    for (const clientId of [theirs.clientId, randomUUID(), "not-an-id"]) {
      const path = `/legrand/applications/${clientId}/edit/reply-urls`;
      expect((await mine.browser.open(path)).status).toBe(404);
      const answer = await mine.browser.post(`${path}/submit`, {
        seen: seen!,
        action: "save",
        reply_url: ["https://evil.example/"],
      });
      expect({ status: answer.status, text: textOf(answer.text) }).toEqual({
        status: 404,
        text: matching(/Application not found\./),
      });
      answers.push(answer.text);
      expect((await mine.browser.post(`${path}/submit`, { action: "cancel" })).status).toBe(404);
    }
    expect(new Set(answers).size).toBe(1);
    expect((await findRegistered(theirs.clientId))!.replyUrls).toEqual([REPLY_URL]);
  });

  test("a form from another site (OWASP CSRF Cheat Sheet)", async () => {
    const editing = await register();
    const { seen } = hiddenFields((await editing.browser.open(editPath(editing, "reply-urls"))).text);
    const answer = await editing.browser.post(
      `${editPath(editing, "reply-urls")}/submit`,
      { seen: seen!, action: "save", reply_url: ["https://evil.example/"] },
      { origin: "https://evil.example" },
    );
    expect(answer.status).toBe(403);
    expect((await findRegistered(editing.clientId))!.replyUrls).toEqual([REPLY_URL]);
  });
});
