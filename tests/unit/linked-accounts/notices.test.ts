import { describe, expect, test } from "vitest";

import { describeConnected } from "#lib/connect/linked-accounts/describe-connected.ts";
import { describeLeaving } from "#lib/connect/leaving/describe-leaving.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const begun = String(ago(60).getTime() / 1000);

const account = (id: string, connected: number, authorized: number) => ({ id, name: id, email: `${id}@example.com`, connectedAt: ago(connected), authorizedAt: ago(authorized) });
const old = account("old", 9_000, 9_000);
const said = (query: Record<string, string | string[]>, ...accounts: ReturnType<typeof account>[]) => describeConnected(query, accounts, NOW);

describe("who came back from Legrand need not be who was meant", () => {
  test.each([
    ["another account is connected", { intent: "another", begun }, [old, account("new", 5, 5)], "success", "new@example.com is connected."],
    ["the same account once more", { intent: "another", begun }, [account("old", 9_000, 5)], "info", "This account was connected already: old@example.com. Its access is renewed, and nothing was added."],
    ["permissions changed", { intent: "change", begun, account: "old" }, [account("old", 9_000, 5)], "success", "The permissions of old@example.com are as you chose."],
    ["reconnected", { intent: "reconnect", begun, account: "old" }, [account("old", 9_000, 5)], "success", "old@example.com is connected again."],
    ["another than the one to reconnect", { intent: "reconnect", begun, account: "old" }, [old, account("new", 9_000, 5)], "warning", "You signed in at Legrand as new@example.com: that account is renewed. old@example.com is as it was."],
  ])("%s", (_case, query, accounts, tone, text) => {
    expect(said(query, ...accounts)).toEqual({ tone, text });
  });

  test.each<[string, Record<string, string | string[]>]>([
    ["nothing came back", { intent: "another", begun }], ["an invented intent", { intent: "destroy", begun }], ["no time", { intent: "change" }],
    ["a time that is none", { intent: "change", begun: "yesterday" }], ["lists", { intent: ["another", "change"], begun }], ["nothing at all", {}],
  ])("nothing is said where nothing is known: %s", (_case, query) => {
    expect(said(query, old)).toBeNull();
  });

  test("a page that is opened again later says nothing", () => {
    expect(said({ intent: "another", begun: String(ago(9_100).getTime() / 1000) }, account("new", 9_000, 9_000))).toBeNull();
  });
});

describe("after leaving", () => {
  test.each(["disconnected", "deleted"])("each outcome of %s has its sentence, and says what is left to do", (what) => {
    const texts = ["revoked", "later", "ended", "untold", "unreadable"].map((outcome) => describeLeaving({ [what]: outcome }, null, NOW)!);
    expect(new Set(texts.map(({ text }) => text)).size).toBe(5);
    expect(texts.map(({ tone }) => tone)).toEqual(["info", "info", "info", "warning", "warning"]);
    for (const { text } of texts.slice(3)) expect(text).toMatch(/remove the access there too\.$/);
  });

  test.each<Record<string, string | string[]>>([{}, { disconnected: "" }, { disconnected: "nonsense" }, { disconnected: "__proto__" }, { deleted: ["revoked", "later"] }])("nothing is said of %o", (query) => {
    expect(describeLeaving(query, null, NOW)).toBeNull();
  });

  const left = (id: string, seconds: number | null) => ({ name: id, email: `${id}@example.com`, disconnectedAt: seconds === null ? null : ago(seconds) });

  test("with other accounts on the page, the one that left is named, and not one that left before", () => {
    const notice = describeLeaving({ disconnected: "revoked" }, [left("kept", null), left("earlier", 200), left("gone", 2)], NOW);
    expect(notice?.text).toBe("gone@example.com is disconnected. Its tokens are revoked at Legrand and deleted here.");
  });

  test("an address that is opened again later says nothing of a disconnect", () => {
    expect(describeLeaving({ disconnected: "revoked" }, [left("kept", null), left("gone", 9_000)], NOW)).toBeNull();
  });
});
