import { describe, expect, test } from "vitest";

import type { BegunRequest } from "#lib/connect/flows/begun-request.ts";
import { parseBegun } from "#lib/connect/flows/begun-request.ts";
import { describeConnected } from "#lib/connect/linked-accounts/describe-connected.ts";
import {
  describeLeaving,
  NOTICE_LIFETIME_SECONDS,
  type LeavingOutcome,
} from "#lib/connect/disconnecting/describe-leaving.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const begun = ago(60).getTime();

const account = (id: string, connected: number, authorized: number) => ({
  id,
  name: id,
  email: `${id}@example.com`,
  connectedAt: ago(connected),
  authorizedAt: ago(authorized),
});
const old = account("old", 9_000, 9_000);
const renewed = account("old", 9_000, 5);

describe("after an authorization request, the page reports the result: the returning account may not be the intended one", () => {
  test.each<[string, Omit<BegunRequest, "begun">, ReturnType<typeof account>[], boolean, string, string]>([
    [
      "another account is connected",
      { intent: "another" },
      [old, account("new", 5, 5)],
      true,
      "success",
      "new@example.com is connected.",
    ],
    [
      "the same account once more",
      { intent: "another" },
      [renewed],
      false,
      "info",
      "This account was connected already: old@example.com. Its access is renewed, and nothing was added.",
    ],
    [
      "permissions changed",
      { intent: "change", account: "old" },
      [renewed],
      true,
      "success",
      "The permissions of old@example.com were changed as you chose.",
    ],
    [
      "permissions left as they were",
      { intent: "change", account: "old" },
      [renewed],
      false,
      "info",
      "Nothing was changed: the permissions of old@example.com are the same.",
    ],
    [
      "more was allowed",
      { intent: "more", account: "old" },
      [renewed],
      true,
      "success",
      "The permissions of old@example.com were changed as you chose.",
    ],
    [
      "nothing more was allowed",
      { intent: "more", account: "old" },
      [renewed],
      false,
      "info",
      "Nothing was added: the permissions of old@example.com have not changed.",
    ],
    [
      "reconnected",
      { intent: "reconnect", account: "old" },
      [renewed],
      false,
      "success",
      "old@example.com is connected again.",
    ],
    [
      "another than the one to reconnect",
      { intent: "reconnect", account: "old" },
      [old, account("new", 9_000, 5)],
      true,
      "warning",
      "You signed in at Legrand as new@example.com: that account is renewed. old@example.com has not changed.",
    ],
    [
      "connected again with nothing new to ask",
      { intent: "connect" },
      [renewed],
      false,
      "info",
      "Nothing new was granted: old@example.com was already connected, and its permissions have not changed. Its access is renewed.",
    ],
    [
      "chose again, and chose the same",
      { intent: "choose" },
      [renewed],
      false,
      "info",
      "Nothing new was granted: old@example.com was already connected, and its permissions have not changed. Its access is renewed.",
    ],
    [
      "connected again with something new",
      { intent: "connect" },
      [renewed],
      true,
      "success",
      "The permissions of old@example.com were changed as you chose.",
    ],
  ])("%s", (_case, request, accounts, isChanged, tone, text) => {
    expect(describeConnected({ ...request, begun }, accounts, isChanged)).toEqual({ tone, text });
  });

  test("reports nothing if no account came back, or if the account was connected for the first time", () => {
    expect(describeConnected({ intent: "another", begun }, [old], false)).toBeNull();
    expect(describeConnected({ intent: "connect", begun }, [account("new", 5, 5)], true)).toBeNull();
  });
});

describe("the browser's record of a request that it began", () => {
  test("is read as it was written", () => {
    expect(parseBegun(JSON.stringify({ intent: "change", begun, account: "old" }))).toEqual({
      intent: "change",
      begun,
      account: "old",
    });
  });

  test.each([
    null,
    "",
    "no JSON",
    "null",
    "[]",
    '{"intent":"destroy","begun":1}',
    '{"intent":"change"}',
    '{"intent":"change","begun":"yesterday"}',
    '{"intent":["another","change"],"begun":1}',
    '{"intent":"change","begun":1e300}',
  ])("is ignored if it has another form: %s", (value) => {
    expect(parseBegun(value)).toBeNull();
  });
});

describe("after a disconnect or a deletion", () => {
  test.each(["disconnected", "deleted"] as const)(
    "each outcome of %s has its own sentence, and says what is left to do",
    (about) => {
      const outcomes: LeavingOutcome[] = ["revoked", "later", "ended", "untold", "unreadable"];
      const texts = outcomes.map((outcome) => describeLeaving({ about, outcome }, null, NOW)!);
      expect(new Set(texts.map(({ text }) => text)).size).toBe(5);
      expect(texts.map(({ tone }) => tone)).toEqual(["info", "info", "info", "warning", "warning"]);
      for (const { text } of texts.slice(3)) expect(text).toMatch(/remove the access there too\.$/);
    },
  );

  const left = (id: string, seconds: number | null) => ({
    name: id,
    email: `${id}@example.com`,
    disconnectedAt: seconds === null ? null : ago(seconds),
  });
  const revoked = { about: "disconnected", outcome: "revoked" } as const;

  test("with other accounts on the page, names the one just disconnected, and not an earlier one", () => {
    const notice = describeLeaving(revoked, [left("kept", null), left("earlier", 30), left("gone", 2)], NOW);
    expect(notice?.text).toBe(
      "gone@example.com is disconnected. Its tokens are revoked at Legrand and deleted here.",
    );
  });

  test("reports a disconnect for as long as the notice's cookie lives, and no earlier one", () => {
    const after = (seconds: number) =>
      describeLeaving(revoked, [left("kept", null), left("gone", seconds)], NOW);
    expect(after(NOTICE_LIFETIME_SECONDS - 1)?.text).toContain("gone@example.com is disconnected.");
    expect(after(NOTICE_LIFETIME_SECONDS)).toBeNull();
  });
});
