import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";

import { Browser, type Page } from "#tests/factories/browser.ts";
import { makeAdmin, type TestAdmin } from "#tests/factories/make-admin.ts";
import { rawRequest, statusOf } from "#tests/factories/raw-request.ts";
import { query } from "#tests/harness/database.ts";

// Found on disk, so that a new page or route is tested automatically.
const FILES = globSync("app/(connect)/admin/**/{page.tsx,route.ts}")
  .map((file) => file.replaceAll("\\", "/"))
  .sort();
const addressOf = (file: string) =>
  dirname(file)
    .replace("app/(connect)", "")
    .replaceAll(/\[\w+\]/g, randomUUID());
const answers = (file: string, method: string) =>
  file.endsWith("page.tsx")
    ? method === "GET"
    : new RegExp(`^export (?:const|async function|function) ${method}\\b`, "m").test(
        readFileSync(file, "utf8"),
      );
const READ = FILES.filter((file) => answers(file, "GET"));
const POSTED = FILES.filter((file) => answers(file, "POST"));

const PEOPLE: [string, () => Promise<TestAdmin | null>][] = [
  ["no session", () => Promise.resolve(null)],
  ["a person without a role", () => makeAdmin(null)],
  ["an auditor", () => makeAdmin("auditor")],
];

/** The part of an answer that must not vary between requests. */
function telling({ status, text, headers }: Page) {
  const names = [...headers.keys()].filter(
    (name) => !["date", "keep-alive", "connection", "x-request-id"].includes(name),
  );
  return { status, text, headers: names.map((name) => [name, headers.get(name)]) };
}

type Entry = {
  action: string;
  outcome: string;
  actor: string;
  address: string;
  request_id: string;
  detail: Record<string, unknown>;
};
const entriesOf = ({ userId }: TestAdmin) =>
  query<Entry>(`SELECT * FROM connect_audit_entry WHERE actor_id = $1::uuid ORDER BY id`, userId);

