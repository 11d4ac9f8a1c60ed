import { execFile } from "node:child_process";
import { describe, expect, test } from "vitest";

import { Browser } from "#tests/factories/browser.ts";
import { deliver, walkToCallback } from "#tests/factories/connect-client.ts";
import { makeAccount } from "#tests/factories/make-account.ts";
import { makeAdmin, openSession, type TestAdmin } from "#tests/factories/make-admin.ts";
import { query } from "#tests/harness/database.ts";

const roleOf = async (userId: string) =>
  (await query<{ role: string | null }>(`SELECT role FROM connect_user WHERE id = $1::uuid`, userId))[0]
    ?.role;
const entriesAbout = (userId: string) =>
  query<{
    action: string;
    outcome: string;
    actor: string;
    actor_id: string | null;
    detail: Record<string, unknown>;
  }>(
    `SELECT action, outcome, actor, actor_id::text, detail FROM connect_audit_entry WHERE target_id = $1 ORDER BY id`,
    userId,
  );
const change = ({ browser }: TestAdmin, { userId }: { userId: string }, role: string) =>
  browser.post(`/admin/roles/${userId}/change/submit`, { role });

/** Runs `npm run role` beside the server under test. */
function role(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { ...process.env, DATA_DIR: process.env.TEST_DATA_DIR, DATABASE_URL: "" };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--conditions=react-server", "lib/server/operator/role.ts", ...args],
      { env },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

describe("an administrator gives or removes a role (issue 5, roles)", () => {
  test("ends that person's sessions, writes both roles to the audit log, and applies from the next sign-in", async () => {
    const [admin, person] = [await makeAdmin(), await makeAdmin(null)];
    const answer = await change(admin, person, "auditor");
    expect([answer.status, new URL(answer.location!).search]).toEqual([303, `?changed=${person.userId}`]);
    expect((await admin.browser.open(answer.location!)).text).toContain(
      `${person.email} is an auditor now, and is signed out everywhere.`,
    );
    expect(await roleOf(person.userId)).toBe("auditor");
    expect(await query(`SELECT 1 FROM connect_session WHERE user_id = $1::uuid`, person.userId)).toEqual([]);
    expect(await entriesAbout(person.userId)).toEqual([
      {
        action: "user.role",
        outcome: "done",
        actor: admin.email,
        actor_id: admin.userId,
        detail: { from: null, to: "auditor" },
      },
    ]);
    expect((await person.browser.open("/admin/audit")).status).toBe(404);
    person.browser.cookies = [
      { name: person.cookie.name, value: await openSession(person.userId), path: "/" },
    ];
    expect((await person.browser.open("/admin/audit")).status).toBe(200);
  });

  test("refuses to change the administrator's own role, and an administrator who lost the role a moment ago", async () => {
    const [admin, other, person] = [await makeAdmin(), await makeAdmin(), await makeAdmin(null)];
    expect((await change(admin, admin, "none")).location).toContain("refused=own_role");
    await change(other, admin, "auditor");
    admin.browser.cookies = [{ name: admin.cookie.name, value: await openSession(admin.userId), path: "/" }];
    expect((await change(admin, person, "administrator")).status).toBe(404);
    expect([await roleOf(admin.userId), await roleOf(person.userId)]).toEqual(["auditor", null]);
  });

  test.each([
    ["no role at all", {}],
    ["an unknown role", { role: "owner" }],
    ["two", { role: ["auditor", "none"] }],
  ])("refuses a form that no page of the application sends: %s", async (_case, form) => {
    const [admin, person] = [await makeAdmin(), await makeAdmin("administrator")];
    const answer = await admin.browser.post(`/admin/roles/${person.userId}/change/submit`, form);
    expect(answer.status).toBe(400);
    expect(await roleOf(person.userId)).toBe("administrator");
  });
});

test("the sandbox's admin@example.com becomes an administrator at its first connect, and not again after deleting the account and reconnecting", async () => {
  const connect = async () => {
    const browser = new Browser();
    await deliver(
      browser,
      await walkToCallback(browser, { id: "", email: "admin@example.com", password: "sandbox-only" }),
    );
    return browser;
  };
  await makeAdmin();
  const first = await connect();
  expect((await first.open("/admin/roles")).status).toBe(200);
  expect((await first.open((await first.post("/account/data/delete/submit", {})).location!)).text).toContain(
    "Your Connect account and all data stored about you are deleted.",
  );
  const second = await connect();
  expect((await second.open("/account")).status).toBe(200);
  expect((await second.open("/admin/roles")).status).toBe(404);
  const entries = await query(
    `SELECT action, detail FROM connect_audit_entry WHERE actor = 'admin@example.com' AND action LIKE 'user.role%' ORDER BY id`,
  );
  expect(entries).toEqual([
    { action: "user.role_by_environment", detail: { from: null, to: "administrator" } },
    { action: "user.role", detail: { from: "administrator", to: null, reason: "account_deleted" } },
  ]);
});

test("an address that is not listed does not become an administrator", async () => {
  const [browser, account] = [new Browser(), await makeAccount()];
  await deliver(browser, await walkToCallback(browser, account));
  expect((await browser.open("/account")).status).toBe(200);
  expect((await browser.open("/admin")).status).toBe(404);
});

describe("npm run role, beside a running server", () => {
  test("gives and removes a role by e-mail address or Legrand id, with an audit entry of its own", async () => {
    const person = await makeAdmin(null);
    expect(await role("auditor", person.email.toUpperCase())).toEqual({
      code: 0,
      output: `${person.email}: No role before, Auditor now. They are signed out everywhere.\n`,
    });
    expect(await role("none", person.legrandId)).toMatchObject({ code: 0 });
    expect(await roleOf(person.userId)).toBeNull();
    expect(await entriesAbout(person.userId)).toMatchObject([
      { actor: "command on the server", actor_id: null, detail: { from: null, to: "auditor" } },
      { detail: { from: "auditor", to: null } },
    ]);
  });

  test("lists the Legrand ids if two people have the address, and changes nothing", async () => {
    const one = await makeAdmin(null);
    const two = await makeAdmin(null, { email: one.email });
    const { code, output } = await role("administrator", one.email);
    expect(code).toBe(1);
    expect(output).toContain(one.legrandId);
    expect(output).toContain(two.legrandId);
    expect([await roleOf(one.userId), await roleOf(two.userId)]).toEqual([null, null]);
    expect(await role("auditor", two.legrandId)).toMatchObject({ code: 0 });
    expect([await roleOf(one.userId), await roleOf(two.userId)]).toEqual([null, "auditor"]);
  });

  test.each([
    [["auditor", "nobody@example.invalid"], /No connected account has/],
    [["owner", "a@example.com"], /Usage/],
  ])("explains what is wrong with %o", async (args, sentence) => {
    const { code, output } = await role(...args);
    expect(code).toBe(1);
    expect(output).toMatch(sentence);
  });
});
