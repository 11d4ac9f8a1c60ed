import { describe, expect, test } from "vitest";

import { parseStatus } from "#lib/connect/homes/parse-status.ts";
import { parsePlants, parseTopology } from "#lib/connect/homes/parse-topology.ts";

const UUID = "f4f5a1f0-6c1f-4a39-9f3c-0d5a7b8c9d01";
const plain = { id: UUID, name: "Casa" };

describe("reads homes in every form of the list (LEGRAND, Smarther API v2.0)", () => {
  test.each([
    ["as documented", { plants: [plain] }, [plain]],
    ["204", null, []],
    ["the bare list", [plain], [plain]],
    ["a number for an identifier", { plants: [{ id: 7, name: "Casa" }] }, [{ id: "7", name: "Casa" }]],
    ["no name", { plants: [{ id: UUID }] }, [{ id: UUID, name: null }]],
    ["an entry without an identifier between others", { plants: [{ name: "x" }, plain, null, 3] }, [plain]],
  ])("%s", (_form, body, expected) => expect(parsePlants(body)).toEqual(expected));

  test.each([
    ["an end of the line and a NUL", "Casa\n\u0000", "Casa"],
    ["a direction that is turned", "\u202easaC\u2069", "asaC"],
    ["half a character", "Casa \ud83c", "Casa \ufffd"],
    ["two hundred characters of two halves", "🏠".repeat(200), "🏠".repeat(100)],
    ["nothing that can be seen", "\u202e \u200f", null],
  ])("a name contains no text that a reader cannot see: %s", (_what, name, shown) =>
    expect(parsePlants([{ id: UUID, name }])).toEqual([{ id: UUID, name: shown }]),
  );

  test.each([
    ["text", "plants"],
    ["another object", { homes: [] }],
    ["no JSON", undefined],
    ["not a list", { plants: "Casa" }],
  ])("does not mistake another answer for an empty list: %s", (_form, body) =>
    expect(parsePlants(body)).toBeNull(),
  );

  test.each(["..", ".", "a/b", "a?b", "", "x".repeat(101), "%2e%2e"])(
    "skips a home whose identifier would change the address: %j",
    (id) => {
      expect(parsePlants({ plants: [{ id, name: "Casa" }] })).toEqual([]);
    },
  );
});

test("reads products below `plant` or directly, unknown kinds by their name, and a missing kind as none", () => {
  const modules = [
    { device: "chronothermostat", ...plain },
    { device: "Toaster", id: "t", name: " Old one " },
    { id: "n" },
  ];
  const expected = [
    { device: "chronothermostat", ...plain },
    { device: "toaster", id: "t", name: "Old one" },
    { device: "", id: "n", name: null },
  ];
  expect(parseTopology({ plant: { ...plain, modules } })).toEqual(expected);
  expect(parseTopology({ modules })).toEqual(expected);
  expect(parseTopology({ plant: { ...plain } })).toBeNull();
});

const MEASURE = { timeStamp: "2026-02-27T22:49:32+02:00", value: "19.5", unit: "C" };
const STATUS = {
  function: "HEATING",
  mode: "AUTOMATIC",
  setPoint: { value: "18.00000", unit: "C" },
  programs: [{ number: 1 }],
  temperatureFormat: "C",
  loadState: "INACTIVE",
  time: "2026-02-27T22:49:32+02:00",
  thermometer: { measures: [MEASURE] },
  hygrometer: { measures: [{ ...MEASURE, value: "61.9", unit: "%" }] },
};
const READ = {
  temperature: 19.5,
  humidity: 61.9,
  setPoint: 18,
  mode: "automatic",
  function: "heating",
  isActive: false,
  activeUntil: null,
  program: 1,
  measuredAt: new Date("2026-02-27T20:49:32Z"),
};

describe("reads the usable values of a thermostat (LEGRAND, Smarther API v2.0)", () => {
  const change = (more: object) => ({ chronothermostats: [{ ...STATUS, ...more }] });
  test.each([
    ["as documented: numbers are strings", change({}), READ],
    ["the bare list", [STATUS], READ],
    ["the bare object", STATUS, READ],
    ["numbers as numbers", change({ setPoint: { value: 18, unit: "C" } }), READ],
    ["degrees Fahrenheit", change({ setPoint: { value: "68", unit: "F" } }), { ...READ, setPoint: 20 }],
    [
      "an unknown mode and load",
      change({ mode: "PARTY", loadState: null }),
      { ...READ, mode: "unknown", isActive: null },
    ],
    [
      "boost, with its end",
      change({ mode: "BOOST", activationTime: "2026-02-27T21:00:00Z" }),
      { ...READ, mode: "boost", activeUntil: new Date("2026-02-27T21:00:00Z") },
    ],
    [
      "an end without an offset, by the clock of the home",
      change({ mode: "BOOST", activationTime: "2026-02-27T23:00:00" }),
      { ...READ, mode: "boost", activeUntil: new Date("2026-02-27T21:00:00Z") },
    ],
    ["an end that is no time", change({ mode: "BOOST", activationTime: "soon" }), { ...READ, mode: "boost" }],
    [
      "no hygrometer, an empty thermometer",
      change({ hygrometer: undefined, thermometer: { measures: [] } }),
      { ...READ, temperature: null, humidity: null },
    ],
    [
      "values that are none",
      change({
        setPoint: { value: "warm" },
        programs: "none",
        thermometer: { measures: [{ value: "1e9", unit: "C" }] },
      }),
      { ...READ, setPoint: null, program: null, temperature: null },
    ],
  ])("%s", (_form, body, expected) => expect(parseStatus(body)).toEqual(expected));

  test.each([
    ["an empty list", { chronothermostats: [] }],
    ["204", null],
    ["HTML", undefined],
    ["another answer", { subscriptionId: UUID }],
  ])("an answer without a thermostat is not a reading: %s", (_form, body) =>
    expect(parseStatus(body)).toBeNull(),
  );
});
