import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import type { Administrator } from "#lib/connect/users/admin-user.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { makeAdministratorProof } from "#tests/factories/make-proofs.ts";
import { makeLinkedAccount, type WantedAccount } from "#tests/factories/make-linked-account.ts";
import { startSmtp, type TestSmtp } from "#tests/factories/smtp.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";
import { SECRETS } from "#tests/unit/environment.ts";

// This file stubs `fetch` as the cloud. tests/unit/cloud tests the connections to a real one.
vi.mock("#lib/connect/cloud/cloud-fetch.ts", () => ({
  cloudFetch: (...request: Parameters<typeof fetch>) => fetch(...request),
}));

const CLOUD = "https://cloud.example";
const REASON = `Moved out & "gone" <script>alert(1)</script>`;
let smtp: TestSmtp;
let revoking: typeof import("#lib/connect/admin/actions/revoke-linked-account.ts");
let signingOut: typeof import("#lib/connect/admin/actions/sign-out.store.ts");

beforeAll(async () => {
  smtp = await startSmtp();
  Object.assign(process.env, SECRETS, {
    LEGRAND_AUTHORIZE_URL: `${CLOUD}/authorize`,
    LEGRAND_TOKEN_URL: `${CLOUD}/token`,
    LEGRAND_API_URL: `${CLOUD}/api`,
    SMTP_URL: smtp.url,
    ORIGIN: "https://connect.example",
    CONNECT_MAIL_FROM: "Connect <connect@connect.example>",
  });
  revoking = await import("#lib/connect/admin/actions/revoke-linked-account.ts");
  signingOut = await import("#lib/connect/admin/actions/sign-out.store.ts");
});
afterAll(() => smtp.stop());

