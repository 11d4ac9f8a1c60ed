import { beforeAll, describe, expect, test } from "vitest";

import { makeAdminProof } from "#tests/factories/make-proofs.ts";
import { makeLinkedAccount } from "#tests/factories/make-linked-account.ts";
import { parsePageCursor } from "#lib/page-cursor.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";
import { SECRETS } from "#tests/unit/environment.ts";

let events: typeof import("#lib/connect/account-events/store.ts");
let tokens: typeof import("#lib/connect/tokens/store.ts");
let history: typeof import("#lib/connect/admin/accounts/history.store.ts");

beforeAll(async () => {
  Object.assign(process.env, SECRETS);
  events = await import("#lib/connect/account-events/store.ts");
  tokens = await import("#lib/connect/tokens/store.ts");
  history = await import("#lib/connect/admin/accounts/history.store.ts");
});

onEveryDatabase((database) => {
  const eventsOf = (accountId: string) =>
    database.client.linkedAccountEvent.findMany({ where: { accountId }, orderBy: [{ at: "asc" }] });

  /** Stores a refresh in the same way as `keepTokens`. */
  async function refresh(
    id: string,
    event: Parameters<typeof tokens.settleRefresh>[2]["event"] = "refreshed",
  ): Promise<boolean> {
    const claim = (await tokens.findStoredTokens(id))!;
    return tokens.settleRefresh(
      claim,
      { refreshedAt: new Date() },
      { isNewVersion: true, isTheirs: false, event },
    );
  }

  const nextMoment = async () => {
    const from = Date.now();
    while (Date.now() === from) await new Promise((resolve) => setImmediate(resolve));
  };

  describe("the history of refreshes (decision 25)", () => {
    test("consecutive refreshes are one entry with their count, the time of the first and the time of the last", async () => {
      const { id } = await makeLinkedAccount(database.client);
      await refresh(id);
      const [first] = await eventsOf(id);
      await nextMoment();
      for (let more = 0; more < 9; more++) await refresh(id);
      const [only, ...others] = await eventsOf(id);
      expect(others).toEqual([]);
      expect(only).toMatchObject({
        id: first!.id,
        what: "refreshed",
        by: "connect",
        detail: { count: 10, first: first!.at.toISOString() },
      });
      expect(only!.at > first!.at).toBe(true);
    });

    test("any other event between two refreshes starts a new entry", async () => {
      const { id } = await makeLinkedAccount(database.client);
      await refresh(id);
      await nextMoment();
      await events.recordEvent(id, {
        what: "refresh_failed",
        by: "legrand",
        detail: { reason: "unreachable" },
      });
      await nextMoment();
      await refresh(id);
      await refresh(id);
      expect(
        (await eventsOf(id)).map(({ what, detail }) => [what, (detail as { count?: number }).count]),
      ).toEqual([
        ["refreshed", 1],
        ["refresh_failed", undefined],
        ["refreshed", 2],
      ]);
    });

    test("a refresh that was not stored, because the tokens changed, is not recorded; each account has its own entries", async () => {
      const [one, other] = [
        await makeLinkedAccount(database.client),
        await makeLinkedAccount(database.client),
      ];
      const stale = (await tokens.findStoredTokens(one.id))!;
      await refresh(one.id);
      expect(
        await tokens.settleRefresh(stale, {}, { isNewVersion: true, isTheirs: false, event: "refreshed" }),
      ).toBe(false);
      await refresh(other.id);
      expect((await eventsOf(one.id)).map(({ detail }) => detail)).toMatchObject([{ count: 1 }]);
      expect((await eventsOf(other.id)).map(({ detail }) => detail)).toMatchObject([{ count: 1 }]);
    });

    test("is read in bounded pages, newest first, each entry once, even if many share a time", async () => {
      const { id } = await makeLinkedAccount(database.client);
      const at = new Date("2026-01-01T00:00:00Z");
      await database.client.linkedAccountEvent.createMany({
        data: Array.from({ length: 47 }, (_, index) => ({
          accountId: id,
          at: new Date(at.getTime() + Math.floor(index / 10)),
          what: "refresh_failed",
          by: "legrand",
          detail: { reason: "unreachable" },
        })),
      });
      const read: string[] = [];
      for (
        let page = await history.readHistory(makeAdminProof(), id, null);
        ;
        page = await history.readHistory(makeAdminProof(), id, parsePageCursor(page.older) ?? null)
      ) {
        expect(page.entries.length).toBeLessThanOrEqual(20);
        read.push(...page.entries.map((entry) => entry.id));
        if (!page.older) break;
      }
      expect(new Set(read).size).toBe(47);
      expect(read).toHaveLength(47);
    });

    test("names the administrator who disconnected the account if the audit log does, and otherwise no actor", async () => {
      const { id } = await makeLinkedAccount(database.client);
      const at = new Date("2026-02-01T10:00:00Z");
      await database.client.auditEntry.create({
        data: {
          at: new Date(at.getTime() + 5),
          requestId: "r",
          actor: "adriana@example.com",
          action: "linked_account.revoke",
          outcome: "done",
          targetType: "linked_account",
          targetId: id,
          target: "x",
          address: "",
          detail: {},
        },
      });
      await database.client.linkedAccountEvent.createMany({
        data: [
          { accountId: id, at, what: "disconnected", by: "administrator", detail: { reason: "Moved out" } },
          {
            accountId: id,
            at: new Date("2025-02-01T10:00:00Z"),
            what: "disconnected",
            by: "administrator",
            detail: { reason: "Moved out" },
          },
        ],
      });
      const { entries } = await history.readHistory(makeAdminProof(), id, null);
      expect(entries.map(({ actor }) => actor)).toEqual(["adriana@example.com", null]);
    });
  });
});