describe("everything below /admin is hidden from a caller without a role (issue 5, bad input)", () => {
  test("every route file below /admin answers GET or POST, so the tests below cover it", () => {
    expect([READ.length, POSTED.length].every((count) => count > 0)).toBe(true);
    expect(FILES.filter((file) => !READ.includes(file) && !POSTED.includes(file))).toEqual([]);
  });

  for (const [who, make] of PEOPLE.slice(0, 2)) {
    test.each(FILES)(
      `${who}: %s answers exactly as an address that does not exist, to a browser, a program, and a script of Next's`,
      async (file) => {
        const browser = (await make())?.browser ?? new Browser();
        // `?_rsc` is the hash that Next's own script sends; with a wrong hash Next redirects requests for a
        // page that exists.
        const asked: [string, Record<string, string>][] = [
          ["", { accept: "text/html" }],
          ["", { accept: "*/*" }],
          ["", { accept: "application/json" }],
          ["", { rsc: "1" }],
          ["?_rsc", { rsc: "1" }],
          ["", { "x-middleware-prefetch": "1" }],
        ];
        for (const [sum, accept] of asked) {
          for (const method of ["GET", "HEAD", "POST"]) {
            const ask = (path: string) =>
              browser.send(path + sum, { method, headers: { ...accept, origin: browser.origin } });
            const [found, none] = [await ask(addressOf(file)), await ask(`/admin/${randomUUID()}`)];
            expect([method, accept, sum, found.status]).toEqual([method, accept, sum, 404]);
            expect(telling(found)).toEqual(telling(none));
          }
        }
      },
    );
  }

  test.each(READ)("HEAD and programs cannot distinguish it from an unknown address: %s", async (file) => {
    const { browser } = await makeAdmin(null);
    for (const init of [
      { headers: { accept: "*/*" } },
      { method: "HEAD" },
      { method: "HEAD", headers: { accept: "*/*" } },
    ]) {
      expect(telling(await browser.send(addressOf(file), init))).toEqual(
        telling(await browser.send(`/admin/${randomUUID()}`, init)),
      );
    }
  });

  test("refuses a path with dot segments, which Next would resolve after our server has checked it (RFC 3986 §5.2.4)", async () => {
    for (const path of ["/x/../admin/linked-accounts/export", "/x/%2e%2e/admin/audit", "/./admin"]) {
      expect([
        path,
        statusOf(
          await rawRequest(`OPTIONS ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
        ),
      ]).toEqual([path, 400]);
    }
  });

  for (const [who, make] of PEOPLE) {
    test.each(POSTED)(
      `POST, ${who}: %s is 404, and in the audit log if the caller is signed in`,
      async (file) => {
        const person = await make();
        const answer = await (person?.browser ?? new Browser()).post(addressOf(file), {
          role: "administrator",
          reason: "none",
          id: randomUUID(),
        });
        expect(answer.status).toBe(404);
        if (person)
          expect(await entriesOf(person)).toMatchObject([
            { outcome: "refused", actor: person.email, detail: { reason: "no_role" } },
          ]);
      },
    );
  }

  test.each(FILES)(
    "with another method, from another site, or with an unreadable body, %s is 404 too",
    async (file) => {
      const { browser } = await makeAdmin(null);
      const path = addressOf(file);
      for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "GET", "HEAD"]) {
        expect([
          method,
          (await browser.send(path, { method, headers: { origin: "https://elsewhere.example" } })).status,
        ]).toEqual([method, 404]);
      }
      expect(
        (
          await browser.send(path, {
            method: "POST",
            headers: { origin: browser.origin, "content-type": "application/json" },
            body: "{",
          })
        ).status,
      ).toBe(404);
    },
  );

  test("offers an auditor no action", async () => {
    const { browser } = await makeAdmin("auditor");
    const other = await makeAdmin(null);
    expect((await browser.open(`/admin/roles/${other.userId}/change?role=auditor`)).status).toBe(404);
    const page = await browser.open(`/admin/roles/${other.userId}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/Make auditor|Make administrator|Remove role/);
  });
});

describe("the audit log has every attempt, and no caller can fill it", () => {
  test("lists five reads an hour by one person without a role; the last entry says where the others are", async () => {
    const person = await makeAdmin(null);
    for (let count = 0; count < 8; count++)
      expect((await person.browser.open("/admin/audit")).status).toBe(404);
    const entries = await entriesOf(person);
    expect(entries.map(({ action, outcome }) => [action, outcome])).toEqual(
      Array(5).fill(["admin.enter", "refused"]),
    );
    expect(entries.map(({ detail }) => detail.further)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      "server_log",
    ]);
    // Attempts to change something are counted separately, so reading does not hide them.
    await person.browser.post(`/admin/roles/${person.userId}/change/submit`, { role: "administrator" });
    expect((await entriesOf(person)).at(-1)).toMatchObject({ action: "user.role", outcome: "refused" });
  });

  test("records the address that our server saw, whatever headers the caller sends (TRUST_PROXY=false)", async () => {
    const person = await makeAdmin(null);
    await person.browser.open("/admin", {
      "x-client-address": "203.0.113.9",
      "x-forwarded-for": "203.0.113.9",
    });
    expect((await entriesOf(person))[0]!.address).toMatch(/^(::1|(::ffff:)?127\.0\.0\.1)$/);
  });

  test("an administrator's form from another site changes nothing (403)", async () => {
    const [admin, other] = [await makeAdmin(), await makeAdmin(null)];
    const answer = await admin.browser.post(
      `/admin/roles/${other.userId}/change/submit`,
      { role: "administrator" },
      { origin: "https://elsewhere.example" },
    );
    expect(answer.status).toBe(403);
    expect(await query(`SELECT role FROM connect_user WHERE id = $1::uuid`, other.userId)).toEqual([
      { role: null },
    ]);
  });
});

test("the path of an attempt is cut to 200 characters in the log, because entries cannot be deleted", async () => {
  const person = await makeAdmin(null);
  await person.browser.post(`/admin/roles/${"x".repeat(10_000)}/change/submit`, { role: "administrator" });
  expect(String((await entriesOf(person))[0]!.detail.path).length).toBe(200);
});

test("a name is not mistaken for an address in the log: without an e-mail address it is in quotation marks", async () => {
  const person = await makeAdmin(null, { name: "admin@example.com" });
  await query(`UPDATE connect_user SET email = NULL WHERE id = $1::uuid`, person.userId);
  await person.browser.open("/admin");
  expect((await entriesOf(person))[0]!.actor).toBe("“admin@example.com”, no e-mail address");
});

test.each([
  (id: string) => `/admin/bulk-revocations?before=0000-01-01T00:00:00.000Z~${id}`,
  (id: string) => `/admin/linked-accounts/${id}?before=0000-01-01T00:00:00.000Z~${id}`,
])("a cursor with a year that the database cannot store is a 400: %#", async (addressOf) => {
  const { browser, accountId } = await makeAdmin("auditor");
  expect((await browser.open(addressOf(accountId))).status).toBe(400);
});

test("an invalid request id in the address is ignored", async () => {
  const { browser, accountId } = await makeAdmin("auditor");
  expect((await browser.open(`/admin/linked-accounts/${accountId}?request=%00`)).status).toBe(200);
});

describe("/admin/audit", () => {
  test.each([
    "action=nothing",
    "outcome=maybe",
    "from=2026-02-30",
    "from=0000-01-01",
    "to=99999-01-01",
    "from=2026-11-23&to=2026-11-22",
    "size=51",
    "size=-1",
    "older=x",
    "older=2026-11-23T00:00:00.000Z~1;DROP",
    "newer=9999-99-99T00:00:00.000Z~1",
    "older=2026-11-23T00:00:00.000Z~1&newer=2026-11-23T00:00:00.000Z~1",
    "actor=a&actor=b",
    "actor=%00",
    `actor=${"x".repeat(201)}`,
    `target=${"x".repeat(10_000)}`,
  ])("a query that was tampered with is a 400 with a sentence: %s", async (tampered) => {
    const { browser } = await makeAdmin("auditor");
    const page = await browser.open(`/admin/audit?${tampered}`);
    expect(page.status).toBe(400);
    expect(page.text).toContain("All entries");
  });

  test.each([
    "actor=%25",
    "actor=_",
    "actor='",
    "actor=%22%5C",
    "actor=%E2%84%AA",
    "request=%25",
    "older=9999-12-31T23:59:59.999Z~999999999999999999",
    "actor=&action=&from=",
  ])("an unusual but valid query is answered with its matches, or none: %s", async (odd) => {
    const { browser } = await makeAdmin("auditor");
    expect((await browser.open(`/admin/audit?${odd}`)).status).toBe(200);
  });

  test("a filter by the start of an address finds that person's entries only, and each page continues where the last one ended", async () => {
    const [admin, person, other] = [await makeAdmin("auditor"), await makeAdmin(null), await makeAdmin(null)];
    for (let count = 0; count < 30; count++)
      await person.browser.post(`/admin/roles/${person.userId}/change/submit`, { role: "auditor" });
    await other.browser.post(`/admin/roles/${other.userId}/change/submit`, { role: "auditor" });
    const rows = ({ text }: Page) =>
      [...text.matchAll(/href="\/admin\/audit\?request=([0-9a-f]{8})"/g)].map(([, id]) => id!);
    const first = await admin.browser.open(
      `/admin/audit?actor=${person.email.slice(0, -8).toUpperCase()}&size=25`,
    );
    const next = await admin.browser.open(
      /href="([^"]*older=[^"]*)"/.exec(first.text)![1]!.replaceAll("&amp;", "&"),
    );
    expect(first.text).not.toContain(other.email);
    const seen = [...rows(first), ...rows(next)];
    expect(seen).toEqual((await entriesOf(person)).map(({ request_id }) => request_id).reverse());
    expect(new Set(seen).size).toBe(30);
  });
});
