import { randomUUID } from "node:crypto";

import { describe, expect, test } from "vitest";

import { authorize } from "#tests/factories/authorize.ts";
import { Browser, type Page } from "#tests/factories/browser.ts";
import { isActive, redeem, refresh } from "#tests/factories/client.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import {
  findSecrets,
  makeDeveloper,
  makeGrants,
  makeOwnedApplication,
} from "#tests/factories/make-owned-application.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { beginDraft } from "#tests/factories/registration.ts";
import { countArtifacts } from "#tests/factories/stored.ts";
import { query } from "#tests/harness/database.ts";

const LIST = "/legrand/applications";
const read = async (browser: Browser, address: string) => textOf((await browser.open(address)).text);

/** Every address below an application's, and how it is requested. */
const ROUTES: [string, string, Record<string, string> | null][] = [
  ["overview", "", null],
  ["credentials", "/credentials", null],
  ["reply URLs and scopes", "/reply-urls-and-scopes", null],
  ["access", "/access", null],
  ["settings", "/settings", null],
  ["history", "/history", null],
  ["suspend", "/suspend", null],
  ["delete", "/delete", null],
  ["delete a secret", "/secrets/{secret}/delete", null],
  ["generate", "/secrets", { label: "x", lifetime: "365" }],
  ["suspend", "/suspend/submit", {}],
  ["resume", "/resume", {}],
  ["delete", "/delete/submit", { name: "{name}" }],
  ["delete a secret", "/secrets/{secret}/delete/submit", { stop: "yes" }],
];

const answerOf = ({ status, text, headers }: Page) => ({ status, type: headers.get("content-type"), text });

describe("another developer's application answers exactly as one that does not exist (HOUSE, OwnedApplication)", () => {
  test.each(ROUTES)("%s: %s", async (_name, route, form) => {
    const [{ application }, { browser }] = [await makeDeveloper(), await signInToPortal()];
    const [secret] = await findSecrets(application.clientId);
    const before = await stored(application.clientId);
    const ask = (clientId: string) => {
      const address = `${LIST}/${clientId}${route.replace("{secret}", secret!.id)}`;
      const typed =
        form &&
        Object.fromEntries(
          Object.entries(form).map(([key, value]) => [key, value.replace("{name}", application.name)]),
        );
      return typed ? browser.post(address, typed) : browser.open(address);
    };
    const [foreign, unknown] = [answerOf(await ask(application.clientId)), answerOf(await ask(randomUUID()))];
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(unknown);
    expect(foreign.text).not.toContain(application.name);
    expect(await stored(application.clientId)).toEqual(before);
  });

  test.each(ROUTES)(
    "without a session: %s: %s leads to the sign-in page, and changes nothing",
    async (_name, route, form) => {
      const { application } = await makeDeveloper();
      const stranger = new Browser();
      const address = application.path + route.replace("{secret}", randomUUID());
      const before = await stored(application.clientId);
      const answer = await (form ? stranger.post(address, form) : stranger.open(address));
      expect(`${answer.location} ${answer.text}`).toContain("/legrand/sign-in");
      expect(await stored(application.clientId)).toEqual(before);
    },
  );

  test.each(ROUTES.filter(([, , form]) => form))(
    "refuses a form from another site: %s: %s",
    async (_name, route, form) => {
      const { browser, application } = await makeDeveloper();
      const [secret] = await findSecrets(application.clientId);
      const before = await stored(application.clientId);
      const answer = await browser.post(
        application.path + route.replace("{secret}", secret!.id),
        { ...form, name: application.name },
        { origin: "https://elsewhere.example" },
      );
      expect(answer.status).toBe(403);
      expect(await stored(application.clientId)).toEqual(before);
    },
  );

  test("answers a malformed or capitalised client ID with 404", async () => {
    const { browser, application } = await makeDeveloper();
    for (const clientId of ["none", application.clientId.toUpperCase(), "%27"])
      expect((await browser.open(`${LIST}/${clientId}`)).status).toBe(404);
  });
});

