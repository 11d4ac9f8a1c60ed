import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { digest } from "#lib/crypto/digest.ts";
import type { AdminRole } from "#lib/db/generated/enums.ts";
import { makeAdministratorProof, makeUserProof } from "#tests/factories/make-proofs.ts";
import { makeLinkedAccount } from "#tests/factories/make-linked-account.ts";
import { SECRETS } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const CLOUD = "https://cloud.example";
const LISTED = "first@example.com";
let roles: typeof import("#lib/connect/admin/roles/store.ts");
let environment: typeof import("#lib/connect/roles/environment.store.ts");
let leaving: typeof import("#lib/connect/disconnecting/store.ts");
let revoking: typeof import("#lib/connect/admin/actions/revoke.store.ts");
let linking: typeof import("#lib/connect/linked-accounts/store.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS, {
    LEGRAND_AUTHORIZE_URL: `${CLOUD}/authorize`,
    LEGRAND_TOKEN_URL: `${CLOUD}/token`,
    LEGRAND_API_URL: `${CLOUD}/api`,
    ADMIN_EMAILS: `${LISTED}, second@example.com, k@example.com, Boss@MÜNCHEN.example`,
  });
  roles = await import("#lib/connect/admin/roles/store.ts");
  environment = await import("#lib/connect/roles/environment.store.ts");
  leaving = await import("#lib/connect/disconnecting/store.ts");
  revoking = await import("#lib/connect/admin/actions/revoke.store.ts");
  linking = await import("#lib/connect/linked-accounts/store.ts");
});

type Person = { userId: string; accountId: string; legrandId: string; origin: AuditOrigin };

