import { beforeAll, expect, test } from "vitest";

import { setEnvironment } from "#tests/unit/environment.ts";

let permissions: typeof import("#lib/connect/linked-accounts/describe-permissions.ts");
beforeAll(async () => {
  setEnvironment();
  permissions = await import("#lib/connect/linked-accounts/describe-permissions.ts");
});

const account = (requestedScopes: string[], grantedScopes: string[]) => ({
  state: "connected" as const,
  reconnectReason: null,
  requestedScopes,
  grantedScopes,
});

test.each([
  [["openid", "comfort.read"], ["openid", "comfort.read"], "You granted everything that Connect asked for."],
  [["openid", "comfort.read"], ["openid"], "1 granted, 1 not allowed"],
  [[], ["comfort.read"], "1 granted"],
  [[], [], null],
])("of the requested %j, %j are granted: %s", (requested, granted, summary) => {
  expect(permissions.describeGranted(account(requested, granted)).summary).toBe(summary);
});

test("an empty list says whether nothing is granted, or Legrand did not say", () => {
  expect(permissions.describeGranted(account(["openid"], [])).empty).toBe("Nothing is granted.");
  expect(permissions.describeGranted(account([], [])).empty).toContain("Legrand did not list them.");
});

test.each([
  ["revoked", true],
  ["refresh_token_expired", true],
  ["scope_withdrawn", false],
  ["client_secret_expired", false],
] as const)("reconnect needed, %s: the permissions are over: %s", (reconnectReason, isOver) => {
  const lost = { ...account(["openid"], ["openid"]), state: "reconnect_needed" as const, reconnectReason };
  const described = permissions.describeGranted(lost);
  expect(described.isOver).toBe(isOver);
  expect(described.summary === null, "does not say what is granted now").toBe(isOver);
});

test("lists what is not granted once each, and distinguishes a refusal from what was not asked for yet", () => {
  const listed = permissions.listAskable(account(["openid", "comfort.write", "light.read"], ["openid"]));
  expect(listed.filter(({ isRefused }) => isRefused).map(({ name }) => name)).toEqual([
    "light.read",
    "comfort.write",
  ]);
  expect(listed.map(({ name }) => name)).toEqual([...new Set(listed.map(({ name }) => name))]);
  expect(listed.map(({ name }) => name)).not.toContain("openid");
});
