import { describe, expect, test } from "vitest";

import { deviceFormSchema } from "#lib/connect/homes/product-form-schema.ts";
import { parseInstalled, parseStates } from "#lib/connect/homes/parse-devices.ts";

const sender = (id: string) => ({ plant: { module: { id } } });

describe("the installed products (Legrand, Home + Control API v1.0, Topology)", () => {
  test("lists products in rooms with their room, then those without one", () => {
    const plug = { id: "1", name: "Outlet", hw_type: "NLP", type: "other", device: "Plug" };
    const remote = { id: "2", name: "General Command", hw_type: "NLT", device: "remote" };
    expect(
      parseInstalled({
        plant: {
          id: "p",
          ambients: [{ id: "a", name: "Kitchen", type: "kitchen", modules: [plug] }],
          modules: [remote],
        },
      }),
    ).toEqual([
      { id: "1", name: "Outlet", device: "plug", room: "Kitchen" },
      { id: "2", name: "General Command", device: "remote", room: null },
    ]);
  });

  test("reads a home without rooms or without products, and refuses any other answer", () => {
    expect(parseInstalled({ plant: { modules: [] } })).toEqual([]);
    expect(parseInstalled({ plant: { ambients: [{ name: "Empty" }] } })).toEqual([]);
    for (const body of [null, [], "x", {}, { plant: null }, { plant: { ambients: {} } }])
      expect(parseInstalled(body)).toBeNull();
  });
});

describe("the states of products", () => {
  const UNSAID = { isReachable: true, isOn: null, level: null, watts: null, battery: null };

  test.each([
    [
      { reachable: true, status: "on", fw: 46, consumptions: [{ unit: "watt", value: 42 }] },
      { ...UNSAID, isOn: true, watts: 42 },
    ],
    [
      { reachable: false, status: "OFF", consumptions: [{ unit: "watt", value: "7" }] },
      { ...UNSAID, isReachable: false, isOn: false, watts: 7 },
    ],
    [
      { reachable: true, level: 87, step: 100 },
      { ...UNSAID, level: 87 },
    ],
    [
      { reachable: true, level: 250 },
      { ...UNSAID, level: 100 },
    ],
    [
      { reachable: true, battery: "full" },
      { ...UNSAID, battery: "full" },
    ],
    [{ reachable: "?", status: 7, level: "half", consumptions: "none" }, UNSAID],
  ])("%o", (said, expected) => {
    expect(
      parseStates({ modules: { anything: [{ ...said, sender: sender("1") }], others: [] } })?.get("1"),
    ).toEqual(expected);
    expect(parseStates({ anything: [{ ...said, sender: sender("1") }] })?.get("1")).toEqual(expected);
  });

  test("skips a product without an identifier, and refuses an answer that is not an object", () => {
    expect(
      parseStates({ modules: { lights: [{ status: "on" }, null, { sender: sender("..") }] } })?.size,
    ).toBe(0);
    for (const body of [null, [], "x", 7]) expect(parseStates(body)).toBeNull();
  });
});

describe("the form of a light, a plug or a shutter", () => {
  const form = { account: crypto.randomUUID(), plant: "p", module: "m", family: "light", do: "on" };

  test.each([
    ["light", "on"],
    ["plug", "off"],
    ["automation", "open"],
    ["automation", "close"],
    ["automation", "stop"],
  ])("accepts %s: %s", (family, act) => {
    expect(deviceFormSchema.safeParse({ ...form, family, do: act }).success).toBe(true);
  });

  test.each([
    ["light", "open"],
    ["automation", "on"],
    ["remote", "on"],
    ["light", "explode"],
    ["lock", "open"],
  ])("refuses %s: %s", (family, act) => {
    expect(deviceFormSchema.safeParse({ ...form, family, do: act }).success).toBe(false);
  });

  test.each([
    ["module", ".."],
    ["plant", "a/../b"],
    ["account", "1"],
  ])("refuses %s=%s, which would change the address", (name, value) => {
    expect(deviceFormSchema.safeParse({ ...form, [name]: value }).success).toBe(false);
  });
});
