import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";

import { Browser } from "#tests/factories/browser.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAdmin, type TestAdmin } from "#tests/factories/make-admin.ts";
import { readCsv } from "#tests/factories/read-csv.ts";
import { query } from "#tests/harness/database.ts";

const LIST = "/admin/linked-accounts";
const sentenceOf = (html: string) => /role="status"[^>]*>(.*?)<\/p>/s.exec(html)?.[1] ?? "";
const at = (parameters: Record<string, string>) => `${LIST}?${new URLSearchParams(parameters)}`;

/** Linked accounts that only this file uses, found by a word in their names. */
async function makeAccounts(userId: string, word: string, count: number): Promise<void> {
  await query(
    `INSERT INTO connect_account (id, user_id, type, provider, provider_account_id, name, email, requested_scopes, granted_scopes)
     SELECT gen_random_uuid(), $1::uuid, 'oidc', 'legrand', gen_random_uuid()::text, $2 || ' ' || lpad(n::text, 3, '0'), 'p' || n || '@' || $2 || '.example', '{comfort.read}', '{comfort.read}'
     FROM generate_series(1, $3::int) n`,
    userId,
    word,
    count,
  );
}

describe("GET /admin/linked-accounts", () => {
  const word = `w${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  let admin: TestAdmin;
  let auditor: TestAdmin;
  beforeAll(async () => {
    [admin, auditor] = [await makeAdmin(), await makeAdmin("auditor")];
    await makeAccounts(admin.userId, word, 60);
  });

  test.each(["", "?q=x", "?sort=nonsense", "?after=tampered"])(
    "%s: a caller without a session or without a role gets the answer of an address that does not exist (404)",
    async (search) => {
      const person = await makeAdmin(null);
      for (const browser of [new Browser(), person.browser]) {
        const [page, unknown] = [
          await browser.open(LIST + search),
          await browser.open("/admin/no-such-page"),
        ];
        expect([page.status, page.text]).toEqual([404, unknown.text]);
      }
    },
  );

  test("an administrator can select accounts; an auditor reads the same list without checkboxes", async () => {
    const [of, seen] = [
      await admin.browser.open(at({ q: word })),
      await auditor.browser.open(at({ q: word })),
    ];
    expect([of.status, seen.status]).toEqual([200, 200]);
    expect(of.text.match(/<input type="checkbox"[^>]*name="id"/g)).toHaveLength(50);
    expect(of.text).toContain("Revoke all that match");
    expect(seen.text).toContain(`${word} 0`);
    expect(seen.text).not.toMatch(/type="checkbox"|Revoke/);
  });

  test("a form that is sent without a selection leads back to the same page of the list, which says so; the list of an auditor does not", async () => {
    const first = await admin.browser.open(
      at({ q: word, state: "connected", sort: "person", direction: "ascending", size: "25" }),
    );
    const [, after] = /after=([\w-]+)/.exec(first.text)!;
    const search = { q: word, state: "connected", sort: "person", direction: "ascending", size: "25", after };
    const sent = await admin.browser.open(
      `${LIST}/revoke?${new URLSearchParams(search as Record<string, string>)}`,
    );
    expect([sent.status, sent.location]).toEqual([307, expect.stringContaining(`${LIST}?`)]);
    const address = new URL(sent.location!, admin.browser.origin);
    expect(Object.fromEntries(address.searchParams)).toEqual({ ...search, selected: "none" });
    const page = await admin.browser.open(`${address.pathname}${address.search}`);
    expect(sentenceOf(page.text)).toContain("No account is selected.");
    expect(/<p role="status"[^>]*>/.exec(page.text)![0]).toMatch(/autofocus/i);
    expect(page.text).toContain(`${word} 026`);
    expect((await auditor.browser.open(`${address.pathname}${address.search}`)).text).not.toContain(
      "No account is selected.",
    );
  });

  test("the question before a revocation leads back to the same page of the list", async () => {
    const search = { q: word, sort: "person", direction: "ascending", size: "25" };
    const list = await admin.browser.open(at(search));
    const [, id] = /<input type="checkbox"[^>]*name="id" value="([^"]+)"/.exec(list.text)!;
    const question = await admin.browser.open(
      `${LIST}/revoke?${new URLSearchParams({ ...search, id: id! })}`,
    );
    expect(question.text).toContain(`href="${at(search).replaceAll("&", "&amp;")}"`);
    // Parameters that no page of the list has do not change the question.
    const odd = await admin.browser.open(`${LIST}/revoke?${new URLSearchParams({ sort: "x", id: id! })}`);
    expect([odd.status, odd.text.includes(`href="${LIST}"`)]).toEqual([200, true]);
  });

  test("the numbers of the states say which accounts they count: all of them, or those that match", async () => {
    const all = textOf((await admin.browser.open(at({ state: "connected" }))).text);
    expect(all).toMatch(/All accounts\s+[\d,]+/);
    expect(textOf((await admin.browser.open(at({ q: `${word} 00` }))).text)).toMatch(/All that match\s+9\b/);
  });

  test("the list is sorted and filtered by one form, without JavaScript", async () => {
    const form = { q: word, state: "", scope: "", connected_from: "", sort: "email", direction: "ascending" };
    const page = await admin.browser.open(at(form));
    expect(page.text).toMatch(/aria-sort="ascending"[^>]*>\s*<a[^>]*>E-mail/);
    expect(page.text).not.toContain(">Access ends</a>");
    const byEnd = await admin.browser.open(at({ ...form, sort: "access_ends" }));
    expect(byEnd.text).toMatch(/aria-sort="ascending"[^>]*>\s*<a[^>]*>Access ends/);
  });

  test("pages work without JavaScript: next and previous meet, and every account is shown once", async () => {
    const names = (html: string) =>
      [...html.matchAll(new RegExp(`>(${word} \\d+)</a>`, "g"))].map(([, name]) => name);
    const linkOf = (html: string, rel: string) =>
      /href="([^"]+)"/
        .exec(new RegExp(`<a[^>]*rel="${rel}"[^>]*>`).exec(html)![0])![1]!
        .replaceAll("&amp;", "&");
    const first = await admin.browser.open(
      at({ q: word, sort: "person", direction: "ascending", size: "25" }),
    );
    const second = await admin.browser.open(linkOf(first.text, "next"));
    const third = await admin.browser.open(linkOf(second.text, "next"));
    expect([...names(first.text), ...names(second.text), ...names(third.text)]).toEqual(
      Array.from({ length: 60 }, (_, n) => `${word} ${String(n + 1).padStart(3, "0")}`),
    );
    expect(third.text).not.toContain('rel="next"');
    expect(names((await admin.browser.open(linkOf(second.text, "prev"))).text)).toEqual(names(first.text));
  });

  test.each([
    ["after", "tampered"],
    ["after", Buffer.from('["connected","2026-01-01T00:00:00.000Z","x"]').toString("base64url")],
    ["before", "%"],
    ["size", "7"],
    ["size", "1e9"],
    ["sort", "access_token"],
    ["direction", "up"],
    ["state", "unknown"],
    ["scope", "nonsense"],
    ["connected_from", "2026-02-31"],
    ["connected_to", "x"],
    ["not_refreshed_since", "0000-00-00"],
    ["q", "a\0b"],
    ["q", "x".repeat(10_240)],
  ])(
    "a %s that was tampered with is a 400 with a sentence, for a browser and for a program (%#)",
    async (name, value) => {
      const page = await admin.browser.open(at({ [name]: value }));
      expect([page.status, sentenceOf(page.text)]).toEqual([400, expect.stringMatching(/^[A-Z“].+\./)]);
      expect(page.text).not.toContain("<table");
      expect((await admin.browser.open(at({ [name]: value }), { accept: "*/*" })).status).toBe(400);
    },
  );

  test.each([
    "%",
    "_",
    "%%%",
    "'; DROP TABLE connect_account; --",
    '"',
    "\\",
    "<script>alert(1)</script>",
    "x".repeat(200),
  ])("a search for %s finds every account that contains it, and no other", async (q) => {
    const page = await admin.browser.open(at({ q: `${word} 001${q}` }));
    expect([page.status, page.text.includes("No linked account matches")]).toEqual([
      `${word} 001${q}`.length > 200 ? 400 : 200,
      `${word} 001${q}`.length <= 200,
    ]);
    expect((await admin.browser.open(at({ q }))).status).toBe(200);
  });

  test.each(["Émile", "E\u0301mile", "EMILE", "Ёлкина", "елкина", "太郎"])(
    "a search for %s finds the same accounts in the list, its numbers, the export and the question before a revocation (issue 11, 20)",
    async (q) => {
      const name = `Émile Ёлкина 太郎 ${word}`;
      await query("UPDATE connect_account SET name = $1 WHERE name = $2", name, `${word} 060`);
      const search = { q: `${q}`, state: "connected" };
      const page = await admin.browser.open(at(search));
      expect(page.text).toContain(`>${name}</a>`);
      const total = Number(/(\d+) linked accounts?:/.exec(page.text)![1]);
      expect(page.text).toMatch(new RegExp(`Connected</span>\\s*<span[^>]*>${total}</span>`));
      const file = await admin.browser.open(
        `${LIST}/export?${new URLSearchParams({ ...search, format: "csv" })}`,
      );
      expect(readCsv(file.text).filter((row) => row.includes(name))).toHaveLength(1);
      expect(readCsv(file.text)).toHaveLength(total + 1);
      expect(
        (await admin.browser.open(`${LIST}/revoke?${new URLSearchParams({ ...search, all: "1" })}`)).text,
      ).toMatch(new RegExp(`\\b${total}\\b[^<]*connected account`));
    },
  );

  test("a cursor from a wider filter shows only accounts that match the narrower filter", async () => {
    const wide = await admin.browser.open(
      at({ q: word, sort: "person", direction: "ascending", size: "25" }),
    );
    const after = /after=([\w-]+)/.exec(wide.text)![1]!;
    const page = await admin.browser.open(
      at({ q: `${word} 03`, sort: "person", direction: "ascending", after }),
    );
    expect([...page.text.matchAll(new RegExp(`>${word} (\\d+)</a>`, "g"))].map(([, n]) => n)).toEqual([
      "030",
      "031",
      "032",
      "033",
      "034",
      "035",
      "036",
      "037",
      "038",
      "039",
    ]);
  });

  test("the page contains no token, in any form that is stored", async () => {
    const secret = `ciphertext-${randomUUID()}`;
    await query(
      "UPDATE connect_account SET access_token = $1, refresh_token = $1 WHERE name = $2",
      secret,
      `${word} 001`,
    );
    expect((await admin.browser.open(at({ q: `${word} 001` }))).text).not.toContain(secret);
  });
});
