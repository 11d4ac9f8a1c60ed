import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";

import { Browser, testOrigin } from "#tests/factories/browser.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAdmin, type TestAdmin } from "#tests/factories/make-admin.ts";
import { readCsv } from "#tests/factories/read-csv.ts";
import { query } from "#tests/harness/database.ts";

const QUESTION = "/admin/linked-accounts/revoke";
const NO_ROW = "00000000-0000-4000-8000-000000000000";

/** Makes linked accounts without tokens for one person with that name. Returns their ids. */
async function makeAccounts(
  name: string,
  amount: number,
  requestedScopes = "{topology.read}",
): Promise<string[]> {
  const [user] = await query<{ id: string }>(
    `INSERT INTO connect_user (id, name) VALUES (gen_random_uuid(), $1) RETURNING id::text`,
    name,
  );
  const rows = await query<{ id: string }>(
    `INSERT INTO connect_account (id, user_id, type, provider, provider_account_id, name, requested_scopes, granted_scopes)
     SELECT gen_random_uuid(), $1::uuid, 'oidc', 'legrand', gen_random_uuid()::text, $2, $4::text[], '{topology.read,comfort.read}' FROM generate_series(1, $3::int) RETURNING id::text`,
    user!.id,
    name,
    amount,
    requestedScopes,
  );
  return rows.map(({ id }) => id);
}

const connectedOf = async (name: string) =>
  (await query(`SELECT 1 FROM connect_account WHERE name = $1 AND state <> 'disconnected'`, name)).length;
const entriesOf = async (actorId: string, action: string) =>
  query<{ outcome: string; detail: Record<string, unknown>; target_id: string }>(
    `SELECT outcome, detail, target_id FROM connect_audit_entry WHERE actor_id = $1::uuid AND action = $2 ORDER BY id`,
    actorId,
    action,
  );

/** Returns the fields of the question's form from its page. */
async function fieldsOf({ browser }: TestAdmin, address: string): Promise<Record<string, string>> {
  const { text } = await browser.open(address);
  return Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
}

const stateOf = async (id: string) =>
  (
    await query<Record<string, unknown>>(
      `SELECT state::text, total, revoked, skipped, failed, reason, selection FROM connect_bulk_revocation WHERE id = $1::uuid`,
      id,
    )
  )[0]!;