const revoked: string[] = [];
beforeEach(() => {
  revoked.length = 0;
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    if (address.includes("/.well-known/"))
      return Response.json({ token_endpoint: `${CLOUD}/token`, revocation_endpoint: `${CLOUD}/revoke` });
    revoked.push(new URLSearchParams(init.body as URLSearchParams).get("token")!);
    return Response.json({});
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

onEveryDatabase((database) => {
  const origin = (admin: Administrator): AuditOrigin => ({
    actorId: admin.userId,
    actor: admin.label,
    requestId: randomUUID(),
    address: "192.0.2.1",
  });
  const rowOf = (id: string) => database.client.account.findUniqueOrThrow({ where: { id } });
  const eventsOf = async (accountId: string) =>
    (await database.client.linkedAccountEvent.findMany({ where: { accountId }, orderBy: { at: "asc" } })).map(
      ({ what, by, detail }) => ({ what, by, detail }),
    );
  const auditOf = async (targetId: string) =>
    (await database.client.auditEntry.findMany({ where: { targetId }, orderBy: { id: "asc" } })).map(
      ({ action, outcome, actor, detail }) => ({ action, outcome, actor, detail }),
    );
  const roleOf = async (id: string) => (await database.client.user.findUniqueOrThrow({ where: { id } })).role;
  const sessionsOf = (userId: string) => database.client.session.count({ where: { userId } });

  /** Creates a user with that role, an account and a session. */
  async function makePerson(role: "administrator" | "auditor" | null = null, wanted: WantedAccount = {}) {
    const account = await makeLinkedAccount(database.client, {
      name: "Giulia",
      email: `${randomUUID()}@example.com`,
      ...wanted,
    });
    await database.client.user.update({ where: { id: account.userId }, data: { role } });
    await database.client.session.create({
      data: { sessionToken: randomUUID(), userId: account.userId, expires: new Date(Date.now() + 1e9) },
    });
    return account;
  }

  async function makeAdministrator(): Promise<Administrator & { accountId: string }> {
    const { id, userId } = await makePerson("administrator");
    return makeAdministratorProof({ userId, name: "Adriana", label: "adriana@example.com", accountId: id });
  }

  const revoke = (admin: Administrator, accountId: string, reason = REASON) =>
    revoking.revokeLinkedAccount({ accountId, reason, origin: origin(admin), holder: admin });

  describe("an administrator revokes another user's linked account (issue 5, What an administrator gets 2)", () => {
    test("disconnects it, and stores the reason in the row, the history and the audit log", async () => {
      const [admin, account] = [await makeAdministrator(), await makePerson()];
      expect(await revoke(admin, account.id)).toEqual({ ok: true, outcome: "revoked", mail: "sent" });
      expect(await rowOf(account.id)).toMatchObject({
        state: "disconnected",
        disconnectReason: REASON,
        accessToken: null,
        refreshToken: null,
        tokenVersion: account.tokenVersion + 1,
      });
      expect(revoked).toEqual(["stored-refresh-token", "stored-access-token"]);
      expect(await eventsOf(account.id)).toEqual([
        { what: "disconnected", by: "administrator", detail: { reason: REASON } },
      ]);
      expect(await auditOf(account.id)).toEqual([
        {
          action: "linked_account.revoke",
          outcome: "done",
          actor: "adriana@example.com",
          detail: { reason: REASON },
        },
        {
          action: "linked_account.revoke_outcome",
          outcome: "done",
          actor: "adriana@example.com",
          detail: { legrand: "revoked", mail: "sent" },
        },
      ]);
      expect(await sessionsOf(account.userId)).toBe(0);
      expect(await database.client.pendingRevocation.count()).toBe(0);
    });

    test("mails the account's address: which account, by whom, why, what it means; escapes what an administrator typed (OWASP ASVS 5.0, 1.2.1)", async () => {
      const [admin, account] = [await makeAdministrator(), await makePerson()];
      await revoke(admin, account.id);
      const [{ recipients, email }] = smtp.deliveries.filter((one) =>
        one.recipients.includes(account.email!),
      ) as [TestSmtp["deliveries"][0]];
      expect([recipients, email.from?.name]).toEqual([[account.email], "Connect"]);
      for (const said of [
        "An administrator of Connect",
        REASON,
        account.providerAccountId,
        account.email!,
        "Nothing else changed at Legrand",
        "signed out",
        "https://connect.example/",
      ]) {
        expect(email.text).toContain(said);
      }
      expect(email.html).not.toContain("<script>");
      expect(email.html).toContain("&lt;script&gt;");
      expect(email.text).not.toContain("stored-");
    });

    test("keeps the person signed in if they have another connected account", async () => {
      const [admin, account] = [await makeAdministrator(), await makePerson()];
      const other = await makeLinkedAccount(database.client);
      await database.client.account.update({ where: { id: other.id }, data: { userId: account.userId } });
      await revoke(admin, account.id);
      expect(await sessionsOf(account.userId)).toBe(1);
    });

    test("records that an account without an address gets no mail", async () => {
      const [admin, account] = [await makeAdministrator(), await makePerson(null, { email: null })];
      expect(await revoke(admin, account.id)).toMatchObject({ ok: true, mail: "no_address" });
      expect((await auditOf(account.id))[1]).toMatchObject({
        outcome: "failed",
        detail: { mail: "no_address" },
      });
    });

    test.each(["a@example.com, b@example.com", "a@example.com\r\nBcc: b@example.com"])(
      "records a failed mail for the invalid address %j, and never throws",
      async (email) => {
        const log = vi.spyOn(console, "error").mockImplementation(() => {});
        const [admin, account] = [await makeAdministrator(), await makePerson(null, { email })];
        expect(await revoke(admin, account.id)).toMatchObject({
          ok: true,
          outcome: "revoked",
          mail: "failed",
        });
        expect(JSON.stringify(log.mock.calls)).not.toContain("Moved out");
      },
    );

    test("of two at once, one revokes and the other learns that it was done; one mail and one history entry", async () => {
      const [one, other, account] = [
        await makeAdministrator(),
        await makeAdministrator(),
        await makePerson(),
      ];
      const outcomes = await Promise.all([
        revoke(one, account.id),
        revoke(other, account.id),
        revoke(one, account.id),
      ]);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect(outcomes.filter(({ ok }) => !ok)).toEqual(
        Array(2).fill({ ok: false, reason: "already_disconnected" }),
      );
      expect(await eventsOf(account.id)).toHaveLength(1);
      expect(smtp.deliveries.filter(({ recipients }) => recipients.includes(account.email!))).toHaveLength(1);
      expect(
        (await auditOf(account.id))
          .filter(({ action }) => action === "linked_account.revoke")
          .map(({ outcome }) => outcome)
          .sort(),
      ).toEqual(["done", "refused", "refused"]);
    });

    test("two administrators who revoke each other's accounts repeatedly never deadlock", async () => {
      for (let round = 0; round < 5; round++) {
        const [one, other] = [await makeAdministrator(), await makeAdministrator()];
        const settled = await Promise.allSettled([
          revoke(one, other.accountId),
          revoke(other, one.accountId),
          revoke(one, one.accountId),
        ]);
        // An administrator whose last account is gone has lost the role, so a later request is refused.
        expect(
          settled
            .flatMap((each) => (each.status === "rejected" ? [(each.reason as Error).name] : []))
            .every((name) => name === "NotAdministratorError"),
        ).toBe(true);
      }
    });

    test("records the attempt in the audit log if the account is gone, and does nothing else", async () => {
      const [admin, id] = [await makeAdministrator(), randomUUID()];
      expect(await revoke(admin, id)).toEqual({ ok: false, reason: "gone" });
      expect(await auditOf(id)).toMatchObject([
        { action: "linked_account.revoke", outcome: "refused", detail: { reason: "gone" } },
      ]);
      expect(await revoke(admin, "../etc/passwd")).toEqual({ ok: false, reason: "gone" });
    });

    test("a caller who lost the role before the write revokes, sends and writes nothing", async () => {
      const [admin, account] = [await makeAdministrator(), await makePerson()];
      await database.client.user.update({ where: { id: admin.userId }, data: { role: "auditor" } });
      await expect(revoke(admin, account.id)).rejects.toThrow("has lost the administrator role");
      expect([
        await rowOf(account.id).then(({ state }) => state),
        await eventsOf(account.id),
        await auditOf(account.id),
        revoked,
      ]).toEqual(["connected", [], [], []]);
      await expect(signingOut.signOutEverywhere(admin, account.id, origin(admin))).rejects.toThrow(
        "has lost the administrator role",
      );
      expect(await sessionsOf(account.userId)).toBe(1);
    });

    test("keeps the only account of the last administrator, since no administrator could sign in any more; of two, one may go", async () => {
      await database.client.user.updateMany({ data: { role: null } });
      const [one, other] = [await makeAdministrator(), await makeAdministrator()];
      expect(await revoke(one, other.accountId)).toMatchObject({ ok: true });
      expect(await roleOf(other.userId)).toBeNull();
      expect(await revoke(one, one.accountId)).toEqual({ ok: false, reason: "last_administrator" });
      expect([await roleOf(one.userId), (await rowOf(one.accountId)).state]).toEqual([
        "administrator",
        "connected",
      ]);
    });
  });

  describe("signing a person out everywhere", () => {
    test("ends all sessions of that person and no others, once, and says how many", async () => {
      const [admin, account] = [await makeAdministrator(), await makePerson()];
      await database.client.session.create({
        data: { sessionToken: randomUUID(), userId: account.userId, expires: new Date(Date.now() + 1e9) },
      });
      const both = await Promise.all(
        [1, 2].map(() => signingOut.signOutEverywhere(admin, account.id, origin(admin))),
      );
      expect(both).toEqual([{ userId: account.userId }, { userId: account.userId }]);
      expect([await sessionsOf(account.userId), await sessionsOf(admin.userId)]).toEqual([0, 1]);
      const counts = (await auditOf(account.userId)).map(
        ({ detail }) => (detail as { sessions: number }).sessions,
      );
      expect(counts.reduce((sum, count) => sum + count)).toBe(2);
      expect((await rowOf(account.id)).state).toBe("connected");
    });

    test("ends nothing if the account is gone", async () => {
      const admin = await makeAdministrator();
      expect(await signingOut.signOutEverywhere(admin, randomUUID(), origin(admin))).toBeNull();
    });
  });
});
