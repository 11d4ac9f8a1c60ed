import { describe, expect, test } from "vitest";

import { applySettings, findActivationEnd } from "#lib/legrand/smarther/apply-settings.ts";
import { formatHouseTime, parseHouseTime } from "#lib/legrand/smarther/house-time.ts";
import { settingsSchema } from "#lib/legrand/smarther/settings-schema.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

const AT = new Date("2026-11-23T11:00:00Z");
const MANUAL = { function: "heating", mode: "manual", setPoint: { value: 21, unit: "C" } };
const parse = (body: unknown) => settingsSchema.parse(body);
const firstIssue = (body: unknown) => {
  const { path, message } = settingsSchema.safeParse(body).error!.issues[0]!;
  return `${path.join(".")} ${message}`;
};

describe("the settings that clients send for a thermostat", () => {
  test.each([
    [
      "openHAB, automatic",
      { function: "HEATING", mode: "AUTOMATIC", programs: [{ number: 2 }] },
      { function: "heating", mode: "automatic", program: 2 },
    ],
    [
      "openHAB, manual without an end",
      { function: "HEATING", mode: "MANUAL", setPoint: { value: 19.5, unit: "C" }, activationTime: "" },
      { mode: "manual", setPoint: 19.5, activationTime: null },
    ],
    [
      "Home Assistant, with its own unit",
      {
        function: "heating",
        mode: "manual",
        setPoint: { value: 21.0, unit: "°C" },
        programs: [{ number: 1 }],
      },
      { setPoint: 21, program: 1 },
    ],
    [
      "Legrand's own page: numbers as strings",
      { function: "heating", mode: "manual", setPoint: { value: "20.5", unit: "C" } },
      { setPoint: 20.5 },
    ],
    [
      "a number as it was read",
      { mode: "manual", setPoint: { value: "18.00000", unit: "C" }, programs: [{ number: "3" }] },
      { setPoint: 18, program: 3 },
    ],
    ["Fahrenheit", { mode: "manual", setPoint: { value: 68, unit: "F" } }, { setPoint: 20 }],
    ["without a unit", { mode: "manual", setPoint: { value: 7 } }, { setPoint: 7 }],
    [
      "with nothing where nothing is meant",
      { function: null, mode: "off", setPoint: null, programs: null, activationTime: null },
      { mode: "off" },
    ],
  ])("%s", (_client, body, read) => {
    expect(parse(body)).toMatchObject(read);
  });

  test.each([
    ["a text", { value: "warm" }],
    ["an empty text", { value: "" }],
    ["nothing", {}],
    ["null", { value: null }],
    ["not a number", { value: "NaN" }],
    ["hexadecimal", { value: "0x15" }],
    ["too cold", { value: 6.99 }],
    ["too warm", { value: 40.01 }],
    ["far too warm", { value: 1e300 }],
    ["a list", { value: [21] }],
    ["true", { value: true }],
    ["too warm in F", { value: 104.2, unit: "F" }],
    ["°C taken for F", { value: 21, unit: "F" }],
  ])("refuses a set point that is %s, and names the range", (_what, setPoint) => {
    expect(firstIssue({ ...MANUAL, setPoint })).toBe("setPoint.value has to be a number from 7 to 40 °C");
  });

  test.each([7, 40, "7", "40.0"])("accepts the ends of the range: %s", (value) => {
    expect(parse({ ...MANUAL, setPoint: { value, unit: "C" } }).setPoint).toBe(Number(value));
  });

  test.each([
    [{ ...MANUAL, function: "drying" }, "function has to be one of heating, cooling"],
    [{ ...MANUAL, function: 1 }, "function has to be one of heating, cooling"],
    [{ ...MANUAL, mode: "turbo" }, "mode has to be one of automatic, manual, boost, off, protection"],
    [{ function: "heating" }, "mode has to be one of automatic, manual, boost, off, protection"],
    [{ function: "heating", mode: "manual" }, "setPoint is missing: manual mode needs one"],
    [{ ...MANUAL, setPoint: 21 }, "setPoint has to be an object with value and unit"],
    [{ ...MANUAL, setPoint: { value: 294, unit: "K" } }, "setPoint.unit has to be C or F"],
    [{ mode: "automatic", programs: { number: 1 } }, "programs has to be a list with one program"],
    [
      { mode: "automatic", programs: [{ number: 1 }, { number: 2 }] },
      "programs has to be a list with one program",
    ],
    [
      { mode: "automatic", programs: [{ number: 9 }] },
      "programs.0.number has to be the number of a program: 1, 2, 3",
    ],
    [
      { mode: "automatic", programs: [{ number: 1.5 }] },
      "programs.0.number has to be the number of a program: 1, 2, 3",
    ],
    [
      { ...MANUAL, activationTime: "tomorrow" },
      "activationTime has to be a time, 2026-11-23T18:00:00, or two with a slash between them",
    ],
    [
      { ...MANUAL, activationTime: 5 },
      "activationTime has to be a time, 2026-11-23T18:00:00, or two with a slash between them",
    ],
    [
      { ...MANUAL, activationTime: "2026-02-30T00:00:00" },
      "activationTime has to be a time, 2026-11-23T18:00:00, or two with a slash between them",
    ],
    [
      { ...MANUAL, activationTime: "2026-11-23T18:00:00+24:00" },
      "activationTime has to be a time, 2026-11-23T18:00:00, or two with a slash between them",
    ],
    // By then it is the year 10000 in the house. Such a time is neither stored nor written with four digits.
    [
      { ...MANUAL, activationTime: "9999-12-31T23:59:59Z" },
      "activationTime has to be a time, 2026-11-23T18:00:00, or two with a slash between them",
    ],
    [
      { ...MANUAL, activationTime: "2026-11-23T18:00:00/2026-11-23T19:00:00/2026-11-23T20:00:00" },
      "activationTime has to be a time, 2026-11-23T18:00:00, or two with a slash between them",
    ],
    [[], " has to be an object"],
    ["text", " has to be an object"],
    [null, " has to be an object"],
  ])("refuses %j: %s", (body, issue) => {
    expect(firstIssue(body)).toBe(issue);
  });
});

