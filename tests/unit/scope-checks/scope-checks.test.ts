import { beforeAll, describe, expect, test } from "vitest";

import { describeKnownSince } from "#lib/connect/scope-checks/describe-known-since.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { makeLinkedAccount } from "#tests/factories/make-linked-account.ts";
import { SECRETS } from "#tests/unit/environment.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

let checks: typeof import("#lib/connect/scope-checks/store.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS);
  checks = await import("#lib/connect/scope-checks/store.ts");
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

onEveryDatabase((database) => {
  const rowOf = (id: string) => database.client.account.findUniqueOrThrow({ where: { id } });
  async function make(data: Prisma.AccountUncheckedUpdateInput = {}) {
    const { id } = await makeLinkedAccount(database.client);
    return database.client.account.update({
      where: { id },
      data: { grantedScopes: ["topology.read", "light.read"], withdrawnScopes: [], ...data },
    });
  }

  describe("asks Legrand about the scopes of an account at most once in five minutes (decision 46)", () => {
    test("of several simultaneous callers, one asks", async () => {
      const { id } = await make();
      const claims = await Promise.all([1, 2, 3].map(() => checks.claimScopeCheck(id)));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    test.each([
      ["said", "scopesKnownAt"],
      ["was asked", "scopesAskedAt"],
    ])("does not ask if Legrand %s less than five minutes ago", async (_what, column) => {
      expect(await checks.claimScopeCheck((await make({ [column]: minutesAgo(4) })).id)).toBe(false);
      expect(await checks.claimScopeCheck((await make({ [column]: minutesAgo(6) })).id)).toBe(true);
    });

    test("does not ask about a disconnected account", async () => {
      expect(await checks.claimScopeCheck((await make({ state: "disconnected" })).id)).toBe(false);
    });
  });

  describe("the scopes in Legrand's answer", () => {
    test("a missing scope is withdrawn once, with an entry in the history", async () => {
      const { id, tokenVersion } = await make();
      for (let time = 0; time < 2; time++)
        await checks.recordGrantedScopes(id, tokenVersion, ["topology.read"]);
      expect(await rowOf(id)).toMatchObject({
        state: "reconnect_needed",
        reconnectReason: "scope_withdrawn",
        grantedScopes: ["topology.read"],
        withdrawnScopes: ["light.read"],
      });
      expect(
        await database.client.linkedAccountEvent.findMany({
          where: { accountId: id },
          select: { what: true, by: true, detail: true },
        }),
      ).toEqual([
        { what: "scopes_withdrawn", by: "legrand", detail: { added: [], removed: ["light.read"] } },
      ]);
    });

    test("unchanged scopes only update the time of the answer", async () => {
      const { id, tokenVersion } = await make({ scopesKnownAt: minutesAgo(60) });
      expect(await checks.recordGrantedScopes(id, tokenVersion, ["light.read", "topology.read"])).toBe(true);
      const row = await rowOf(id);
      expect(row).toMatchObject({ state: "connected", grantedScopes: ["topology.read", "light.read"] });
      expect(row.scopesKnownAt!.getTime()).toBeGreaterThan(minutesAgo(1).getTime());
      expect(await database.client.linkedAccountEvent.count({ where: { accountId: id } })).toBe(0);
    });

    test("the answer is not stored if the tokens changed or the account was disconnected meanwhile", async () => {
      const [renewed, left] = [await make(), await make({ state: "disconnected" })];
      expect(await checks.recordGrantedScopes(renewed.id, renewed.tokenVersion - 1, ["topology.read"])).toBe(
        false,
      );
      expect(await checks.recordGrantedScopes(left.id, left.tokenVersion, ["topology.read"])).toBe(false);
      expect(await rowOf(renewed.id)).toEqual(renewed);
    });

    test('a scope that is back ends "scope withdrawn", and no other reason', async () => {
      for (const [reconnectReason, state] of [
        ["scope_withdrawn", "connected"],
        ["key_lost", "reconnect_needed"],
      ] as const) {
        const { id, tokenVersion } = await make({
          grantedScopes: ["topology.read"],
          withdrawnScopes: ["light.read"],
          state: "reconnect_needed",
          reconnectReason,
        });
        await checks.recordGrantedScopes(id, tokenVersion, ["topology.read", "light.read"]);
        expect(await rowOf(id)).toMatchObject({
          state,
          withdrawnScopes: [],
          grantedScopes: ["topology.read", "light.read"],
        });
      }
    });
  });
});

describe("the page says since when the scopes are known, unless Legrand has just confirmed them", () => {
  const at = new Date("2026-11-30T12:00:00Z");
  const before = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
  test.each<[string, Date | null, Date, string | null]>([
    ["five minutes ago", before(5), before(90), null],
    [
      "seven minutes ago",
      before(7),
      before(90),
      "Known since 30 November 2026 at 11:53 UTC. Legrand has not said more since then.",
    ],
    [
      "never: since the consent",
      null,
      before(90),
      "Known since 30 November 2026 at 10:30 UTC. Legrand has not said more since then.",
    ],
  ])("%s", (_when, scopesKnownAt, authorizedAt, said) => {
    expect(describeKnownSince({ scopesKnownAt, authorizedAt }, at)).toBe(said);
  });
});
