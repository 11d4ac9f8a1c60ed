import { expect, test } from "vitest";

import { parseScopes } from "#lib/legrand/applications/scopes-schema.ts";
import { SCOPES } from "#lib/legrand/scopes.ts";

test("always registers topology.read (LEGRAND.md, Scopes)", () => {
  expect(parseScopes([])).toEqual(["topology.read"]);
  expect(parseScopes(["comfort.write", "comfort.read"])).toEqual([
    "topology.read",
    "comfort.read",
    "comfort.write",
  ]);
});

test("registers each scope once, in the catalogue's order, profile and email included", () => {
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
])("refuses to register %j", (name) => {
  expect(parseScopes(["comfort.read", name])).toBeNull();
});
