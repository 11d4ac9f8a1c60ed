import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";

import { Browser, testOrigin, type Page } from "#tests/factories/browser.ts";
import { deliver, findLinkedAccount, walkToCallback } from "#tests/factories/connect-client.ts";
import { textOf } from "#tests/factories/html.ts";
import { makeAccount, type TestAccount } from "#tests/factories/make-account.ts";
import { makeAdmin, type TestAdmin } from "#tests/factories/make-admin.ts";
import { readMails } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

const OTHER_SITE = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
const ACTIONS = ["refresh", "revoke", "sign-out"] as const;
const HOSTILE = `</textarea><script>alert("x")</script><img src=x> 'moved' & gone`;

let admin: TestAdmin;
beforeAll(async () => {
  admin = await makeAdmin();
});

type Row = {
  id: string;
  user_id: string;
  state: string;
  disconnect_reason: string | null;
  token_version: number;
  refresh_token: string | null;
};

const hrefOf = (id: string) => `/admin/linked-accounts/${id}`;
const rowOf = async ({ id }: TestAccount) => (await findLinkedAccount(id)) as Row;
const auditOf = (id: string) =>
  query<{ action: string; outcome: string; detail: Record<string, unknown> }>(
    `SELECT action, outcome, detail FROM connect_audit_entry WHERE target_id = $1 ORDER BY id`,
    id,
  );
const attemptsOf = (actorId: string) =>
  query<{ action: string; outcome: string }>(
    `SELECT action, outcome FROM connect_audit_entry WHERE actor_id = $1::uuid ORDER BY id`,
    actorId,
  );
const act = (
  browser: Browser,
  id: string,
  action: (typeof ACTIONS)[number],
  form: Record<string, string> = { reason: "Moved out" },
  headers = {},
) => browser.post(`${hrefOf(id)}/${action}/submit`, form, headers);

/** Makes a person whose Legrand account is connected. */
async function connected(browser = new Browser(), form: Record<string, string> = {}) {
  const account = await makeAccount();
  await deliver(browser, await walkToCallback(browser, account, { form }));
  return { browser, account, row: await rowOf(account) };
}

/** Returns the text of the page that follows the answer. */
const after = async (page: Page) => textOf((await admin.browser.open(page.location!)).text);

describe("the page of one linked account, for administrators (issue 5, What an administrator gets 2)", () => {
  test("shows the person, the connection, its dates, its permissions and its history; never a token", async () => {
    const { account, row } = await connected();
    const page = await admin.browser.open(hrefOf(row.id));
    expect(page.status).toBe(200);
    const text = textOf(page.text);
    for (const said of [
      account.email,
      account.id,
      "Access is renewed automatically.",
      "See temperature and humidity",
      "Connected",
      "The person",
      "In 1 browser",
      "No role",
    ])
      expect(text).toContain(said);
    const [secrets] = await query<Record<string, string>>(
      `SELECT access_token, refresh_token FROM connect_account WHERE id = $1::uuid`,
      row.id,
    );
    for (const secret of Object.values(secrets!)) expect(page.text).not.toContain(secret);
  });

  test("links to the pages of the person's other accounts", async () => {
    const { browser, row } = await connected();
    const other = await connected(browser, { intent: "another" });
    expect((await admin.browser.open(hrefOf(row.id))).text).toContain(`href="${hrefOf(other.row.id)}"`);
  });

  test("answers an impossible id with 404, and the id of a deleted account with a page that says so, also after an action", async () => {
    for (const id of ["x", "1", `${randomUUID()}x`, "%00"])
      expect((await admin.browser.open(hrefOf(id))).status, id).toBe(404);
    const gone = randomUUID();
    const page = await admin.browser.open(hrefOf(gone));
    expect([page.status, textOf(page.text).includes("This account is gone")]).toEqual([404, true]);
    for (const action of ACTIONS) {
      expect((await admin.browser.open(`${hrefOf(gone)}/${action}`)).location).toBe(
        `${testOrigin()}${hrefOf(gone)}`,
      );
      const answer = await act(admin.browser, gone, action);
      expect([answer.status, (await after(answer)).includes("This account is gone")]).toEqual([303, true]);
    }
    expect((await auditOf(gone)).map(({ outcome }) => outcome)).toEqual(["refused", "refused", "refused"]);
    expect((await act(admin.browser, "nonsense", "revoke")).status).toBe(404);
  });

  test("answers a cursor that was tampered with by 400 and a sentence", async () => {
    const { row } = await connected();
    for (const cursor of ["x", "2026-11-23T00:00:00.000Z_1", "%27%3B--", "a".repeat(5_000)]) {
      const page = await admin.browser.open(`${hrefOf(row.id)}?before=${cursor}`);
      expect([page.status, textOf(page.text).includes("does not name a page of the history")]).toEqual([
        400,
        true,
      ]);
    }
  });
});

