import { expect, test } from "vitest";

import { describeScopes } from "#lib/connect/cloud/describe-scopes.ts";
import type { Device, Home } from "#lib/connect/homes/home.ts";
import { findDevicePermissions } from "#lib/connect/homes/missing-scopes.ts";

const device = (kind: string, state: Device["state"] = null): Device => ({
  id: kind,
  name: kind,
  kind,
  room: null,
  state,
});
const withDevices = (...value: Device[]): Pick<Home, "devices"> => ({ devices: { ok: true, value } });
const account = (grantedScopes: string[], withdrawnScopes: string[] = []) => ({
  grantedScopes,
  withdrawnScopes,
});

test("asks with one button for what all families of a home need, and for no other family", () => {
  expect(
    findDevicePermissions(account(["topology.read"]), withDevices(device("light"), device("automation"))),
  ).toEqual({
    settable: [],
    missing: ["see and switch your lights", "see and move your shutters"],
    scopes: ["light.read", "light.write", "automation.read", "automation.write"],
    allow: "Allow lights and shutters",
  });
});

test.each([
  [["light.read"], ["switch your lights"], "Allow switching the lights"],
  [["light.write"], ["see which lights are on"], "Allow seeing the lights"],
  [["plug.read"], ["see and switch your lights"], "Allow seeing and switching the lights"],
])("with %j a home with lights needs %j, and its button says so", (granted, missing, allow) => {
  expect(findDevicePermissions(account(granted), withDevices(device("light")))).toMatchObject({
    missing,
    allow,
  });
});

test("with every permission nothing is missing, and every family can be set", () => {
  expect(
    findDevicePermissions(account(["light.read", "light.write"]), withDevices(device("light"))),
  ).toMatchObject({ settable: ["light"], missing: [], scopes: [] });
});

test("a scope that was taken back is missing, and is not asked for here", () => {
  expect(
    findDevicePermissions(account(["light.write"], ["light.read"]), withDevices(device("light"))),
  ).toMatchObject({ settable: ["light"], missing: ["see which lights are on"], scopes: [] });
});

test("if the answer named no scopes, only what the API refused is missing", () => {
  const refused = { ok: false, problem: { reason: "missing_scope", scope: "light.read" } } as const;
  expect(findDevicePermissions(account([]), withDevices(device("light", refused)))).toMatchObject({
    settable: ["light"],
    scopes: ["light.read"],
  });
});

test("scopes are listed by what they are about: who the person is, what Connect sees, what it controls", () => {
  expect(
    describeScopes(["light.write", "comfort.write", "openid", "light.read", "topology.read"]).map(
      ({ name, group }) => [name, group],
    ),
  ).toEqual([
    ["openid", "identity"],
    ["topology.read", "view"],
    ["light.read", "view"],
    ["comfort.write", "control"],
    ["light.write", "control"],
  ]);
});
