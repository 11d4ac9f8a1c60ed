import { expect, test } from "vitest";

import { parseScopes } from "#lib/legrand/applications/scopes-schema.ts";
import { SCOPES } from "#lib/legrand/scopes.ts";

test("topology.read is always registered (LEGRAND.md, Scopes)", () => {
  expect(parseScopes([])).toEqual(["topology.read"]);
  expect(parseScopes(["comfort.write", "comfort.read"])).toEqual([
    "topology.read",
    "comfort.read",
    "comfort.write",
  ]);
});

test("each is registered once, in the catalogue's order, profile and email among them", () => {
  expect(parseScopes(["comfort.read", "email", "topology.read", "comfort.read", "profile"])).toEqual([
    "profile",
    "email",
    "topology.read",
    "comfort.read",
  ]);
  const registrable = SCOPES.map(({ name }) => name).filter(
    (name) => !["openid", "offline_access"].includes(name),
  );
  expect(parseScopes([...registrable].reverse())).toEqual(registrable);
});

test.each([
  "openid",
  "offline_access",
  "comfort",
  "comfort.READ",
  " comfort.read",
  "",
  "constructor",
  "comfort.read comfort.write",
])("%j cannot be registered", (name) => {
  expect(parseScopes(["comfort.read", name])).toBeNull();
});