describe("My Applications", () => {
  test("without an application shows the three steps", async () => {
    const { browser } = await signInToPortal();
    const text = await read(browser, LIST);
    for (const words of [
      "Register your application.",
      "Check the scopes.",
      "Get its details.",
      "Request New Application",
    ])
      expect(text).toContain(words);
  });

  test("lists the developer's own applications: name, vendor, type, client ID, state, people with access, last use", async () => {
    const { browser, application } = await makeDeveloper({ vendor: "Thermo & Söhne" });
    const { application: foreign } = await makeDeveloper();
    await makeGrants(application.clientId, [await makeAccount(), await makeAccount()]);
    const text = await read(browser, LIST);
    for (const words of [
      application.name,
      "Thermo & Söhne · Web application",
      application.clientId,
      "Active",
      "2 people granted access",
      "never used",
    ])
      expect(text).toContain(words);
    expect(text).not.toContain(foreign.name);
    await query(
      `UPDATE legrand_application SET last_used_at = now() - interval '3 hours', state = 'suspended' WHERE client_id = $1::uuid`,
      application.clientId,
    );
    expect(await read(browser, LIST)).toMatch(/Suspended.*last used 3 hours ago/);
  });

  test("lists the account's own drafts separately, each to be continued or deleted", async () => {
    const { browser, account, draft } = await beginDraft({ name: "Half a thermostat" });
    const foreign = await beginDraft({ name: "Another person's" });
    const { text: html } = await browser.open(LIST);
    expect(textOf(html)).toMatch(/Drafts .*Half a thermostat last changed just now/);
    expect(html).toContain(`href="/legrand/applications/new/description?draft=${draft}"`);
    expect(textOf(html)).not.toContain("Another person");
    expect(textOf(html), "who has begun knows the steps").not.toContain("Register your first application");

    expect((await browser.post(`${LIST}/drafts/${foreign.draft}/delete`, {})).status).toBe(404);
    expect((await browser.post(`${LIST}/drafts/${draft}/delete`, {})).location).toBe(browser.origin + LIST);
    expect(await read((await signInToPortal(account)).browser, LIST)).toContain(
      "Register your first application",
    );
  });

  test("offers a search once there are more than a handful: by a part of the name in any case, or of the client ID", async () => {
    const { browser, account, application } = await makeDeveloper({ name: "100% Wärme_" });
    const others = await Promise.all(Array.from({ length: 4 }, () => makeOwnedApplication(account)));
    expect((await browser.open(LIST)).text).not.toContain('role="search"');
    await makeOwnedApplication(account);
    expect((await browser.open(LIST)).text).toContain('role="search"');
    const find = async (search: string) =>
      [
        ...(await browser.open(`${LIST}?${new URLSearchParams({ search })}`)).text.matchAll(
          /<h2[^>]*><a href="\/legrand\/applications\/([\w-]+)"/g,
        ),
      ].map(([, id]) => id);
    for (const typed of [" WÄRM ", "wa\u0308rm", "warm"])
      expect(await find(typed)).toEqual([application.clientId]);
    expect(await find("\u0301")).toEqual([]);
    expect(await find("100%")).toEqual([application.clientId]);
    expect(await find("_")).toEqual([application.clientId]);
    for (const part of [others[0]!.clientId.slice(0, 13), others[0]!.clientId.slice(0, 13).toUpperCase()])
      expect(await find(part)).toEqual([others[0]!.clientId]);
    expect(await find("\\")).toEqual([]);
    expect(await find("nothing of the kind")).toEqual([]);
    expect((await browser.open(`${LIST}?search=%00`)).status).toBe(200);
  });

  test("shows more than fifty page by page, each once", async () => {
    const { browser, account } = await signInToPortal();
    await query(
      `INSERT INTO legrand_application (client_id, developer_id, name, description, vendor, url)
      SELECT gen_random_uuid(), $1::uuid, 'Many ' || n, '', '', '' FROM generate_series(1, 120) n`,
      account.id,
    );
    const seen: string[] = [];
    let pages = 0;
    for (let address: string | undefined = LIST; address; pages++) {
      const { text } = await browser.open(address);
      seen.push(
        ...[...text.matchAll(/<h2[^>]*><a href="\/legrand\/applications\/([\w-]+)"/g)].map(([, id]) => id!),
      );
      address = /href="([^"]*before=[^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
    }
    expect({ pages, seen: seen.length, different: new Set(seen).size }).toEqual({
      pages: 3,
      seen: 120,
      different: 120,
    });
    expect((await browser.open(`${LIST}?before=anything`)).text).toContain("Older applications");
  });
});