describe("bulk revocation (issue 5, 3)", () => {
  test("selected accounts: the question makes one job, however often it is sent, and the job's page shows the numbers", async () => {
    const [admin, name] = [await makeAdmin(), `Many ${randomUUID()}`];
    const ids = await makeAccounts(name, 3);
    const address = `${QUESTION}?${ids.map((id) => `id=${id}`).join("&")}`;
    expect(textOf((await admin.browser.open(address)).text)).toContain("Revoke 3 accounts?");
    const form: Record<string, string> = {
      ...(await fieldsOf(admin, address)),
      reason: "The contract has ended.",
    };
    const answers = await Promise.all([1, 2].map(() => admin.browser.post(`${QUESTION}/submit`, form)));
    const page = `${testOrigin()}/admin/bulk-revocations/${form.job}`;
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, page],
      [303, page],
    ]);
    await expect
      .poll(async () => stateOf(form.job!))
      .toMatchObject({
        state: "done",
        total: 3,
        revoked: 3,
        failed: 0,
        reason: "The contract has ended.",
        selection: "3 selected accounts",
      });
    expect(await connectedOf(name)).toBe(0);
    expect(await entriesOf(admin.userId, "bulk_revocation.start")).toMatchObject([
      { outcome: "done", detail: { total: 3 } },
    ]);
    const shown = textOf((await admin.browser.open(page)).text);
    for (const said of [
      "Revocation of 3 selected accounts",
      "Done",
      "3 of 3 accounts",
      "The contract has ended.",
    ])
      expect(shown).toContain(said);
    expect(textOf((await admin.browser.open("/admin/bulk-revocations")).text)).toContain(
      "3 selected accounts",
    );
  });

  test("a whole filter asks for the number of accounts; a wrong number or a missing reason shows the form again, and changes nothing", async () => {
    const [admin, name] = [await makeAdmin(), `Many ${randomUUID()}`];
    await makeAccounts(name, 2);
    const form = await fieldsOf(admin, `${QUESTION}?all=1&q=${encodeURIComponent(name)}`);
    const wrong = await admin.browser.post(`${QUESTION}/submit`, { ...form, reason: "", number: "3" });
    expect([wrong.status, wrong.location]).toEqual([
      303,
      expect.stringContaining(`${testOrigin()}${QUESTION}?q=`),
    ]);
    const again = textOf((await admin.browser.open(wrong.location!)).text);
    for (const said of [
      "Nothing was revoked yet",
      "Type the number of accounts as shown above.",
      "Write the reason",
    ])
      expect(again).toContain(said);
    expect(await connectedOf(name)).toBe(2);
    const right = await admin.browser.post(`${QUESTION}/submit`, { ...form, reason: "Moved.", number: "2" });
    expect(right.location).toBe(`${testOrigin()}/admin/bulk-revocations/${form.job}`);
    await expect.poll(async () => stateOf(form.job!)).toMatchObject({ state: "done", revoked: 2 });
  });

  test.each([
    ["not an id", "id=1"],
    ["a state that there is not", "all=1&state=broken"],
    ["a word for all", "all=yes"],
  ])("%s is 400 with a sentence, in the page and in the form", async (_what, tampered) => {
    const admin = await makeAdmin();
    const page = await admin.browser.open(`${QUESTION}?${tampered}`);
    expect(page.status).toBe(400);
    expect(textOf(page.text)).toContain("Nothing was changed.");
    const form = [
      ...new URLSearchParams(tampered),
      ["job", randomUUID()],
      ["counted", "1"],
      ["exact", "1"],
      ["reason", "x"],
    ] as [string, string][];
    expect((await admin.browser.post(`${QUESTION}/submit`, form)).status).toBe(400);
  });

  test("without a selection the question leads back to the list, which says so; a form that no page of the application sends is 400", async () => {
    const admin = await makeAdmin();
    const sent = await admin.browser.open(QUESTION);
    expect([sent.status, sent.location]).toEqual([
      307,
      `${testOrigin()}/admin/linked-accounts?selected=none`,
    ]);
    expect(textOf((await admin.browser.open(sent.location!)).text)).toContain("No account is selected.");
    expect(
      (await admin.browser.post(`${QUESTION}/submit`, { ids: admin.accountId, reason: "x" })).status,
    ).toBe(400);
  });

  test("an auditor reads, and cannot revoke, stop or retry; a person without a role gets 404; each attempt is in the audit log", async () => {
    const [admin, auditor, person] = [await makeAdmin(), await makeAdmin("auditor"), await makeAdmin(null)];
    const id = randomUUID();
    await query(
      `INSERT INTO connect_bulk_revocation (id, created_at, created_by, actor, reason, selection, state, total) VALUES ($1::uuid, now(), $2::uuid, 'a', 'r', 'some accounts', 'done', 1)`,
      id,
      admin.userId,
    );
    const actions = [
      `${QUESTION}/submit`,
      `/admin/bulk-revocations/${id}/stop`,
      `/admin/bulk-revocations/${id}/again`,
    ];
    for (const one of [auditor, person]) {
      for (const action of actions)
        expect(
          (
            await one.browser.post(action, {
              ids: one.accountId,
              job: randomUUID(),
              counted: "1",
              exact: "1",
              reason: "x",
            })
          ).status,
        ).toBe(404);
      expect((await entriesOf(one.userId, "bulk_revocation.start")).map(({ outcome }) => outcome)).toEqual([
        "refused",
        "refused",
      ]);
      expect(await entriesOf(one.userId, "bulk_revocation.stop")).toMatchObject([{ outcome: "refused" }]);
      expect((await one.browser.open(`${QUESTION}?id=${one.accountId}`)).status).toBe(404);
    }
    const seen = await auditor.browser.open(`/admin/bulk-revocations/${id}`);
    expect([seen.status, seen.text.includes("<button")]).toEqual([200, expect.any(Boolean)]);
    expect(seen.text).not.toContain("/again");
    for (const path of ["/admin/bulk-revocations", `/admin/bulk-revocations/${id}`]) {
      expect((await person.browser.open(path)).status).toBe(404);
      expect((await new Browser().open(path)).status).toBe(404);
    }
    expect(
      (
        await admin.browser.post(
          `${QUESTION}/submit`,
          { ids: admin.accountId },
          { origin: "https://evil.example" },
        )
      ).status,
    ).toBe(403);
  });

  test("stop and retry of an unknown job are 404, and a cursor that was tampered with is 400", async () => {
    const admin = await makeAdmin();
    for (const id of [NO_ROW, "nonsense"]) {
      for (const action of ["stop", "again"])
        expect(
          (await admin.browser.post(`/admin/bulk-revocations/${id}/${action}`, { job: randomUUID() })).status,
        ).toBe(404);
      expect((await admin.browser.open(`/admin/bulk-revocations/${id}`)).status).toBe(404);
    }
    expect((await admin.browser.open("/admin/bulk-revocations?before=nonsense")).status).toBe(400);
  });
});