describe("the actions of the page, called without the right to", () => {
  test.each(["no session", "no role", "auditor"] as const)(
    "%s: every action is 404, and nothing is changed",
    async (who) => {
      const { row } = await connected();
      const user = who === "no session" ? null : await makeAdmin(who === "auditor" ? "auditor" : null);
      const browser = user?.browser ?? new Browser();
      const before = (await query(`SELECT * FROM connect_account WHERE id = $1::uuid`, row.id))[0];
      expect((await browser.open(hrefOf(row.id))).status).toBe(who === "auditor" ? 200 : 404);
      for (const action of ACTIONS) {
        expect((await browser.open(`${hrefOf(row.id)}/${action}`)).status).toBe(404);
        expect((await act(browser, row.id, action)).status).toBe(404);
      }
      expect((await query(`SELECT * FROM connect_account WHERE id = $1::uuid`, row.id))[0]).toEqual(before);
      expect(await query(`SELECT 1 FROM connect_session WHERE user_id = $1::uuid`, row.user_id)).toHaveLength(
        1,
      );
      expect(await auditOf(row.id)).toEqual([]);
      if (user)
        expect((await attemptsOf(user.userId)).some(({ outcome }) => outcome === "refused")).toBe(true);
      if (who === "auditor") {
        const page = await browser.open(hrefOf(row.id));
        for (const action of ACTIONS) expect(page.text).not.toContain(`${hrefOf(row.id)}/${action}"`);
      }
    },
  );

  test("from another site: 403, and nothing is changed", async () => {
    const { row, account } = await connected();
    for (const action of ACTIONS)
      expect((await act(admin.browser, row.id, action, { reason: "x" }, OTHER_SITE)).status).toBe(403);
    expect((await rowOf(account)).state).toBe("connected");
  });

  test("by an administrator who was demoted a moment ago: 404, and nothing is changed", async () => {
    const [{ row, account }, demoted] = [await connected(), await makeAdmin()];
    await query(`UPDATE connect_user SET role = NULL WHERE id = $1::uuid`, demoted.userId);
    for (const action of ACTIONS) expect((await act(demoted.browser, row.id, action)).status).toBe(404);
    expect((await rowOf(account)).state).toBe("connected");
  });
});

describe("Refresh now", () => {
  test("renews the tokens, says so, and adds one history entry, however often it is pressed", async () => {
    const { row, account } = await connected();
    expect(await after(await act(admin.browser, row.id, "refresh"))).toContain("The access is renewed.");
    expect(await after(await act(admin.browser, row.id, "refresh"))).toContain("Refreshed 2 times");
    expect((await rowOf(account)).token_version).toBe(row.token_version + 2);
    expect((await auditOf(row.id)).map(({ action, outcome }) => [action, outcome])).toEqual(
      [1, 2].flatMap(() => [
        ["linked_account.refresh", "done"],
        ["linked_account.refresh_outcome", "done"],
      ]),
    );
  });

  test("waits as long as Legrand's 429 said, shows until when, and sends nothing", async () => {
    const { row, account } = await connected();
    await query(
      `UPDATE connect_account SET trouble = 'rate_limited', failed_attempts = 1, retry_at = now() + interval '10 minutes' WHERE id = $1::uuid`,
      row.id,
    );
    expect(await after(await act(admin.browser, row.id, "refresh"))).toContain("Legrand asked to wait until");
    expect((await rowOf(account)).token_version).toBe(row.token_version);
    expect((await auditOf(row.id)).at(-1)).toMatchObject({
      outcome: "failed",
      detail: { result: "asked_to_wait" },
    });
  });

  test("says that only the person can reconnect an account whose access was removed at Legrand", async () => {
    const { row, account } = await connected();
    await query(`DELETE FROM legrand_artifact WHERE payload->>'accountId' = $1`, account.id);
    expect(await after(await act(admin.browser, row.id, "refresh"))).toContain(
      "Only the person can connect it again.",
    );
    expect((await rowOf(account)).state).toBe("reconnect_needed");
  });
});