onEveryDatabase((database) => {
  beforeEach(async () => {
    await database.client.user.updateMany({ data: { role: null } });
    await database.client.adminEmailUse.deleteMany();
  });

  async function make(role: AdminRole | null, email = `${randomUUID()}@example.com`): Promise<Person> {
    const account = await makeLinkedAccount(database.client, { email });
    await database.client.user.update({ where: { id: account.userId }, data: { role, email } });
    for (const days of [1, 2])
      await database.client.session.create({
        data: {
          sessionToken: randomUUID(),
          userId: account.userId,
          expires: new Date(Date.now() + days * 86_400_000),
        },
      });
    return {
      userId: account.userId,
      accountId: account.id,
      legrandId: account.providerAccountId,
      origin: { actorId: account.userId, actor: email, requestId: "test", address: "192.0.2.1" },
    };
  }

  const holderOf = ({ userId }: Person) => makeAdministratorProof({ userId, label: userId });
  const userOf = ({ userId }: Person) => makeUserProof({ userId });
  const change = (by: Person, target: Person, role: AdminRole | null) =>
    roles.changeRole({ userId: target.userId, role, holder: holderOf(by), origin: by.origin });
  const roleOf = async ({ userId }: Person) =>
    (await database.client.user.findUnique({ where: { id: userId } }))?.role;
  const sessionsOf = ({ userId }: Person) => database.client.session.count({ where: { userId } });
  const administrators = () => database.client.user.count({ where: { role: "administrator" } });
  const entriesAbout = async ({ userId }: Person) =>
    (await database.client.auditEntry.findMany({ where: { targetId: userId }, orderBy: { id: "asc" } })).map(
      ({ action, outcome, detail }) => ({ action, outcome, detail }),
    );

  describe("the last administrator keeps the role (issue 5, roles)", () => {
    test("of two administrators who demote each other at the same moment, one remains, each time", async () => {
      for (let round = 0; round < 8; round++) {
        await database.client.user.updateMany({ data: { role: null } });
        const [one, two] = [await make("administrator"), await make("administrator")];
        const outcomes = await Promise.allSettled([change(one, two, null), change(two, one, "auditor")]);
        expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
        expect(await administrators()).toBe(1);
      }
    });

    test("of two who are deleted, disconnected or revoked at the same moment, one remains", async () => {
      for (let round = 0; round < 4; round++) {
        await database.client.user.updateMany({ data: { role: null } });
        const [one, two] = [await make("administrator"), await make("administrator")];
        const revoke = revoking.wipeForAdministrator({
          accountId: two.accountId,
          reason: "test",
          origin: one.origin,
          holder: { bulkId: randomUUID(), confirmedAt: new Date() },
        });
        const outcomes = await Promise.all([
          round % 2
            ? leaving.deleteUser(userOf(one), one.origin)
            : leaving.wipeLinkedAccount(userOf(one), one.accountId, one.origin),
          revoke,
        ]);
        expect(
          outcomes.filter(
            (outcome) =>
              outcome === "last_administrator" ||
              (outcome && typeof outcome === "object" && "reason" in outcome),
          ),
        ).toHaveLength(1);
        expect(await administrators()).toBe(1);
      }
    });

    test("refuses to delete, disconnect, revoke or demote the only administrator, and records each attempt in the audit log", async () => {
      const one = await make("administrator");
      const command = {
        userId: one.userId,
        role: null,
        holder: "command",
        origin: { ...one.origin, actorId: null },
      } as const;
      expect(await leaving.deleteUser(userOf(one), one.origin)).toBe("last_administrator");
      expect(await leaving.wipeLinkedAccount(userOf(one), one.accountId, one.origin)).toBe(
        "last_administrator",
      );
      expect(await roles.changeRole(command)).toMatchObject({ ok: false, reason: "last_administrator" });
      expect(await change(one, one, null)).toMatchObject({ ok: false, reason: "own_role" });
      expect(
        await revoking.wipeForAdministrator({
          accountId: one.accountId,
          reason: "test",
          origin: one.origin,
          holder: holderOf(one),
        }),
      ).toEqual({ reason: "last_administrator" });
      expect([await roleOf(one), await sessionsOf(one)]).toEqual(["administrator", 2]);
      expect((await entriesAbout(one)).map(({ outcome }) => outcome)).toEqual(Array(4).fill("refused"));
    });

    test("disconnects an account that is not their last one, and keeps the role", async () => {
      const one = await make("administrator");
      const other = await makeLinkedAccount(database.client, { userId: one.userId });
      expect(await leaving.wipeLinkedAccount(userOf(one), other.id, one.origin)).toMatchObject({
        isSignedOut: false,
      });
      expect(await roleOf(one)).toBe("administrator");
    });
  });

  describe("a role ends with the last connected account, because reconnecting it makes another user", () => {
    test("after their own disconnect, with an audit entry; their address in ADMIN_EMAILS stays used", async () => {
      const [one] = [await make("administrator", LISTED), await make("administrator")];
      await leaving.wipeLinkedAccount(userOf(one), one.accountId, one.origin);
      expect(await roleOf(one)).toBeNull();
      expect(await entriesAbout(one)).toEqual([
        {
          action: "user.role",
          outcome: "done",
          detail: { from: "administrator", to: null, reason: "last_account" },
        },
      ]);
      expect(await database.client.adminEmailUse.count()).toBe(1);
    });

    test("when another user connects that account, deletes the former user without transferring the role, and keeps the audit log", async () => {
      const [one, other] = [await make("administrator"), await make("administrator")];
      await leaving.wipeLinkedAccount(userOf(one), one.accountId, one.origin);
      await linking.saveConnection({
        userId: other.userId,
        type: "oidc",
        provider: "legrand",
        providerAccountId: one.legrandId,
        name: null,
        email: null,
        accessToken: "at",
        refreshToken: null,
        tokenType: null,
        accessTokenExpiresAt: null,
        refreshTokenExpiresAt: null,
        requestedScopes: [],
        grantedScopes: [],
      });
      expect(await database.client.user.findUnique({ where: { id: one.userId } })).toBeNull();
      expect(await administrators()).toBe(1);
      expect(await entriesAbout(one)).toHaveLength(1);
    });

    test("and no role is given to a user without an account", async () => {
      const [one, person] = [await make("administrator"), await make(null)];
      await leaving.wipeLinkedAccount(userOf(person), person.accountId, person.origin);
      expect(await change(one, person, "auditor")).toMatchObject({ ok: false, reason: "no_account" });
      expect(await change(one, { ...person, userId: randomUUID() }, "auditor")).toMatchObject({
        ok: false,
        reason: "gone",
      });
    });
  });

  describe("ADMIN_EMAILS", () => {
    const signIn = ({ legrandId }: Person, address: string, sessionToken: string | null = null) =>
      environment.becomeAdministratorByAddress({
        provider: "legrand",
        providerAccountId: legrandId,
        address,
        sessionToken,
        headers: new Headers({ "x-client-address": "192.0.2.7" }),
      });

    test("makes the owner an administrator once, with an entry, and ends their other sessions", async () => {
      const person = await make("auditor");
      await signIn(person, LISTED.toUpperCase());
      expect([await roleOf(person), await sessionsOf(person)]).toEqual(["administrator", 1]);
      expect(await entriesAbout(person)).toEqual([
        {
          action: "user.role_by_environment",
          outcome: "done",
          detail: { from: "auditor", to: "administrator" },
        },
      ]);
    });

    test("keeps the session of the browser that connects one more account, and ends other sessions, even longer ones", async () => {
      const person = await make(null);
      const here = randomUUID();
      await database.client.session.create({
        data: {
          sessionToken: digest(here),
          userId: person.userId,
          expires: new Date(Date.now() + 3_600_000),
        },
      });
      await signIn(person, LISTED, here);
      expect(await database.client.session.findMany({ where: { userId: person.userId } })).toMatchObject([
        { sessionToken: digest(here) },
      ]);
    });

    test("signing in at the moment when the role is removed from the same person does not deadlock", async () => {
      const [person, other] = [await make("auditor", LISTED), await make("administrator")];
      for (let round = 0; round < 8; round++) {
        await database.client.adminEmailUse.deleteMany();
        await database.client.user.update({ where: { id: person.userId }, data: { role: "auditor" } });
        await Promise.all([change(other, person, null), signIn(person, LISTED)]);
      }
    });

    test.each(["boss@münchen.example", "boss@xn--mnchen-3ya.example", "BOSS@München.example"])(
      "compares a domain in another language by its A-labels: %s (issue 11, 16)",
      async (address) => {
        const person = await make(null, address);
        await signIn(person, address);
        expect(await roleOf(person)).toBe("administrator");
        const people = await import("#lib/connect/admin/roles/people.store.ts");
        if (address === "boss@münchen.example")
          expect(
            (await people.findPeople("command", "Boss@XN--MNCHEN-3YA.example")).map(({ userId }) => userId),
          ).toContain(person.userId);
      },
    );

    test("does not apply again after the role was removed, as long as there is an administrator", async () => {
      const [person, other] = [await make(null), await make("administrator")];
      await signIn(person, LISTED);
      await change(other, person, null);
      await signIn(person, LISTED);
      expect(await roleOf(person)).toBeNull();
      await database.client.user.updateMany({ data: { role: null } });
      await signIn(person, LISTED);
      expect(await roleOf(person)).toBe("administrator");
    });

    test("nor for the first time if the role was given in the administration and then removed", async () => {
      const [person, other] = [await make("administrator", LISTED), await make("administrator")];
      await change(other, person, "auditor");
      await signIn(person, LISTED);
      expect(await roleOf(person)).toBe("auditor");
    });

    test("makes only one of two people with the same address, who sign in at once, an administrator", async () => {
      const [one, two] = [await make(null), await make(null)];
      await Promise.all([signIn(one, LISTED), signIn(two, LISTED)]);
      expect(await administrators()).toBe(1);
    });

    test.each([
      "third@example.com",
      `${LISTED}.example`,
      ` ${LISTED}`,
      "\u212a@example.com",
      "\uff46irst@example.com",
      "",
    ])("refuses an address that only looks similar: %j", async (address) => {
      const person = await make(null);
      await signIn(person, address);
      expect(await roleOf(person)).toBeNull();
    });
  });
});