describe("the end of a mode", () => {
  const endOf = (body: unknown) => {
    const found = findActivationEnd(parse(body), AT);
    return found.ok ? (found.end?.toISOString() ?? null) : found.message;
  };

  test.each([
    [{ ...MANUAL }, null],
    [{ ...MANUAL, activationTime: "2026-11-23T18:30:00" }, "2026-11-23T17:30:00.000Z"],
    [
      { ...MANUAL, activationTime: "2026-11-23T12:00:00/2026-11-24T6:30:00".replace("T6", "T06") },
      "2026-11-24T05:30:00.000Z",
    ],
    [{ ...MANUAL, activationTime: "2026-11-23T18:30:00.000+02:00" }, "2026-11-23T16:30:00.000Z"],
    [{ mode: "boost" }, "2026-11-23T11:30:00.000Z"],
    [{ mode: "boost", activationTime: "2026-11-23T12:45:00" }, "2026-11-23T11:45:00.000Z"],
    // The client's clock is in another time zone than the house.
    [
      { mode: "boost", activationTime: "2026-11-23T03:00:00/2026-11-23T04:00:00" },
      "2026-11-23T12:00:00.000Z",
    ],
    [{ mode: "off", activationTime: "2020-01-01T00:00:00/2020-01-02T00:00:00" }, null],
  ])("%j", (body, end) => {
    expect(endOf(body)).toBe(end);
  });

  test.each([
    [{ ...MANUAL, activationTime: "2026-11-23T11:59:59" }, /activationTime has passed/],
    [
      { ...MANUAL, activationTime: "2026-11-24T12:00:00/2026-11-24T12:00:00" },
      /activationTime ends before it begins/,
    ],
    [
      { mode: "boost", activationTime: "2026-11-23T12:00:00/2026-11-23T13:31:00" },
      /boost of 1 to 90 minutes/,
    ],
    [{ mode: "boost", activationTime: "2026-11-23T11:00:00" }, /boost of 1 to 90 minutes/],
  ])("refuses %j", (body, message) => {
    expect(endOf(body)).toMatch(message);
  });
});

test("settings apply to the current state of the room, and keep what they do not name", () => {
  const stored: Thermostat = {
    function: "cooling",
    mode: "off",
    setPoint: 19,
    program: 2,
    activationEnd: null,
    temperature: 20,
    humidity: 50,
    measuredAt: new Date(AT.getTime() - 3_600_000),
  };
  const set = applySettings(stored, parse({ mode: "automatic", setPoint: { value: 25 } }), AT, null);
  expect(set).toMatchObject({
    function: null,
    mode: "automatic",
    setPoint: null,
    program: null,
    measuredAt: AT,
  });
  expect(set.temperature).toBeGreaterThan(20);
});

test.each([
  ["2021-02-27T20:49:32Z", "2021-02-27T21:49:32+01:00"],
  ["2021-07-27T20:49:32.999Z", "2021-07-27T22:49:32+02:00"],
  ["2026-10-25T00:59:59Z", "2026-10-25T02:59:59+02:00"],
  ["2026-10-25T01:00:00Z", "2026-10-25T02:00:00+01:00"],
])("the house writes %s as %s, and parses it back", (utc, written) => {
  expect(formatHouseTime(new Date(utc))).toBe(written);
  expect(parseHouseTime(written)?.getTime()).toBe(Math.floor(Date.parse(utc) / 1000) * 1000);
});