describe("Details", () => {
  test("shows everything that is registered, reply URLs in their order, scopes by their labels", async () => {
    const replyUrls = ["https://z.example/", "https://a.example/", "http://localhost:8080/callback"];
    const { browser, application } = await makeDeveloper({
      replyUrls,
      scopes: ["comfort.read", "topology.read"],
      vendor: "Thermo & Söhne",
      url: "https://thermo.example/",
    });
    const { text: html } = await browser.open(`${application.path}/reply-urls-and-scopes`);
    const list = /aria-label="Reply URLs"[^]*?<\/ol>/.exec(html)![0];
    expect([...list.matchAll(/<code>([^<]*)<\/code>/g)].map(([, url]) => url)).toEqual(replyUrls);
    expect(textOf(html)).toContain("See temperature and humidity");
    expect(await read(browser, application.path)).toContain(application.clientId);
    const settings = await read(browser, `${application.path}/settings`);
    for (const words of ["Web application", "Thermo & Söhne", "https://thermo.example/"])
      expect(settings).toContain(words);
    const access = await read(browser, `${application.path}/access`);
    for (const words of ["none yet", "never used", "Ends after one hour."]) expect(access).toContain(words);
  });

  test("settings contain the client ID, the addresses, the first reply URL and the scopes, and a placeholder for the secret", async () => {
    const { browser, application } = await makeDeveloper();
    const text = await read(browser, `${application.path}/credentials`);
    expect(text).toContain(
      `WWL_CLIENT_ID='${application.clientId}' WWL_CLIENT_SECRET='<your client secret>'`,
    );
    expect(text).toContain(`WWL_REPLY_URL='${application.replyUrl}'`);
    for (const title of [
      ".env",
      "curl",
      "next-auth v5",
      "openid-client v6",
      "Python, requests-oauthlib",
      "Home Assistant",
    ])
      expect(text).toContain(title);
  });

  test("the tab Access counts the people who gave access", async () => {
    const { browser, application } = await makeDeveloper();
    await makeGrants(application.clientId, [await makeAccount(), await makeAccount()]);
    expect(await read(browser, `${application.path}/access`)).toContain("People with access 2");
  });

  test("a suspended application says so in one notice, with Resume in it, on each tab", async () => {
    const { browser, application } = await makeDeveloper();
    const answer = await browser.post(`${application.path}/suspend/submit`, {});
    expect(answer.location).toBe(browser.origin + application.path);
    for (const tab of ["", "/credentials", "/reply-urls-and-scopes", "/access", "/settings"]) {
      const { text } = await browser.open(application.path + tab);
      expect(text.match(/action="[^"]*\/resume"/g)).toHaveLength(1);
      expect(textOf(text).match(/until you resume it/g)).toHaveLength(1);
      expect(textOf(text)).not.toContain("is suspended");
    }
  });
});

describe("Suspend and resume", () => {
  test("suspend asks first and keeps everything, resume restores it, and the history has both once", async () => {
    const { browser, application } = await makeDeveloper();
    await makeGrants(application.clientId, [await makeAccount()]);
    expect(await read(browser, `${application.path}/suspend`)).toContain("the access of 1 person");
    await Promise.all([
      browser.post(`${application.path}/suspend/submit`, {}),
      browser.post(`${application.path}/suspend/submit`, {}),
    ]);
    const suspended = await stored(application.clientId);
    expect(suspended).toMatchObject({ state: "suspended", grants: 1, secrets: 1 });
    expect(suspended!.suspended_at).not.toBeNull();
    expect(await read(browser, application.path)).toContain("Suspended");
    await Promise.all([
      browser.post(`${application.path}/resume`, {}),
      browser.post(`${application.path}/resume`, {}),
    ]);
    expect(await stored(application.clientId)).toMatchObject({
      state: "active",
      suspended_at: null,
      grants: 1,
      secrets: 1,
    });
    const history = await query<{ what: string; who: string }>(
      `SELECT what, who FROM legrand_application_change WHERE client_id = $1::uuid ORDER BY at`,
      application.clientId,
    );
    expect(history).toEqual([
      { what: "suspended", who: "Alix Test" },
      { what: "resumed", who: "Alix Test" },
    ]);
  });
});

describe("Delete", () => {
  test("says what is deleted with the application, and asks for its name", async () => {
    const { browser, application } = await makeDeveloper({ name: "Thé vert" });
    await makeGrants(application.clientId, [await makeAccount(), await makeAccount()]);
    const text = await read(browser, `${application.path}/delete`);
    for (const words of [
      "the access of 2 people",
      "1 client secret, 1 reply URL",
      "Type Thé vert to confirm",
    ])
      expect(text).toContain(words);
    for (const name of ["", "thé vert", "Thé", "The vert"]) {
      const answer = await browser.post(`${application.path}/delete/submit`, { name });
      expect(answer.location).toBe(`${browser.origin}${application.path}/delete`);
      expect((await browser.open(answer.location!)).text).toContain('id="name-error"');
    }
    expect(
      (await browser.post(`${application.path}/delete/submit`, { name: "  The\u0301 vert " })).location,
    ).toBe(browser.origin + LIST);
    expect(await stored(application.clientId)).toBeNull();
    expect(await read(browser, LIST)).toContain("Thé vert was deleted.");
    expect((await browser.open(application.path)).status).toBe(404);
  });

  test("revokes grants and tokens at once (issue 3, 7)", async () => {
    const { browser, application } = await makeDeveloper();
    const { code } = await authorize({
      application,
      account: await makeAccount(),
      scope: "openid topology.read",
    });
    const { body } = await redeem(application, code);
    const other = await makeDeveloper();
    const kept = await authorize({ application: other.application, account: await makeAccount() });
    const tokens = await redeem(other.application, kept.code);
    expect(await read(browser, `${application.path}/delete`)).toContain("2 valid tokens");

    await browser.post(`${application.path}/delete/submit`, { name: application.name });
    expect(await countArtifacts(application.clientId)).toBe(0);
    expect(
      await query(`SELECT 1 FROM legrand_grant WHERE client_id = $1::uuid`, application.clientId),
    ).toEqual([]);
    expect((await refresh(application, String(body.refresh_token))).body.error).toBe("invalid_client");
    const userinfo = await fetch(`${browser.origin}/legrand/userinfo`, {
      headers: { authorization: `Bearer ${String(body.access_token)}` },
    });
    expect(userinfo.status).toBe(401);
    expect(
      await isActive(other.application, String(tokens.body.access_token)),
      "another application's token",
    ).toBe(true);
  });

  test("leaves no token behind while tokens are being refreshed", async () => {
    const { browser, application } = await makeDeveloper();
    const { code } = await authorize({ application, account: await makeAccount() });
    const { body } = await redeem(application, code);
    await Promise.all([
      refresh(application, String(body.refresh_token)),
      browser.post(`${application.path}/delete/submit`, { name: application.name }),
    ]);
    expect(await countArtifacts(application.clientId)).toBe(0);
  });
});

describe("History", () => {
  test("shows who changed what and when, from and to, newest first, page by page; never a secret", async () => {
    const { browser, application } = await makeDeveloper();
    await query(
      `INSERT INTO legrand_application_change (id, client_id, at, who, what, detail)
      SELECT gen_random_uuid(), $1::uuid, now() - n * interval '1 hour', 'Person ' || n, 'edited',
        jsonb_build_object('changes', jsonb_build_array(jsonb_build_object('field', 'name', 'from', 'Name ' || n, 'to', 'Name ' || n - 1),
          jsonb_build_object('field', 'reply_urls', 'from', jsonb_build_array('https://a.example/'), 'to', jsonb_build_array('https://a.example/', 'https://b.example/')),
          jsonb_build_object('field', 'logo', 'from', NULL, 'to', 'a logo')))
      FROM generate_series(1, 60) n`,
      application.clientId,
    );
    const first = await browser.open(`${application.path}/history`);
    expect(textOf(first.text)).toMatch(
      /Person 1 changed Name, Reply URLs, Logo.*from Name 1 to Name 0.*Person 2 changed/,
    );
    expect(textOf(first.text)).toContain("Logo from nothing to a logo");
    expect(first.text).not.toContain("Person 51 ");
    const next = /href="([^"]*before=[^"]*)"/.exec(first.text)![1]!;
    expect(await read(browser, next)).toMatch(/Person 51 .*Person 60 /);
  });
});

async function stored(clientId: string) {
  const [row] = await query<{
    state: string;
    suspended_at: string | null;
    grants: number;
    secrets: number;
    pending: number;
    changes: number;
  }>(
    `SELECT state::text, suspended_at, (SELECT count(*)::int FROM legrand_grant WHERE client_id = a.client_id) AS grants,
       (SELECT count(*)::int FROM legrand_client_secret WHERE client_id = a.client_id) AS secrets,
       (SELECT count(*)::int FROM legrand_pending_secret WHERE client_id = a.client_id) AS pending,
       (SELECT count(*)::int FROM legrand_application_change WHERE client_id = a.client_id) AS changes
     FROM legrand_application a WHERE client_id = $1::uuid`,
    clientId,
  );
  return row ?? null;
}