describe("exports (issue 5, 4)", () => {
  const exportOf = (what: string, format: string, more: string) =>
    `/admin/${what}/export?format=${format}&${more}`;

  test("the files contain the rows of the filter: CSV safe from formulas, and one JSON object a line; an auditor may export", async () => {
    const [auditor, name] = [await makeAdmin("auditor"), `=HYPERLINK("x"), "Many" ${randomUUID()}`];
    const ids = await makeAccounts(name, 3);
    const q = `q=${encodeURIComponent(name)}`;
    const ndjson = await auditor.browser.open(exportOf("linked-accounts", "ndjson", q));
    const rows = ndjson.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ id }) => id)).toEqual([...ids].sort());
    expect(rows[0]).toMatchObject({
      name,
      granted_scopes: ["topology.read", "comfort.read"],
      state: "connected",
      disconnected_at: null,
    });
    const csv = await auditor.browser.open(exportOf("linked-accounts", "csv", q));
    const [head, ...cells] = readCsv(csv.text);
    expect(
      cells.map((row) => Object.fromEntries(row.map((cell, index) => [head![index]!, cell]))),
    ).toMatchObject(
      rows.map(({ id }) => ({
        id,
        name: `'${name}`,
        granted_scopes: "topology.read comfort.read",
        disconnected_at: "",
      })),
    );
    expect(csv.headers.get("content-disposition")).toMatch(
      /^attachment; filename="linked-accounts-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(csv.headers.get("cache-control")).toContain("no-store");
    expect(await entriesOf(auditor.userId, "linked_account.export")).toMatchObject([
      { detail: { phase: "start", format: "ndjson" } },
      { detail: { phase: "end", rows: 3, end: "whole" } },
      { detail: { phase: "start", format: "csv" } },
      { detail: { phase: "end", rows: 3 } },
    ]);
  });

  test("progress is found under the id that the page gave the export", async () => {
    const [admin, run] = [await makeAdmin(), randomUUID()];
    await makeAccounts(run, 2);
    expect((await admin.browser.open(`/admin/exports/${run}`)).status).toBe(404);
    await admin.browser.open(exportOf("linked-accounts", "csv", `q=${run}&run=${run}`));
    expect(JSON.parse((await admin.browser.open(`/admin/exports/${run}`)).text)).toMatchObject({
      rows: 2,
      state: "done",
    });
    const person = await makeAdmin(null);
    expect((await person.browser.open(`/admin/exports/${run}`)).status).toBe(404);
  });

  test("the audit log is exported with its filter, and records its own export", async () => {
    const admin = await makeAdmin();
    await admin.browser.open(exportOf("audit", "csv", `actor=${admin.userId}`));
    const { text } = await admin.browser.open(exportOf("audit", "ndjson", `actor=${admin.userId}`));
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { action: string; detail: { phase: string }; at: string });
    expect(rows.map(({ action, detail }) => [action, detail.phase])).toEqual([
      ["audit_log.export", "start"],
      ["audit_log.export", "end"],
      ["audit_log.export", "start"],
    ]);
    expect(rows[0]!.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/);
  });

  test.each([
    ["no format", ""],
    ["another format", "format=xls"],
    ["two formats", "format=csv&format=csv"],
    ["a run that is no UUID", "format=csv&run=1"],
    ["a state that there is not", "format=csv&state=x"],
  ])("%s is 400 with a sentence", async (_what, sent) => {
    const { browser, userId } = await makeAdmin();
    const { status, text } = await browser.open(`/admin/linked-accounts/export?${sent}`);
    expect([status, textOf(text)]).toEqual([400, expect.stringContaining("This was not done")]);
    expect(await entriesOf(userId, "linked_account.export")).toEqual([]);
  });

  test("without a role these addresses answer as unknown ones, and the attempt is in the audit log", async () => {
    const person = await makeAdmin(null);
    for (const path of [exportOf("linked-accounts", "csv", ""), exportOf("audit", "csv", "")]) {
      const [theirs, nobodys] = [await person.browser.open(path), await new Browser().open(path)];
      expect([theirs.status, nobodys.status]).toEqual([404, 404]);
      expect(textOf(theirs.text)).toContain("Page not found");
    }
    expect(await entriesOf(person.userId, "linked_account.export")).toMatchObject([{ outcome: "refused" }]);
    const admin = await makeAdmin();
    expect(
      (await admin.browser.open(exportOf("linked-accounts", "csv", ""), { "sec-fetch-site": "cross-site" }))
        .status,
    ).toBe(403);
  });

  test("a reader who leaves in the middle ends the export: it is marked as broken off, with a second audit log entry", async () => {
    const [admin, run] = [await makeAdmin(), randomUUID()];
    await makeAccounts(
      run,
      1_100,
      `{${Array.from({ length: 600 }, (_, i) => `scope.with.a.long.name.${i}`).join(",")}}`,
    );
    const leave = new AbortController();
    const cookie = admin.browser.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const response = await fetch(
      `${testOrigin()}${exportOf("linked-accounts", "ndjson", `q=${run}&run=${run}`)}`,
      { signal: leave.signal, headers: { cookie, accept: "text/html" } },
    );
    await response.body!.getReader().read();
    leave.abort();
    await expect
      .poll(async () => JSON.parse((await admin.browser.open(`/admin/exports/${run}`)).text) as unknown, {
        timeout: 20_000,
      })
      .toMatchObject({ state: "broken_off" });
    expect((await entriesOf(admin.userId, "linked_account.export")).at(-1)).toMatchObject({
      detail: { phase: "end", end: "reader_gone" },
    });
    await query(`DELETE FROM connect_user WHERE name = $1`, run);
  });
});
