import { describe, expect, test } from "vitest";

import { describeForAdmin } from "#lib/connect/admin/accounts/describe-for-admin.ts";
import { describeHistoryEntry } from "#lib/connect/admin/accounts/describe-history-entry.ts";
import { describeActionOutcome } from "#lib/connect/admin/actions/describe-action-outcome.ts";
import { timeScopes } from "#lib/connect/admin/accounts/scope-times.ts";
import { judgeRefresh } from "#lib/connect/admin/actions/judge-refresh.ts";
import { reasonSchema } from "#lib/connect/admin/actions/reason-schema.ts";
import { describeState } from "#lib/connect/linked-accounts/describe-state.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const LATER = new Date("2026-11-23T12:10:00Z");
const ID = "0b3c2a1e-5d4f-4a6b-8c7d-9e0f1a2b3c4d";

describe("the state of an account, described to an administrator who does not own it", () => {
  const account = {
    state: "connected",
    reconnectReason: null,
    withdrawnScopes: [],
    trouble: null,
    retryAt: null,
    refreshTokenExpiresAt: null,
    disconnectedAt: null,
    disconnectReason: null,
  } as const;
  const all = [
    account,
    { ...account, refreshTokenExpiresAt: new Date("2026-11-25T00:00:00Z") },
    ...(["unreachable", "rate_limited", "server_error", "unusable_answer", "not_admitted"] as const).map(
      (trouble) => ({ ...account, trouble, retryAt: LATER }),
    ),
    ...(["revoked", "refresh_token_expired", "client_secret_expired", "key_lost"] as const).map(
      (reconnectReason) => ({ ...account, state: "reconnect_needed" as const, reconnectReason }),
    ),
    {
      ...account,
      state: "reconnect_needed" as const,
      reconnectReason: "scope_withdrawn" as const,
      withdrawnScopes: ["comfort.read", "comfort.write"],
    },
    { ...account, state: "disconnected" as const, disconnectedAt: NOW },
    { ...account, state: "disconnected" as const, disconnectedAt: NOW, disconnectReason: "Moved out" },
  ];

  test.each(all)(
    'has the label of the account page, and addresses no reader as "you": $state $reconnectReason $trouble',
    (one) => {
      const described = describeForAdmin(one as never, NOW);
      expect(described.label).toBe(describeState(one as never, NOW).label);
      // The label of a permission is quoted as its owner reads it: “Change your heating”.
      expect(described.sentence.replace(/“[^”]+”/g, "")).not.toMatch(/\byou(r|rs)?\b/i);
    },
  );

  test("says why an administrator disconnected the account", () => {
    expect(describeForAdmin(all.at(-1) as never, NOW).sentence).toContain("“Moved out”");
  });
});

describe("the time of a permission", () => {
  const changes = [
    { at: LATER, detail: { added: [], removed: ["comfort.write"] } },
    { at: NOW, detail: { added: ["comfort.read", "comfort.write"], removed: [] } },
    { at: new Date(0), detail: { reason: "of another shape" } },
  ];

  test("is its latest change, newest first; for one never granted, its latest request; null if unknown", () => {
    const account = {
      requestedScopes: ["topology.read", "comfort.read", "comfort.write", "light.read"],
      grantedScopes: ["topology.read", "comfort.read"],
      withdrawnScopes: ["comfort.write"],
      authorizedAt: NOW,
    };
    expect(timeScopes(account, changes)).toEqual([
      { name: "topology.read", state: "granted", since: null },
      { name: "comfort.read", state: "granted", since: NOW },
      { name: "comfort.write", state: "withdrawn", since: LATER },
      { name: "light.read", state: "not_granted", since: NOW },
    ]);
  });
});

