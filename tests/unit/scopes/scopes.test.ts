import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  ALWAYS_GRANTED_SCOPE,
  findScope,
  parseScope,
  SCOPES,
  UNREGISTERED_SCOPES,
} from "#lib/legrand/scopes.ts";

/** LEGRAND.md, Scopes: the labels of the developer portal. */
const LEGRANDS: [name: string, label: string][] = [
  ["topology.read", "Get installation description (rooms, products list, …)"],
  ["audiovideoterminal.read", "Access to audio and video data"],
  ["audiovideoterminal.write", "Control video door entry devices (answer to call, locks, ...)"],
  ["automation.read", "Get the state of automations (shutters, louvres, …)"],
  ["automation.write", "Control automations (shutters, louvres, …)"],
  ["comfort.read", "Get comfort data (temperature, hygrometry, …)"],
  ["comfort.write", "Change comfort parameters (temperature setpoint, …)"],
  ["light.read", "Get the state of lights"],
  ["light.write", "Control lights"],
  ["lock.read", "Get state of locks"],
];

/** Scopes of this sandbox, which Legrand does not document. */
const OURS = ["plug.read", "plug.write", "openid", "profile", "email", "offline_access"];

describe("the catalogue (LEGRAND.md, Scopes)", () => {
  test.each(LEGRANDS)("Legrand calls %s %j", (name, legrandLabel) => {
    expect(findScope(name)).toMatchObject({ name, legrandLabel });
  });

  test.each(OURS)("%s has no label of Legrand's", (name) => {
    expect(findScope(name)).toMatchObject({ name, legrandLabel: null });
  });

  test("has Legrand's scopes and our own, and no invented one", () => {
    expect(SCOPES.map((scope) => scope.name).sort()).toEqual(
      [...LEGRANDS.map(([name]) => name), ...OURS].sort(),
    );
  });

  test.each(SCOPES.map((scope) => [scope.name, scope] as const))(
    "%s says what allowing it means, and whether it grants viewing or control",
    (name, scope) => {
      expect(scope.label).not.toBe("");
      expect(scope.consequence).not.toBe("");
      expect(scope.access).toBe(name.endsWith(".write") ? "control" : "view");
    },
  );

  test("each scope has a different label", () => {
    expect(new Set(SCOPES.map((scope) => scope.label)).size).toBe(SCOPES.length);
  });

  test("topology.read is always granted; openid and offline_access need no registration, profile and email do", () => {
    expect(ALWAYS_GRANTED_SCOPE).toBe("topology.read");
    expect(UNREGISTERED_SCOPES).toEqual(["openid", "offline_access"]);
  });

  test.each(["comfort", "Comfort.read", "comfort.read ", "", "__proto__", "constructor", "gas.read"])(
    "%j is unknown",
    (name) => {
      expect(findScope(name)).toBeNull();
    },
  );
});

describe("parseScope (RFC 6749 §3.3)", () => {
  test.each<[string | undefined, string[]]>([
    [undefined, []],
    ["", []],
    ["   ", []],
    ["comfort.read", ["comfort.read"]],
    ["comfort.read light.read", ["comfort.read", "light.read"]],
    ["  comfort.read   light.read ", ["comfort.read", "light.read"]],
    ["light.read comfort.read light.read", ["light.read", "comfort.read"]],
    ["COMFORT.READ comfort.read", ["COMFORT.READ", "comfort.read"]],
    ["comfort.read\tlight.read", ["comfort.read\tlight.read"]],
    ["comfort.read,light.read", ["comfort.read,light.read"]],
  ])("%j", (value, expected) => {
    expect(parseScope(value)).toEqual(expected);
  });

  test("keeps the order, removes repetitions, and parses what it wrote", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[!#-[\]-~]+$/)), (names) => {
        expect(parseScope(names.join(" "))).toEqual([...new Set(names)]);
      }),
    );
  });
});