describe("Revoke", () => {
  test("without a reason, or with one that is too long, revokes nothing: the question returns with the error and what was typed", async () => {
    const { row, account } = await connected();
    for (const [reason, message] of [
      ["   ", "Write the reason"],
      [`${"x".repeat(301)}</textarea><b>`, "at most 300 characters"],
    ] as const) {
      const answer = await act(admin.browser, row.id, "revoke", { reason });
      expect([answer.status, answer.location]).toEqual([303, `${testOrigin()}${hrefOf(row.id)}/revoke`]);
      const page = await admin.browser.open(answer.location!);
      expect(textOf(page.text)).toContain(message);
      expect(page.text).not.toContain("<b>");
      if (reason.trim()) expect(page.text).toContain("x".repeat(301));
    }
    expect((await act(admin.browser, row.id, "revoke", {})).status).toBe(303);
    expect([(await rowOf(account)).state, await auditOf(row.id)]).toEqual(["connected", []]);
  });

  test("wipes and revokes the tokens, signs the person out, and shows the reason as text on the page, in the history, the mail and the export of the person's data", async () => {
    const { browser, row, account } = await connected();
    const other = await connected(browser, { intent: "another" });
    expect(await after(await act(admin.browser, row.id, "revoke", { reason: HOSTILE }))).toContain(
      "Its tokens are revoked at Legrand and deleted here. The person gets a mail with the reason.",
    );
    expect(await rowOf(account)).toMatchObject({
      state: "disconnected",
      disconnect_reason: HOSTILE,
      refresh_token: null,
    });
    expect(
      await query(
        `SELECT 1 FROM legrand_artifact WHERE kind IN ('AccessToken', 'RefreshToken') AND payload->>'accountId' = $1`,
        account.id,
      ),
    ).toEqual([]);
    const pages = [await admin.browser.open(hrefOf(row.id)), await browser.open("/account")];
    for (const { text } of pages) {
      expect(text).not.toContain("<script>alert");
      expect(text).not.toContain("<img src=x>");
      expect(textOf(text)).toContain("moved");
    }
    expect(textOf(pages[0]!.text)).toContain(`Administrator ${admin.email}`);
    expect(textOf(pages[1]!.text)).toContain("An administrator disconnected it on");
    const [mail] = (await readMails(account.email)).filter(({ subject }) => subject.includes("disconnected"));
    expect(mail!.text).toContain(HOSTILE);
    expect(mail!.html).not.toMatch(/<script>|<img src=x>/);
    const data = JSON.parse((await browser.open("/account/data/download")).text) as {
      linkedAccounts: {
        legrandId: string;
        disconnectReason: string | null;
        events: { what: string; by: string }[];
      }[];
    };
    expect(data.linkedAccounts.find(({ legrandId }) => legrandId === account.id)).toMatchObject({
      disconnectReason: HOSTILE,
    });
    expect(data.linkedAccounts.find(({ legrandId }) => legrandId === other.account.id)).toMatchObject({
      disconnectReason: null,
    });
  });

  test("a second revocation, by any administrator, changes nothing and says so; the reason disappears when the account is connected again", async () => {
    const { browser, row, account } = await connected();
    await act(admin.browser, row.id, "revoke");
    expect(textOf((await browser.open("/account")).text)).toContain("Connect your Legrand account first");
    expect(await after(await act(admin.browser, row.id, "revoke"))).toContain(
      "The account was already disconnected",
    );
    expect((await admin.browser.open(`${hrefOf(row.id)}/revoke`)).location).toBe(
      `${testOrigin()}${hrefOf(row.id)}`,
    );
    expect((await auditOf(row.id)).map(({ outcome }) => outcome)).toEqual(["done", "done", "refused"]);
    const again = new Browser();
    await deliver(again, await walkToCallback(again, account));
    expect(await rowOf(account)).toMatchObject({ id: row.id, state: "connected", disconnect_reason: null });
  });
});

describe("Sign out everywhere", () => {
  test("ends every session of the person and keeps their accounts connected", async () => {
    const { browser, row, account } = await connected();
    const second = new Browser();
    await deliver(second, await walkToCallback(second, account));
    expect(textOf((await admin.browser.open(`${hrefOf(row.id)}/sign-out`)).text)).toContain(
      `Sign ${account.email} out everywhere?`,
    );
    expect(await after(await act(admin.browser, row.id, "sign-out"))).toContain(
      "signed out everywhere: 2 sessions ended",
    );
    for (const ended of [browser, second])
      expect(textOf((await ended.open("/account")).text)).toContain("Connect your Legrand account first");
    expect((await rowOf(account)).state).toBe("connected");
    expect(await after(await act(admin.browser, row.id, "sign-out"))).toContain(
      "The person had no session to end.",
    );
  });

  test("for the administrator's own account leads to the start page", async () => {
    const me = await makeAdmin();
    expect((await act(me.browser, me.accountId, "sign-out")).location).toBe(`${testOrigin()}/`);
    expect((await me.browser.open("/admin/linked-accounts")).status).toBe(404);
  });
});