describe("an entry of the history in words", () => {
  const entry = { id: ID, at: NOW, by: "legrand", actor: null };

  test.each([
    [
      { ...entry, what: "refreshed", by: "connect", detail: { count: 1, first: NOW.toISOString() } },
      { what: "Refreshed", by: "Connect", since: null, sentence: null },
    ],
    [
      { ...entry, what: "refreshed", by: "connect", detail: { count: 1_234, first: NOW.toISOString() } },
      { what: "Refreshed 1,234 times", since: NOW },
    ],
    [
      { ...entry, what: "refresh_failed", detail: { reason: "rate_limited" } },
      { what: "Refresh failed", by: "Legrand", sentence: "Legrand asked us to wait." },
    ],
    [
      { ...entry, what: "scopes_withdrawn", detail: { added: [], removed: ["comfort.write"] } },
      { sentence: "No longer granted: Change your heating." },
    ],
    [
      { ...entry, what: "connected", by: "person", detail: { added: ["constructor"], removed: [] } },
      { by: "The person", sentence: "Granted: constructor." },
    ],
    [
      {
        ...entry,
        what: "disconnected",
        by: "administrator",
        actor: "adriana@example.com",
        detail: { reason: "key_lost" },
      },
      { by: "Administrator adriana@example.com", sentence: null, quote: "key_lost" },
    ],
    [
      { ...entry, what: "disconnected", by: "administrator", detail: { reason: "x" } },
      { by: "An administrator" },
    ],
    [
      { ...entry, what: "toString", by: "__proto__", detail: null },
      { what: "toString", by: "__proto__", sentence: null },
    ],
  ])("%#", (stored, words) => {
    expect(describeHistoryEntry(stored)).toMatchObject(words);
  });
});

describe("the result of a refresh that an administrator asked for", () => {
  const row = {
    state: "connected",
    reconnectReason: null,
    trouble: null,
    retryAt: null,
    tokenVersion: 3,
    refreshToken: "sealed",
  };

  test.each([
    ["renewed", row, { ...row, tokenVersion: 4 }, true, { result: "renewed" }],
    [
      "429, with a token that still works",
      row,
      { ...row, trouble: "rate_limited", retryAt: LATER },
      true,
      { result: "asked_to_wait", until: LATER.toISOString() },
    ],
    [
      "429, whose time is over",
      row,
      { ...row, trouble: "rate_limited", retryAt: NOW },
      false,
      { result: "unavailable", trouble: "rate_limited" },
    ],
    [
      "no answer",
      row,
      { ...row, trouble: "unreachable", retryAt: LATER },
      true,
      { result: "unavailable", trouble: "unreachable" },
    ],
    [
      "refused: the tokens were wiped, which is a new version too",
      row,
      { ...row, state: "reconnect_needed", reconnectReason: "revoked", tokenVersion: 4, refreshToken: null },
      false,
      { result: "reconnect_needed", reason: "revoked" },
    ],
    ["no refresh token", row, { ...row, refreshToken: null }, true, { result: "not_renewable" }],
    ["it takes longer than anybody waits", row, row, false, { result: "under_way" }],
    ["disconnected meanwhile", row, { ...row, state: "disconnected" }, false, { result: "disconnected" }],
    ["gone meanwhile", row, null, false, { result: "disconnected" }],
  ] as const)("%s", (_case, before, after, hasToken, result) => {
    expect(judgeRefresh(before, after, hasToken, NOW)).toEqual(result);
  });
});

describe("the outcome of an action, read from the audit log", () => {
  test("is empty if nothing was done, or the entry has another shape", () => {
    for (const entries of [
      [],
      [{ action: "user.role", outcome: "done", detail: {} }],
      [{ action: "linked_account.refresh_outcome", outcome: "done", detail: { result: "x" } }],
    ]) {
      expect(describeActionOutcome(entries)).toBeNull();
    }
  });

  test("is a warning if something is left to do: a mail that was not sent, or Legrand not notified", () => {
    const told = (detail: object) =>
      describeActionOutcome([
        { action: "linked_account.revoke", outcome: "done", detail: {} },
        { action: "linked_account.revoke_outcome", outcome: "x", detail },
      ]);
    expect(told({ legrand: "revoked", mail: "sent" })?.tone).toBe("success");
    expect(told({ legrand: "revoked", mail: "failed" })).toMatchObject({
      tone: "warning",
      text: expect.stringContaining("Tell them yourself") as string,
    });
    expect(told({ legrand: "later", mail: "sent" })?.tone).toBe("warning");
  });
});

describe("the reason of a revocation", () => {
  test.each([
    ["  Moved out \r\n today ", "Moved out \n today"],
    ["a\u202Eb\u0007c", "abc"],
    ["ü".repeat(300), "ü".repeat(300)],
    ["🏠".repeat(300), "🏠".repeat(300)],
  ])("%j is accepted", (sent, kept) => {
    expect(reasonSchema.parse(sent)).toBe(kept);
  });

  test.each([null, "", "  \n ", "\u202E", "x".repeat(301)])("%j is refused", (sent) => {
    expect(reasonSchema.safeParse(sent).error?.issues[0]?.message).toMatch(/Write/);
  });
});
